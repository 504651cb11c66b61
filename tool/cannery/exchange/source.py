"""The files that replies are imported from, read within bounds and never followed elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cannery.errors import UsageError
from cannery.model.loss import Loss
from cannery.util.encoding import GUESSES, UTF_8, encoding_of

MAX_FILE = 20_000_000
_MAX_FILES = 5_000
_MAX_TOTAL = 100_000_000
_MAX_DEPTH = 12


class UnreadableError(ValueError):
    """A file, or a reply in it, that is not what its format asks for; `line` is 1-based or 0."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


class SourceFile(NamedTuple):
    """A file: `name` is its path below what is imported, with `/`; `path` as the user knows it."""

    name: str
    path: str
    raw: bytes

    @property
    def text(self) -> str:
        """Its text, with line feeds as line ends. Raises UnreadableError for what is no text."""
        return decoded(self.raw)

    @property
    def stem(self) -> str:
        """Its name without folders and ending."""
        return self.name.rpartition("/")[2].rpartition(".")[0] or self.name.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """`csv` of `replies.CSV`; empty if there is none."""
        return self.name.rpartition("/")[2].rpartition(".")[2].lower() if "." in self.name else ""

    @property
    def folder(self) -> str:
        """The folder that it lies in, below what is imported; empty for none."""
        return self.name.rpartition("/")[0]


class Sources(NamedTuple):
    files: tuple[SourceFile, ...]
    losses: tuple[Loss, ...] = ()


@lru_cache(maxsize=2)  # each format looks at a file before one reads it
def decoded(raw: bytes) -> str:
    """Bytes as text without a byte order mark. Raises UnreadableError."""
    encoding = encoding_of(raw)
    for guess in (encoding,) if encoding != UTF_8 else GUESSES:
        try:
            text = raw.decode(guess)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise UnreadableError("it has NUL characters, which no text has")
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableError("its letters are in no encoding that is known here")


def read_sources(path: Path) -> Sources:
    """The file, or the files of the folder, in the order of their names.

    Hidden files and links are left out; so is, with a loss, what is too large. Raises UsageError
    for a path that can't be read, or for more than anyone has.
    """
    try:
        if not path.is_dir():
            return Sources((SourceFile(path.name, str(path), _bytes(path)),))
        return _read_folder(path)
    except UnreadableError as error:
        raise UsageError(f"{path}: {error}") from error
    except OSError as error:
        raise UsageError(
            f"{path}: {error.strerror or error}", "Give a file or a folder."
        ) from error


def _read_folder(folder: Path) -> Sources:
    files: list[SourceFile] = []
    losses: list[Loss] = []
    total = 0
    for path in _files_below(folder, 0):
        try:
            raw = _bytes(path)
        except (OSError, UnreadableError) as error:
            losses.append(Loss(str(path), 0, path.name, str(getattr(error, "strerror", error))))
            continue
        total += len(raw)
        if total > _MAX_TOTAL or len(files) >= _MAX_FILES:
            what = f"{_MAX_FILES:,} files or {_MAX_TOTAL // 1_000_000} MB"
            raise UsageError(f"{folder} has more than {what}", "Import its folders one by one.")
        files.append(SourceFile(path.relative_to(folder).as_posix(), str(path), raw))
    return Sources(tuple(files), tuple(losses))


def _files_below(folder: Path, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir() and depth < _MAX_DEPTH:
            yield from _files_below(Path(entry.path), depth + 1)
        elif entry.is_file():
            yield Path(entry.path)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableError("neither a file nor a folder" if path.exists() else "no such file")
    with path.open("rb") as opened:
        raw = opened.read(MAX_FILE + 1)
    if len(raw) > MAX_FILE:
        raise UnreadableError(f"larger than {MAX_FILE // 1_000_000} MB")
    return raw
