"""Headings -> anchors: the ids that a page has on the site, and that the check knows.

A heading's id is spelt as Git hosts spell it, letters of any script kept. What sites called it
before (as Python-Markdown spells it) stays a second name: addresses are in customers' mailboxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, normalize

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_EXPLICIT = re.compile(r"(?<!\\)\{:?\s{0,9}#([\w.:-]+)\s{0,9}\}(?=\s*+(?:\Z|<!--|\{/\*))")
_COMMENTS = re.compile(
    r"(?>(?:\s*+(?:<!--(?:(?!-->).){0,500}-->|\{/\*(?:(?!\*/\}).){0,500}\*/\}))*)\s*+"
)


class Heading(NamedTuple):
    """A heading's text without markup, and the id that its author gave it, or nothing."""

    text: str
    id: str = ""


class Anchors(NamedTuple):
    """A heading's id, and its former one where that is another, else nothing."""

    id: str
    former: str = ""


def headings(tokens: Sequence[Token], hidden: re.Pattern[str] | None = None) -> Iterator[Heading]:
    """The headings of a page, in order; what `hidden` is found in them is on no page."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            text = _text(inline)
            text = hidden.sub("", text) if hidden else text
            yield Heading(text, str(opening.meta.get("id", "")))


def _text(inline: Token) -> str:
    children = [child for child in inline.children or () if child.type != "image"]
    return "".join(" " if child.type == "softbreak" else child.content for child in children)


def split_id(text: str) -> Heading:
    """A heading's source without the `{#id}` at its end, and that id; comments may be behind it."""
    for found in _EXPLICIT.finditer(text):
        rest = text[found.end() :]
        if _COMMENTS.fullmatch(rest):
            return Heading(text[: found.start()].rstrip() + rest.rstrip(), found[1])
    return Heading(text)


def anchors(headings: Iterable[Heading]) -> list[Anchors]:
    """The anchors of a page's headings, in order; no two are the same."""
    headings = [*headings]
    ids = [*_ids(headings)]
    formers = _formers(headings)
    taken = frozenset(ids)
    return [
        Anchors(id_, former if former not in taken else "")
        for id_, former in zip(ids, formers, strict=True)
    ]


def _ids(headings: Iterable[Heading]) -> Iterator[str]:
    taken = {item.id: 0 for item in headings if item.id}
    for item in headings:
        yield item.id or _free(slug(item.text), "-", taken)


def _formers(headings: Iterable[Heading]) -> Iterator[str]:
    taken = {item.id: 0 for item in headings if item.id}
    for item in headings:
        name = _former_slug(item.text)
        yield "" if item.id or not name else _free(name, "_", taken)


def _free(name: str, mark: str, taken: dict[str, int]) -> str:
    """The name, or the first of name-1, name-2... that is not taken; it is taken now.

    `taken` has the last number that each name was given: thousands of headings may be called alike.
    """
    number = taken.get(name, 0)
    free = f"{name}{mark}{number}" if number else name
    while not free or free in taken:
        number += 1
        free = f"{name}{mark}{number}"
    taken[name] = number
    taken.setdefault(free, 0)
    return free


def slug(text: str) -> str:
    """A heading as an anchor: small letters, marks, digits and dashes, a dash for each blank."""
    kept = "".join(char for char in text.strip().lower() if _is_kept(char))
    return re.sub(r"\s", "-", kept)


def _is_kept(char: str) -> bool:
    return char in "-_" or char.isspace() or char.isalnum() or category(char).startswith("M")


def _former_slug(text: str) -> str:
    ascii_text = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_text).strip().lower())
