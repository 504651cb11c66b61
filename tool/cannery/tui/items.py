"""What the finder shows, as values, and what was used lately: all that the first frame needs."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment

from cannery.reply.usage import ranked
from cannery.workspace import Workspace

LIMIT = 30  # entries in the list


class Item(NamedTuple):
    """An entry in the list."""

    id: str
    title: str
    language: str
    kind: str
    state: str = ""


class Filters(NamedTuple):
    """What narrows a search. Empty ones let everything through."""

    kind: str = ""
    tag: str = ""


class Results(NamedTuple):
    """The answer to a search, or what was used lately where nothing was asked."""

    items: tuple[Item, ...]
    hint: str = ""


class Preview(NamedTuple):
    """An entry to be looked at, rendered. `wanted` is its id, its language and a width in columns.

    `about` are the lines that say something about it, `body` what it says.
    """

    wanted: tuple[str, str, int]
    path: str
    about: Sequence[Sequence[Segment]]
    body: Sequence[Sequence[Segment]]
    is_dated: bool = False


class Stack(NamedTuple):
    """The macros of a reply, and what was typed into their form."""

    names: tuple[str, ...]
    title: str
    language: str
    typed: Mapping[str, str] = {}


def recent_items(workspace: Workspace) -> tuple[Item, ...]:
    """What was used often and lately, as it was called then."""
    uses = ranked(workspace, time.time())[:LIMIT]
    return tuple(Item(id_, use.title, use.language, _kind(id_)) for id_, use in uses)


def _kind(id_: str) -> str:
    return "macro" if id_.startswith("macros/") else "article"
