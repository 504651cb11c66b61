"""The files below kb/: found, read and replaced, never outside of it and never through a link."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cannery.content import frontmatter
from cannery.errors import ContentError
from cannery.model import Kind, Location, Problem, Stamp
from cannery.workspace import Settings, Workspace

ENDINGS = (".md", ".markdown", ".mdx")
MAX_BYTES = 5_000_000
_FOLDERS = {"articles": Kind.ARTICLE, "macros": Kind.MACRO}
PARTS = "kb/macros/_parts/"
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Scan:
    """The Markdown files of a knowledge base by path, sorted, and what can't be one of them."""

    stamps: Mapping[str, Stamp]
    problems: tuple[Problem, ...]


def scan(workspace: Workspace) -> Scan:
    """What lies below kb/articles and kb/macros now. Reads no file."""
    stamps: dict[str, Stamp] = {}
    problems: list[Problem] = []
    for folder in _FOLDERS:
        _walk(str(workspace.content / folder), f"kb/{folder}", 0, stamps, problems)
    return Scan(dict(sorted(stamps.items())), tuple(problems))


def _walk(
    folder: str, path: str, depth: int, stamps: dict[str, Stamp], problems: list[Problem]
) -> None:
    # Every search waits for this, for each of ten thousand files: hence no smaller functions.
    try:
        with os.scandir(folder) as found:
            items = list(found)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"the folder can't be read: {error.strerror}"
        problems.append(Problem(path, 0, "unreadable", message))
        return
    for item in items:
        name = item.name
        is_file = item.is_file(follow_symlinks=False)
        if name[0] == "." or (is_file and not name.endswith(ENDINGS)):
            continue
        here = f"{path}/{name}"
        if is_file and name.isprintable():
            try:
                info = item.stat(follow_symlinks=False)
            except FileNotFoundError:  # deleted since the folder was listed
                continue
            stamps[here] = Stamp(info.st_size, info.st_mtime_ns)
        elif problem := _unfit(item, here, depth):
            problems.append(problem)
        elif item.is_dir(follow_symlinks=False):
            _walk(item.path, here, depth + 1, stamps, problems)


def _unfit(item: os.DirEntry[str], path: str, depth: int) -> Problem | None:
    """Why a file or folder can't be part of a knowledge base; None where it can, or is neither."""
    shown = _printable(path)
    if item.is_symlink():
        if not (item.name.endswith(ENDINGS) or item.is_dir()):
            return None
        return Problem(shown, 0, "symlink", "a symbolic link", "Put the file itself here.")
    if not item.name.isprintable():
        hint = "Rename it: letters, digits, `-` and `_` in UTF-8 serve best."
        return Problem(shown, 0, "file-name", "a name with odd bytes", hint)
    if depth >= _MAX_DEPTH:
        message = f"folders nested more than {_MAX_DEPTH} deep"
        return Problem(shown, 0, "too-deep", message, "Use a flatter tree.")
    return None


def _printable(path: str) -> str:
    """The path with control characters and stray bytes made visible."""
    kept = path.encode("utf-8", "backslashreplace").decode()
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in kept)


def locate(path: str, settings: Settings) -> Location:
    """What a path such as kb/macros/billing/refund.ja.md stands for."""
    inner = path.removeprefix("kb/")
    stem = inner[: -len(next(end for end in ENDINGS if inner.endswith(end)))]
    base, dot, suffix = stem.rpartition(".")
    named = bool(dot) and suffix in settings.languages and not base.endswith("/")
    language = suffix if named else settings.default_language
    kind = Kind.PART if path.startswith(PARTS) else _FOLDERS[inner.split("/", 1)[0]]
    return Location(path, base if named else stem, kind, language)


def part_name(at: Location) -> str:
    return at.id.removeprefix(PARTS.removeprefix("kb/"))


def read_bytes(workspace: Workspace, path: str) -> bytes:
    """The file's bytes. Raises ContentError for a link, a device, a giant, a file that is gone."""
    try:
        handle = os.open(workspace.root / path, os.O_RDONLY | _NO_FOLLOW | _NO_BLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise ContentError(f"{path}: not a regular file", "Put a plain file here.")
            if info.st_size > MAX_BYTES:
                size = f"{info.st_size / 1e6:.0f} MB"
                raise ContentError(
                    f"{path}: {size} is more than the {MAX_BYTES // 10**6} MB that a text may have",
                    "Split it, or keep it elsewhere.",
                )
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ContentError(f"{path}: a symbolic link", "Put the file itself here.") from error
        raise ContentError(f"{path}: {error.strerror}") from error


_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_BLOCK = getattr(os, "O_NONBLOCK", 0)


def update(workspace: Workspace, path: str, values: Mapping[str, object]) -> bool:
    """Set front matter keys (None removes one) in a file; False when nothing had to change."""
    raw = read_bytes(workspace, path)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: not UTF-8 text", "Convert it first.") from error
    changed = frontmatter.rewrite(text, values).encode()
    if changed == raw:
        return False
    replace(workspace, path, changed)
    return True


def replace(workspace: Workspace, path: str, data: bytes) -> None:
    """Put `data` in the file's place, whole or not at all; its permissions stay."""
    target = _inside(workspace, path)
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=".kb-", dir=target.parent)
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}") from error
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}", "The file is as it was.") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


def _inside(workspace: Workspace, path: str) -> Path:
    target = workspace.root / path
    folder = target.parent.resolve()
    if not folder.is_relative_to(workspace.content.resolve()) or ".." in Path(path).parts:
        raise ContentError(f"{path}: outside of kb/", "Only files below kb/ are written.")
    if target.is_symlink():
        raise ContentError(f"{path}: a symbolic link", "Put the file itself here.")
    return target


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
