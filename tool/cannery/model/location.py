"""The values of files: where they stand, what they are, what is wrong with them.

Named tuples, where `model` has dataclasses: every search waits for this module, and they are made
seven times as fast.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Kind(StrEnum):
    ARTICLE = "article"
    MACRO = "macro"
    PART = "part"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """Where a Markdown file stands in the knowledge base.

    `path` is relative to the workspace root, with `/`; `id` is the path below `kb/` without
    language and ending.
    """

    path: str
    id: str
    kind: Kind
    language: str

    @property
    def section(self) -> str:
        """The first folder of the id, which entries are filtered by; empty for one in none."""
        return self.id.split("/")[1] if self.id.count("/") > 1 else ""


class Problem(NamedTuple):
    """A fault in content: where, what, and what to do. `line` is 1-based, 0 for the whole file."""

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


# What `stat` says of a file: bytes, nanoseconds of its last change, and of its last change of any
# kind, which no program can set back. A bare tuple: each search makes and compares one a file.
Stamp = tuple[int, int, int]


class Changes(NamedTuple):
    """The paths that differ between two sets of stamps."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)
