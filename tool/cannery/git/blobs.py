"""The contents of files at commits, many of them read by one git process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from cannery.git.failures import MissingObjectsError
from cannery.git.incomplete import is_partial
from cannery.git.run import attempt, git, git_bytes

_ABSENT = (b"missing", b"ambiguous", b"submodule")


class Blobs(dict[str, bytes | None]):
    """File contents by git's name for them: `COMMIT:PATH`, from the top, or a blob's id.

    None for what is no file there. Each name is read once: `load` reads many with one process, and
    what was not loaded is read when it is asked for.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, name: str) -> bytes | None:
        self.load([name])
        return self[name]

    def load(self, names: Iterable[str]) -> None:
        """Read those that are not known yet. Raises GitError, also for one that a clone lacks."""
        unread = [name for name in dict.fromkeys(names) if name not in self]
        plain = [name for name in unread if "\n" not in name]  # git reads a name a line
        self.update(zip(plain, read_objects(self._folder, plain, b"blob"), strict=True))
        for name in unread:
            if "\n" in name:
                status, out, _ = attempt(self._folder, "cat-file", "blob", name)
                self[name] = None if status else out
        if is_partial(self._folder):
            _refuse_missing(self._folder, [name for name in unread if self[name] is None])


def _refuse_missing(folder: Path, absent: Iterable[str]) -> None:
    """Raises MissingObjectsError if one of the files is there, and only its content is not."""
    for name in absent:
        if not attempt(folder, "rev-parse", "-q", "--verify", "--end-of-options", name)[0]:
            raise MissingObjectsError(f"it has no content for {name}")


def read_objects(folder: Path, names: Sequence[str], kind: bytes) -> list[bytes | None]:
    """The contents of objects of one kind, such as `blob`; None for one that is not there.

    No name may have a line end. Raises GitError.
    """
    if not names:
        return []
    given = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    raw = git_bytes(folder, "cat-file", "--batch", given=given)
    objects: list[bytes | None] = []
    at = 0
    for _ in names:
        end = raw.index(b"\n", at)
        *_, object_kind, size = raw[at:end].rsplit(b" ", 2)
        at = end + 1
        if size in _ABSENT:
            objects.append(None)
            continue
        objects.append(raw[at : at + int(size)] if object_kind == kind else None)
        at += int(size) + 1
    return objects


def missing_commits(folder: Path, names: Sequence[str]) -> list[str]:
    """Those of some commits that this clone does not have."""
    commits = read_objects(folder, [f"{name}^{{commit}}" for name in names], b"commit")
    return [name for name, commit in zip(names, commits, strict=True) if commit is None]


def store_files(folder: Path, paths: Sequence[str]) -> list[str]:
    """Put files into git's store as `git add` would, with line ends and filters; their ids.

    `paths` are from the top of the working tree. Raises GitError for a file that can't be read.
    """
    if not paths:
        return []
    given = "".join(f"{_quoted(path)}\n" for path in paths).encode("utf-8", "surrogateescape")
    return git(folder, "hash-object", "-w", "--stdin-paths", given=given).split("\n")


def store_texts(folder: Path, texts: Sequence[bytes]) -> list[str]:
    """Put texts into git's store as they are; their ids. Raises GitError."""
    if not texts:
        return []
    from tempfile import TemporaryDirectory  # slow to load

    with TemporaryDirectory(prefix=f"kb-texts-{os.getpid()}-") as name:
        files = [Path(name) / str(number) for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text)
        given = "".join(f"{file}\n" for file in files).encode("utf-8", "surrogateescape")
        options = ("-w", "--no-filters", "--stdin-paths")
        return git(folder, "hash-object", *options, given=given).split("\n")


def _quoted(path: str) -> str:
    """A path as git takes it on a line of its own."""
    if "\n" not in path and not path.startswith('"'):
        return path
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
