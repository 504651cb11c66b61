"""Templates that belong together, such as a subject and a body, with names and holes as ours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from cannery.content.desk_names import LIQUID, foreign_names
from cannery.content.hole_fields import field_entries, fill
from cannery.content.holes import holes_in_source, line_fed

_BETWEEN = "\n\n"


class FilledTexts(NamedTuple):
    """The texts in their order, and the fields that they ask for now, as front matter has them."""

    texts: tuple[str, ...]
    fields: tuple[dict[str, object], ...]


def with_our_names(template: str, declared: Collection[str] = ()) -> str:
    """The template with the names and filters of other help desks as we call them."""
    changes = {(one.start, one.end): one.ours for one in foreign_names(template, declared)}
    return _changed(template, changes)


def fill_texts(texts: Sequence[str], declared: Collection[str] = ()) -> FilledTexts:
    """Replace what desks call otherwise, and the holes that tell what belongs in them.

    `declared` are the names of fields that there are. The same person in two of the texts is one
    field, two dates are two.
    """
    whole = _BETWEEN.join(map(line_fed, texts))
    changes = {(one.start, one.end): one.ours for one in foreign_names(whole, declared)}
    holes = (one for one in holes_in_source(whole, is_template=True) if one.hole.kind != LIQUID)
    new = fill(whole, holes, declared)
    changes |= {(one.placed.start, one.placed.end): one.new.template for one in new}
    done, start = [], 0
    for text in texts:
        here = {
            (begin - start, end - start): written
            for (begin, end), written in changes.items()
            if start <= begin and end <= start + len(text)
        }
        done.append(_changed(text, here))
        start += len(text) + len(_BETWEEN)
    fields = (field for field in field_entries(new) if field["name"] not in declared)
    return FilledTexts(tuple(done), tuple(fields))


def _changed(text: str, changes: dict[tuple[int, int], str]) -> str:
    for (start, stop), written in sorted(changes.items(), reverse=True):
        text = f"{text[:start]}{written}{text[stop:]}"
    return text
