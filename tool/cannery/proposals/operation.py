"""One thing that `kb` does to files and branches, and its form as JSON."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any, NamedTuple

from cannery.git.versions import Form, Version, in_order
from cannery.util.state import text


class Stage(StrEnum):
    OPEN = "open"  # an editor is at it: what will be after it, only its user knows
    PLANNED = "planned"
    DONE = "done"


class StoredVersion(NamedTuple):
    """Where the bytes of a version are in the operation's file, and the rest of the version."""

    start: int
    size: int
    digest: str
    mode: int
    form: Form


VersionPair = tuple[StoredVersion | None, StoredVersion | None]


class PushedBranch(NamedTuple):
    """A proposal's branch on the remote, and the commits that it is at before and after a push.

    `name` is empty for no branch, `before` for a new one. `main` is the team's commit that it was a
    change to before.
    """

    name: str = ""
    before: str = ""
    after: str = ""
    main: str = ""


@dataclass(frozen=True)
class Operation:
    """Something that `kb` does, and then did.

    `files` has each file before and after, by its path from the top of the tree; None for no such
    file. `heads` is where the branch is before and after, empty where it is not moved; `conflicts`
    are those that are open before and after. `branch` is a proposal's that is pushed. `undoes` is
    the number of the operation that this one takes back. `asked` is what the user asked for.
    """

    number: int
    what: str
    stage: Stage
    files: Mapping[str, VersionPair] = field(default_factory=dict)
    heads: tuple[str, str] = ("", "")
    conflicts: tuple[Mapping[str, str], Mapping[str, str]] = field(default=({}, {}))
    branch: PushedBranch = PushedBranch()  # noqa: RUF009 - it can't be changed
    undoes: int = 0
    asked: tuple[str, ...] = ()

    @property
    def changed(self) -> list[str]:
        """The files that are others afterwards."""
        return [path for path, (before, after) in self.files.items() if before != after]

    @property
    def deleted(self) -> list[str]:
        """The files that are there before, and not afterwards."""
        return [path for path, (before, after) in self.files.items() if before and not after]

    @property
    def order(self) -> list[str]:
        """The order in which the files are written."""
        return in_order(self.files, lambda path: self.files[path][1] is not None)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "what": self.what,
            "stage": self.stage.value,
            "files": dict(self.files),
            "heads": [*self.heads],
            "conflicts": [dict(item) for item in self.conflicts],
            "branch": [*self.branch],
            "undoes": self.undoes,
            "asked": [*self.asked],
        }


def from_json(data: Any) -> Operation:  # noqa: ANN401 - JSON
    """Raises ValueError, TypeError, LookupError or AttributeError where it is none."""
    before, after = map(text, data["heads"])
    were, are = map(_texts, data["conflicts"])
    branch = PushedBranch(*map(text, data["branch"]))
    return Operation(
        int(data["number"]),
        text(data["what"]),
        Stage(data["stage"]),
        {str(path): _version_pair(*pair) for path, pair in data["files"].items()},
        (before, after),
        (were, are),
        branch,
        int(data["undoes"]),
        tuple(map(str, data["asked"])),
    )


def _version_pair(before: Any, after: Any) -> VersionPair:  # noqa: ANN401 - JSON
    return _stored_version(before), _stored_version(after)


def _stored_version(row: Any) -> StoredVersion | None:  # noqa: ANN401 - JSON
    if row is None:
        return None
    return StoredVersion(int(row[0]), int(row[1]), text(row[2]), int(row[3]), Form(row[4]))


def _texts(table: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    return {str(path): text(value) for path, value in table.items()}


def append_version(blobs: IO[bytes], version: Version | None) -> StoredVersion | None:
    """Put a version's bytes at the end of an operation's file."""
    if version is None:
        return None
    start = blobs.seek(0, os.SEEK_END)
    blobs.write(version.data)
    return StoredVersion(start, len(version.data), digest(version.data), version.mode, version.form)


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
