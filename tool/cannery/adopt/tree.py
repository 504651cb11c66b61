"""The files of a folder that somebody else laid out: listed once, within bounds, read on demand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from cannery.content.files import ENDINGS, MAX_BYTES, read_regular
from cannery.errors import ContentError, UsageError
from cannery.model.loss import Loss
from cannery.util.encoding import decoded
from cannery.util.plain import is_name, why_no_name
from cannery.util.text import composed

T = TypeVar("T")
MAX_FILES = 200_000
MAX_CONFIG = 1_000_000  # characters of another tool's settings
_MAX_DEPTH = 40
OWN_REPOSITORY = "it is a Git repository of its own"
# Of the hidden ones, what pages or evidence are in.
_HIDDEN = {".vitepress", ".obsidian", ".gitbook"}
_SKIPPED = {"node_modules", "bower_components", "__pycache__", "venv", "site-packages"}


@dataclass(frozen=True)
class SourceTree:
    """The files below `root`, as sorted paths from there.

    `losses` are what is none of them, and why; `skipped` are folders that were not looked into:
    those of packages, and repositories of their own.
    """

    root: Path
    files: tuple[str, ...]
    losses: tuple[Loss, ...] = ()
    skipped: tuple[str, ...] = ()
    _made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[SourceTree], T]) -> T:
        """What is made of the whole source, and asked for again for each of its pages."""
        if name not in self._made:
            self._made[name] = make(self)
        made: T = self._made[name]
        return made

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self.files)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Paths by file name, in small letters and NFC: `[[links]]` name no folder."""
        found: dict[str, list[str]] = {}
        for path in self.files:
            found.setdefault(composed(path.rpartition("/")[2]).lower(), []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Those that files are in or below; the top is not among them."""
        found: set[str] = set()
        for path in self.files:
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def markdown(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if path.endswith(ENDINGS))

    def below(self, folder: str, paths: Iterable[str] | None = None) -> Iterator[str]:
        """Those of the paths that are below a folder; all are below the top, `.`."""
        prefix = "" if folder in {"", "."} else f"{folder}/"
        return (
            path for path in (self.files if paths is None else paths) if path.startswith(prefix)
        )

    def text(self, path: str) -> str:
        """A file's text, bytes that are none replaced. Raises ContentError."""
        return decoded(read_regular(self.root, path), "replace")

    def config(self, path: str) -> str:
        """The beginning of a settings file; empty where there is none to be read."""
        if path not in self.names:
            return ""
        try:
            return self.text(path)[:MAX_CONFIG]
        except ContentError:
            return ""


@dataclass(slots=True)
class _Walk:
    files: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    left: list[tuple[str, int]] = field(default_factory=lambda: [("", 0)])


def source_at(path: Path) -> SourceTree:
    """The files of a folder, or a file alone. Raises UsageError for a path that is neither."""
    path = path.resolve()
    if path.is_file():
        return SourceTree(path.parent, (path.name,))
    if not path.is_dir():
        raise UsageError(f"{path} does not exist", "Name the folder that holds the pages.")
    return read_tree(path)


def read_tree(root: Path) -> SourceTree:
    """List a folder: no link is followed, and what can't be a file of ours is told as a loss."""
    walk = _Walk()
    while walk.left and len(walk.files) < MAX_FILES:
        folder, depth = walk.left.pop()
        try:
            with os.scandir(root / folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            walk.losses.append(Loss(folder or ".", 0, "a folder", f"not read: {error.strerror}"))
            continue
        for entry in inside:
            _take(entry, f"{folder}/{entry.name}" if folder else entry.name, depth, walk)
    if len(walk.files) >= MAX_FILES:
        walk.losses.append(Loss(".", 0, "the rest", f"only {MAX_FILES:,} files are looked at"))
    files = tuple(sorted(walk.files[:MAX_FILES]))
    return SourceTree(root, files, tuple(sorted(walk.losses)), tuple(sorted(walk.skipped)))


def _take(entry: os.DirEntry[str], path: str, depth: int, walk: _Walk) -> None:
    name = entry.name
    if not is_name(name):
        shown = path.encode("utf-8", "backslashreplace").decode()
        plain = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in shown)
        walk.losses.append(Loss(plain, 0, "a file", f"its name {why_no_name(name)}"))
    elif entry.is_symlink():
        if name.endswith(ENDINGS) or entry.is_dir():
            walk.losses.append(Loss(path, 0, "a symbolic link", "links are not followed"))
    elif entry.is_dir(follow_symlinks=False):
        _enter(name, path, depth, walk, is_repository=os.path.lexists(f"{entry.path}/.git"))
    elif entry.is_file(follow_symlinks=False):
        if name.endswith(ENDINGS) and entry.stat(follow_symlinks=False).st_size > MAX_BYTES:
            walk.losses.append(Loss(path, 0, "a page", f"larger than {MAX_BYTES // 10**6} MB"))
        else:
            walk.files.append(path)
    elif name.endswith(ENDINGS):
        walk.losses.append(Loss(path, 0, "a device or pipe", "not a regular file"))


def _enter(name: str, path: str, depth: int, walk: _Walk, *, is_repository: bool) -> None:
    if name.startswith(".") and name not in _HIDDEN:
        return
    if name in _SKIPPED:
        walk.skipped.append(path)
    elif is_repository:
        walk.skipped.append(path)
        walk.losses.append(Loss(path, 0, "a folder", OWN_REPOSITORY))
    elif depth >= _MAX_DEPTH:
        walk.losses.append(Loss(path, 0, "a folder", f"more than {_MAX_DEPTH} levels deep"))
    else:
        walk.left.append((path, depth + 1))
