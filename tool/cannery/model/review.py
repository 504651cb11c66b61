"""What a reviewer wants to know of a change."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ChangeKind(StrEnum):
    """What was done to an entry. `AFFECTED` is one whose file is the same, and which reads anew."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    DELETED = "deleted"
    AFFECTED = "affected"


class EntryChange(NamedTuple):
    """An entry as it reads before and after a change: a macro's reply with a sign for each value.

    `old_path` is where it was, the same as `path` unless it was renamed. `settings` are the lines
    of the front matter that went and came, with a sign before each. The texts are empty where there
    is no entry; `is_cut`: one was too long to be shown whole.
    """

    path: str
    old_path: str
    title: str
    kind: ChangeKind
    before: str
    after: str
    settings: tuple[str, ...] = ()
    is_cut: bool = False
    is_macro: bool = False
