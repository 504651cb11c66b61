"""A macro as other programs can have it: text, and what they ask for, without our templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.model.entry import Field, Macro
from cannery.model.loss import Loss


class Asked(NamedTuple):
    """The place of a value that is asked for; `name` is its field's."""

    name: str


class Caret(NamedTuple):
    """Where the caret goes."""


Piece = str | Asked | Caret
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A macro in one language: `text` as plain text, `markdown` as Markdown.

    `variant` tells what was chosen, where a choice decides what the text says: `full refund, sent`.
    `fields` are those that its text asks for, by name, each with a default that is a text. What
    is not asked for is filled in. `losses` are what became of the rest, with lines of the file.
    """

    macro: Macro
    text: Pieces
    markdown: Pieces
    subject: Pieces = ()
    variant: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()

    @property
    def title(self) -> str:
        title = self.macro.header.title
        return f"{title}: {self.variant}" if self.variant else title
