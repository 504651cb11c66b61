"""What the finder shows, as values, and what was used lately: all that the first frame needs."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment

from cannery.model.location import Location
from cannery.reply.usage import ranked
from cannery.workspace import Workspace

# Edits a file in the user's editor, on the terminal; whether it has no errors now.
EditFile = Callable[[Workspace, Location], bool]
LIMIT = 30  # entries in the list
_KINDS = {"": "macros and articles", "macro": "macros only", "article": "articles only"}
_NEXT_KIND = {"": "macro", "macro": "article", "article": ""}


class Item(NamedTuple):
    """An entry in the list.

    `state` is empty for what is published. `path` is its file's, relative to the workspace root;
    empty in the first frame, whose entries come from a record that has no paths.
    """

    id: str
    title: str
    language: str
    kind: str
    state: str = ""
    path: str = ""


class Filters(NamedTuple):
    """What narrows a search. Empty ones let everything through."""

    kind: str = ""
    tag: str = ""

    @property
    def next_kind(self) -> Filters:
        return self._replace(kind=_NEXT_KIND[self.kind])

    @property
    def in_words(self) -> tuple[str, ...]:
        kind = _KINDS[self.kind]
        return (kind, f"tag {self.tag}") if self.tag else (kind,)


class Search(NamedTuple):
    """What is looked for."""

    words: str
    filters: Filters


class Results(NamedTuple):
    """The answer to a search, or what was used lately where nothing was asked."""

    items: tuple[Item, ...]
    hint: str = ""


class Look(NamedTuple):
    """What a preview was asked for: an entry, and a width in columns."""

    item: Item
    width: int

    @property
    def key(self) -> tuple[str, str, int]:
        """Of two with the same key, one is enough."""
        return self.item.id, self.item.language, self.width


class Preview(NamedTuple):
    """An entry to be looked at, rendered in lines.

    `about` are the lines that say something about it, `body` what it says.
    """

    look: Look
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


# Opens the form of a reply, and returns when it is there. No message: keys that were typed ahead
# are meant for the form, and would be handled before a message is.
OpenForm = Callable[[Stack], Awaitable[None]]


class Left(NamedTuple):
    """A form was left without a reply."""

    stack: Stack


class OnTop(NamedTuple):
    """Another macro is to go on top of these."""

    stack: Stack


class Again(NamedTuple):
    """The form is to be opened anew: in another language, or with a macro that was edited."""

    stack: Stack


class Copied(NamedTuple):
    """The reply was handed over; `message` says how."""

    stack: Stack
    message: str


Outcome = Left | OnTop | Again | Copied  # of a form


def recent_items(workspace: Workspace) -> tuple[Item, ...]:
    """What was used often and lately, as it was called then."""
    uses = ranked(workspace, time.time())[:LIMIT]
    return tuple(Item(id_, use.title, use.language, _kind(id_)) for id_, use in uses)


def _kind(id_: str) -> str:
    return "macro" if id_.startswith("macros/") else "article"
