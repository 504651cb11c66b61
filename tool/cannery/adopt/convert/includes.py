"""Files of the source that a page takes in: their text is part of the page here."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.adopt.convert.dialect import Dialect, convert_part
from cannery.adopt.convert.elements import Element
from cannery.adopt.convert.notes import Notes, shortened
from cannery.adopt.convert.shapes import code_span
from cannery.content.split import line_feeds, split


def included(
    element: Element, notes: Notes, named: str, roots: Sequence[str], dialect: Dialect
) -> str:
    """The converted text of a file; its name and a loss where there is none to be had."""
    path = notes.find(named, *roots)
    text = notes.text(path) if path else None
    if text is None:
        why = "its text can't be had" if path else "the file is not in the source"
        notes.lose(element.line, element.source, why)
        return code_span(shortened(named)) if element.is_block else shortened(named)
    return converted_include(text, path, notes, dialect)


def converted_include(text: str, path: str, notes: Notes, dialect: Dialect) -> str:
    """The text of a file as a part of the page: its links are those of the file's place."""
    inside = notes.within(path)
    body = split(line_feeds(text)).body.strip("\n")
    made = convert_part(body, dialect, inside)
    notes.take(inside)
    return made.strip("\n")
