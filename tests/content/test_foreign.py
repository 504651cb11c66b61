"""Each placeholder of the foreign macros is found where it stands, and nothing else is."""

from __future__ import annotations

import pytest
from tests.content.foreign import ForeignMacro, foreign_macros

from cannery.content.desk_names import foreign_names
from cannery.content.holes import Span, holes_in_source, tags

MACROS = tuple(foreign_macros())


def found_in(text: str) -> list[Span]:
    """Holes, names of other desks, and the outputs whose values Liquid asks for."""
    spans = [Span(hole.start, hole.end) for hole in holes_in_source(text, is_template=True)]
    spans += [Span(name.start, name.end) for name in foreign_names(text)]
    return spans + [tag for tag in tags(text) if text.startswith("{{", tag.start)]


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_each_placeholder_is_found_and_nothing_else(macro: ForeignMacro) -> None:
    found = found_in(macro.text)
    missed = [
        label.written
        for label in macro.labels
        if not any(span.start < label.end and label.start < span.end for span in found)
    ]
    false = [
        macro.text[span.start : span.end]
        for span in found
        if not any(span.start < label.end and label.start < span.end for label in macro.labels)
    ]
    assert (missed, false) == ([], [])


def test_there_are_a_hundred_of_many_hands() -> None:
    assert len(MACROS) >= 100
    assert len({macro.name.rpartition("_")[0] for macro in MACROS}) >= 20
