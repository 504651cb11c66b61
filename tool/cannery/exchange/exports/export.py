"""What the table of exports knows of each format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from cannery.model.entry import Entry
from cannery.model.loss import Loss
from cannery.model.snippet import Asked, Piece, Snippet


class Library(NamedTuple):
    """What is exported: `entries` in the order of their paths, and their macros filled in.

    `name` is the knowledge base's, `language` its default one.
    """

    name: str
    language: str
    review_every: timedelta
    entries: Sequence[Entry]
    snippets: Sequence[Snippet]


class Written(NamedTuple):
    """Files by their paths below the output folder, and what they could not hold."""

    files: Mapping[str, str]
    losses: tuple[Loss, ...] = ()


class Export(NamedTuple):
    """A format to write. `file` is what one alone is called; empty for a folder of files.

    What is one agent's own, `is_personal`, has their name filled in; else it is asked for. One that
    `has_templates` needs no snippets. `encoding` is that of its files.
    """

    name: str
    about: str
    file: str
    write: Callable[[Library], Written]
    takes_articles: bool = False
    is_personal: bool = False
    has_templates: bool = False
    encoding: str = "utf-8"


def loss_of(snippet: Snippet, why: str) -> Loss:
    """A snippet that a format can't hold at all."""
    return Loss(snippet.macro.at.path, 0, snippet.title, why)


def unsaid(library: Library, *keys: str) -> tuple[Loss, ...]:
    """What macros say by `subject` or `actions`, for a program that has no place for it."""
    macros = {snippet.macro.at.path: snippet.macro for snippet in library.snippets}
    return tuple(
        Loss(path, 0, key, "this format can't hold it")
        for path, macro in macros.items()
        for key in keys
        if getattr(macro, key)
    )


def label_of(snippet: Snippet, default: str) -> str:
    """A title, with the language where it is not the `default`."""
    language = snippet.macro.at.language
    return snippet.title if language == default else f"{snippet.title} ({language})"


def name_for(snippet: Snippet, taken: Iterable[str], default: str) -> str:
    """A label of its own: numbered, if another one has it."""
    title = label_of(snippet, default)
    number, name, known = 1, title, set(taken)
    while name in known:
        number += 1
        name = f"{title} {number}"
    return name


def shortcut_of(snippet: Snippet) -> str:
    """Its shortcut, else one made of its id's last part."""
    return snippet.macro.shortcut or f";{snippet.macro.at.id.rpartition('/')[2]}"


def with_names(pieces: Iterable[Piece]) -> str:
    """The pieces as one text, each value as `{{ name }}`."""
    return "".join(map(_with_name, pieces))


def _with_name(piece: Piece) -> str:
    if isinstance(piece, Asked):
        return f"{{{{ {piece.name} }}}}"
    return piece if isinstance(piece, str) else "{{ cursor }}"
