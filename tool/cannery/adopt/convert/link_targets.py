"""What the links and pictures of Markdown lead to, as tags: an address of the old site is a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import address

NAME = "]("
_INLINE = re.compile(
    r"(?<=\]\()(?:<(?P<closed>[^<>\n]*+)>|(?P<plain>(?>(?:[^\s()<>{]++|\([^\s()<>{]*+\))*)))"
)
_DEFINED = re.compile(
    r"^ {0,3}\[[^\[\]\n]{1,300}\]:[ \t]*+(?P<all><(?P<closed>[^<>\n]*+)>|(?P<plain>[^\s<>{]++))",
    re.MULTILINE,
)


def link_tags(text: str, kept: Regions) -> Iterator[Tag]:
    for found in _INLINE.finditer(text):
        if kept.around(found.start()) is None and found[0]:
            target = found["closed"] or found["plain"] or ""
            yield Tag(*found.span(), NAME, Shape.ALONE, {"target": target})
    for found in _DEFINED.finditer(text):
        if kept.around(found.start()) is None and not found[0].lstrip().startswith("[^"):
            target = found["closed"] or found["plain"] or ""
            yield Tag(*found.span("all"), NAME, Shape.ALONE, {"target": target})


def _target(element: Element, notes: Notes) -> str:
    written = element.attributes["target"]
    leads_to = notes.target(written)
    return element.source if leads_to == written else address(leads_to)


LINK_RULES = {NAME: Rule(_target, is_inline=True)}
