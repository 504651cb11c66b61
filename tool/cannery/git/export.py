"""Write a commit's files to a folder as they are in the store: nothing of the repository is run.

A checkout would run filters that the user's settings have, for the files that the commit's own
.gitattributes name. What is in a commit of a stranger's is hostile: names that lead elsewhere, a
link where a folder stands, files without end.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.content.files import MAX_BYTES
from cannery.git.blobs import read_objects
from cannery.git.repository import GitError
from cannery.git.run import git_bytes
from cannery.util.atomic import link

_FILE, _PROGRAM = "100644", "100755"
_MOST_FILES = 300_000
_MOST_BYTES = 2_000_000_000  # of all files
_BATCH = 32_000_000  # bytes that are held at once
_UNSAFE = frozenset({"", ".", "..", ".git"})


class TreeFile(NamedTuple):
    """A file in a commit: its path from the top, Git's mode, its blob, and its size in bytes."""

    path: str
    mode: str
    blob: str
    size: int

    @property
    def is_regular(self) -> bool:
        return self.mode in (_FILE, _PROGRAM)


def tree_files(folder: Path, commit: str, below: Sequence[str] = ()) -> list[TreeFile]:
    """The files of a commit below folders, named from the top; also links and submodules.

    Raises GitError for more of them than any knowledge base has.
    """
    where = ("--", *below) if below else ()
    listed = git_bytes(folder, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, *where)
    files = [_tree_file(entry) for entry in os.fsdecode(listed).split("\0") if entry]
    size = sum(item.size for item in files)
    if len(files) > _MOST_FILES or size > _MOST_BYTES:
        raise GitError(f"{commit[:12]} has {len(files)} files of {size / 1e6:.0f} MB: too much")
    return files


def _tree_file(entry: str) -> TreeFile:
    facts, _, path = entry.partition("\t")
    mode, _, blob, size = facts.split()
    return TreeFile(path, mode, blob, int(size) if size.isdecimal() else 0)


class Written(NamedTuple):
    """Files that were written to a folder before."""

    folder: Path
    files: Collection[TreeFile]


def write_files(
    folder: Path,
    files: Sequence[TreeFile],
    target: Path,
    *,
    longest: int | None = MAX_BYTES,
    like: Written | None = None,
) -> None:
    """Write the regular files of a commit below a new folder, and keep to it.

    A file of more than `longest` bytes has its length, and nothing in it: no text is so long.
    What is the same in `like` is linked: nobody may write to either. Raises GitError where the
    disk refuses.
    """
    target = target.resolve()
    regular = [item for item in files if item.is_regular and _is_safe(item.path)]
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        folders: set[str] = set()
        if like:
            regular = [
                item
                for item in regular
                if item not in like.files or not _linked(like.folder, target, item.path, folders)
            ]
        for batch in _batches(regular, longest):
            blobs = read_objects(
                folder, [item.blob for item in batch if _fits(item, longest)], b"blob"
            )
            data = iter(blobs)
            for item in batch:
                content = next(data) if _fits(item, longest) else b""
                if content is not None and _has_folder(target, item.path, folders):
                    _write(target / item.path, item, content)
    except OSError as error:
        raise GitError(f"{error.filename}: {error.strerror}", "Check the free space.") from error


def _linked(like: Path, target: Path, path: str, folders: set[str]) -> bool:
    """Whether a file could be linked: not every disk does that."""
    return not _has_folder(target, path, folders) or link(like / path, target / path)


def _fits(item: TreeFile, longest: int | None) -> bool:
    return longest is None or item.size <= longest


def _batches(files: Sequence[TreeFile], longest: int | None) -> Iterator[list[TreeFile]]:
    batch: list[TreeFile] = []
    size = 0
    for item in files:
        batch.append(item)
        size += item.size if _fits(item, longest) else 0
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _is_safe(path: str) -> bool:
    parts = path.replace("\\", "/").split("/") if os.name == "nt" else path.split("/")
    return not any(part.lower() in _UNSAFE or (os.name == "nt" and ":" in part) for part in parts)


def _has_folder(target: Path, path: str, made: set[str]) -> bool:
    """Whether the file's folder is one of ours: a tree may have a file of the same name."""
    folder = path.rpartition("/")[0]
    if folder in made:
        return True
    inner = target
    for part in folder.split("/") if folder else ():
        inner /= part
        try:
            inner.mkdir(mode=0o700)
        except FileExistsError:
            if inner.is_symlink() or not inner.is_dir():
                return False
    made.add(folder)
    return True


def _write(path: Path, item: TreeFile, content: bytes) -> None:
    mode = 0o755 if item.mode == _PROGRAM else 0o644
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, mode)
    except FileExistsError:  # its twin in the case of letters, where the disk knows no difference
        return
    with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(content)
        if len(content) != item.size:
            file.truncate(item.size)


_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def changed_files(folder: Path, base: str, commit: str) -> list[tuple[str, str]]:
    """The files that differ between two commits, from the top: each before and after.

    An empty path stands for no file; two that differ are of one that was renamed.
    """
    options = ("-r", "-z", "-M", "--name-status", "--no-commit-id", "--no-relative")
    fields = iter(os.fsdecode(git_bytes(folder, "diff-tree", *options, base, commit)).split("\0"))
    pairs: list[tuple[str, str]] = []
    for status in fields:
        if not status:
            break
        path = next(fields)
        if status[0] in "RC":
            pairs.append((path, next(fields)))
        else:
            pairs.append(("" if status == "A" else path, "" if status == "D" else path))
    return pairs
