"""The files of a knowledge base: found and read, never outside of it and never through a link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from cannery.content.ignored import enters, is_ignored, kept
from cannery.errors import ContentError
from cannery.model.layout import OWN, Layout
from cannery.model.location import Problem, Stamp
from cannery.util.atomic import PREFIX
from cannery.util.plain import is_name, why_no_name
from cannery.workspace import Workspace

ENDINGS = (".md", ".markdown", ".mdx")
MAX_BYTES = 5_000_000
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Scan:
    """The Markdown files of a knowledge base by path, and what can't be one of them.

    `parts` are the prefixes of the files that are parts.
    """

    stamps: Mapping[str, Stamp]
    problems: tuple[Problem, ...]
    parts: tuple[str, ...]

    @property
    def searched(self) -> Mapping[str, Stamp]:
        """The stamps without those of the parts, which are no entries."""
        parts = self.parts
        if not any(path.startswith(parts) for path in self.stamps):
            return self.stamps
        return {path: stamp for path, stamp in self.stamps.items() if not path.startswith(parts)}


def scan(workspace: Workspace) -> Scan:
    """What lies in the folders of the content now. Reads no file.

    What a killed `kb` has left of its writing there is taken away.
    """
    layout = workspace.settings.layout
    tree = _Tree(layout)
    for prefix in layout.tops:
        if prefix and is_ignored(prefix.rstrip("/"), layout.ignored, is_folder=True):
            continue
        if link := _link_to(workspace, prefix):
            problem = Problem(_printable(link), 0, "unreadable", "a symbolic link", _NAME_FOLDER)
            tree.problems.append(problem)
        else:
            _walk(None, f"{workspace.root}/{prefix}", prefix, 0, tree)
    if tree.left:
        _sweep(workspace, tree.left)
    stamps, problems = tree.stamps, tuple(tree.problems)
    if ignored := layout.ignored:
        stamps = {path: stamps[path] for path in kept(stamps, ignored)}
        problems = tuple(item for item in problems if not is_ignored(item.path, ignored))
    return Scan(stamps, problems, layout.parts)


def _link_to(workspace: Workspace, prefix: str) -> str:
    """The first folder of a prefix that is a link, which Git does not follow; empty for none."""
    at = prefix.find("/")
    while at > 0:
        if os.path.islink(f"{workspace.root}/{prefix[:at]}"):  # noqa: PTH114 - of each search
            return prefix[:at]
        at = prefix.find("/", at + 1)
    return ""


def left_unread(workspace: Workspace) -> str:
    """Why a folder of the content is not looked at, and what to do; empty if all are."""
    settings = workspace.settings
    for fault in settings.faults:
        if fault.reason.startswith("content."):
            return f"In kb/kb.toml, {fault.reason}. {fault.hint}"
    links = (_link_to(workspace, prefix) for prefix in settings.layout.tops)
    link = next(filter(None, links), "")
    return f"{_printable(link)} is a symbolic link. {_NAME_FOLDER}" if link else ""


@dataclass(frozen=True, slots=True)
class _Tree:
    """What a walk gathers; `left` are the paths of files that may be a killed process's drafts."""

    layout: Layout
    stamps: dict[str, Stamp] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def _sweep(workspace: Workspace, left: list[str]) -> None:
    from cannery.util.sweep import is_draft, remove_draft  # as good as never

    for path in left:
        if is_draft(path.rpartition("/")[2]):
            remove_draft(workspace.root / path)


def all_files(workspace: Workspace) -> list[str]:
    """The paths of all files of the knowledge base: in kb/, hidden ones too, and in its folders."""
    layout = workspace.settings.layout
    apart = (top for top in layout.tops if not top.startswith(OWN))
    tops = [top for top in apart if not _link_to(workspace, top)]
    outer = (path for top in tops for path in _files_below(workspace, top))
    inner = _files_below(workspace, OWN)
    ignored = layout.ignored
    return sorted((*inner, *(path for path in outer if not is_ignored(path, ignored))))


def content_folders(workspace: Workspace) -> list[Path]:
    """kb/ and the folders of the content that are there, none of them in another one."""
    tops = [top for top in workspace.settings.layout.tops if not top.startswith(OWN)]
    folders = [workspace.content, *(workspace.root / top for top in tops if top)]
    if "" in tops:  # not the root itself: the site is written there, and Git's own files are
        folders += (
            item for item in workspace.root.iterdir() if item.name[0] != "." and item.name != "kb"
        )
    return [folder for folder in folders if folder.exists()]


def _files_below(workspace: Workspace, prefix: str) -> Iterator[str]:
    is_own, layout = prefix == OWN, workspace.settings.layout
    for folder, inside, names in os.walk(workspace.root / prefix):
        above = Path(folder).relative_to(workspace.root).as_posix()
        here = "" if above == "." else f"{above}/"
        # Its own bound: `os.walk` recurses, and what lies deeper is told by the scan.
        deep = above.count("/") > _MAX_DEPTH
        inside[:] = [] if deep else [name for name in inside if name != ".git"]
        if not is_own:  # beside the content are tools' folders: .venv, .obsidian
            inside[:] = [name for name in inside if name[0] != "." and enters(layout, here, name)]
        yield from (f"{here}{name}" for name in names)


def _walk(above: int | None, folder: str, prefix: str, depth: int, tree: _Tree) -> None:
    """Walk a folder, named as seen from the open folder `above`: short names are found faster."""
    handle = None
    try:
        handle = os.open(folder, _FOLDER, dir_fd=above) if _BY_HANDLE else None
        with os.scandir(folder if handle is None else handle) as entries:
            inside = _take(entries, prefix, depth, tree)
        for name, subfolder in inside:
            if enters(tree.layout, prefix, name):
                _walk(handle, subfolder, f"{prefix}{name}/", depth + 1, tree)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"the folder can't be read: {error.strerror}"
        tree.problems.append(Problem(prefix.rstrip("/"), 0, "unreadable", message))
    finally:
        if handle is not None:
            os.close(handle)


def _take(
    entries: Iterable[os.DirEntry[str]], prefix: str, depth: int, tree: _Tree
) -> list[tuple[str, str]]:
    """Take the entries of a folder into the tree; gives the folders among them, by name and path.

    The inner loop of each search, for each of 10,000 files.
    """
    stamps, inside = tree.stamps, list[tuple[str, str]]()
    for item in entries:
        name = item.name
        is_file = item.is_file(follow_symlinks=False)
        if name[0] == "." or (is_file and not name.endswith(ENDINGS)):
            if name.startswith(PREFIX):
                tree.left.append(prefix + name)
            continue
        if is_file and (name.isprintable() or is_name(name)):
            try:
                info = item.stat(follow_symlinks=False)
            except FileNotFoundError:  # deleted since it was listed
                continue
            stamps[prefix + name] = (info.st_size, info.st_mtime_ns, info.st_ctime_ns)
        elif problem := _unfit(item, prefix + name, depth):
            tree.problems.append(problem)
        elif item.is_dir(follow_symlinks=False):
            inside.append((name, item.path))
    return inside


_NAME_FOLDER = "Name the real folder in [content] of kb/kb.toml, or replace the link with it."
_BY_HANDLE = os.scandir in os.supports_fd and os.open in os.supports_dir_fd
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


def _unfit(item: os.DirEntry[str], path: str, depth: int) -> Problem | None:
    """Why a file or folder can't be part of a knowledge base; None where it can, or is neither."""
    reason, hint = "", ""
    is_text = item.name.endswith(ENDINGS)
    if item.is_symlink():
        if is_text or item.is_dir():
            hint = _NAME_FOLDER if item.is_dir() else "Replace the link with the file itself."
            reason = "a symbolic link"
    elif not is_name(item.name):
        hint = "Rename it. Letters, digits, `-` and `_` are safe."
        reason = f"a file name that {why_no_name(item.name)}"
    elif not item.is_dir(follow_symlinks=False):
        if is_text:  # a pipe, a device
            reason, hint = "not a regular file", "Replace it with a regular file."
    elif depth >= _MAX_DEPTH:
        reason, hint = (
            f"folders nested more than {_MAX_DEPTH} levels deep",
            "Move the files to a higher folder.",
        )
    return Problem(_printable(path), 0, "unreadable", reason, hint) if reason else None


def _printable(path: str) -> str:
    """The path with control characters and stray bytes made visible."""
    visible = path.encode("utf-8", "backslashreplace").decode()
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in visible)


def as_stored(workspace: Workspace, path: str) -> str:
    """The path as the disk has it: macOS, and archives from there, keep letters and marks apart."""
    if not path.isascii() and not os.path.lexists(workspace.root / path):
        for form in (normalize("NFC", path), normalize("NFD", path)):
            if os.path.lexists(workspace.root / form):
                return form
    return path


def read_bytes(workspace: Workspace, path: str) -> bytes:
    """The file's bytes. Raises ContentError for a link, a device, a giant, a file that is gone."""
    return read_regular(workspace.root, path)


def read_regular(root: Path, path: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file below `root`, as `read_bytes` has them."""
    try:
        handle = os.open(root / path, os.O_RDONLY | _NO_FOLLOW | _NO_BLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise ContentError(f"{path}: not a regular file", "Replace it with a regular file.")
            if info.st_size > most:
                size = f"{info.st_size / 1e6:.0f} MB"
                raise ContentError(
                    f"{path}: {size} exceeds the limit of {most // 10**6} MB for a text file",
                    "Split the file, or store it elsewhere.",
                )
            return file.read(most + 1)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ContentError(
                f"{path}: a symbolic link", "Replace the link with the file itself."
            ) from error
        raise ContentError(f"{path}: {error.strerror}") from error


_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_BLOCK = getattr(os, "O_NONBLOCK", 0)
