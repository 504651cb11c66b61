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
        target = found["closed"] or found["plain"] or ""
        if target and "{{" not in target and kept.around(found.start()) is None:
            yield Tag(*found.span(), NAME, Shape.ALONE, {"target": target})
    for found in _DEFINED.finditer(text):
        target = found["closed"] or found["plain"] or ""
        is_note = found[0].lstrip().startswith("[^")
        if kept.around(found.start()) is None and "{{" not in target and not is_note:
            yield Tag(*found.span("all"), NAME, Shape.ALONE, {"target": target})


def _target(element: Element, notes: Notes) -> str:
    written = element.attributes["target"]
    leads_to = notes.target(written)
    return element.source if leads_to == written else address(leads_to)


LINK_RULES = {NAME: Rule(_target, is_inline=True)}
