"""Templates that belong together, such as a subject and a body, with names and holes as ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from cannery.content.desk_names import LIQUID, foreign_names
from cannery.content.hole_fields import Filled, field_entries, fill
from cannery.content.holes import holes_in_source, line_fed

_BETWEEN = "\n\n"
_END = "{% endif %}"


class FilledTexts(NamedTuple):
    """The texts in their order, and the fields that they ask for now, as front matter has them."""

    texts: tuple[str, ...]
    fields: tuple[dict[str, object], ...]


def with_our_names(template: str, declared: Collection[str] = ()) -> str:
    """The template with the names and filters of other help desks as we call them."""
    changes = {(one.start, one.end): one.ours for one in foreign_names(template, declared)}
    return with_changes(template, changes)


def fill_texts(texts: Sequence[str], declared: Collection[str] = ()) -> FilledTexts:
    """Replace what desks call otherwise, and the holes that tell what belongs in them.

    `declared` are the names of fields that there are. The same person in two of the texts is one
    field, two dates are two.
    """
    whole = _BETWEEN.join(map(line_fed, texts))
    changes = {(one.start, one.end): one.ours for one in foreign_names(whole, declared)}
    holes = (one for one in holes_in_source(whole, is_template=True) if one.hole.kind != LIQUID)
    new = _balanced(fill(whole, holes, declared))
    changes |= {(one.placed.start, one.placed.end): one.new.template for one in new}
    done, start = [], 0
    for text in texts:
        here = {
            (begin - start, end - start): written
            for (begin, end), written in changes.items()
            if start <= begin and end <= start + len(text)
        }
        done.append(with_changes(text, here))
        start += len(text) + len(_BETWEEN)
    fields = (field for field in field_entries(new) if field["name"] not in declared)
    return FilledTexts(tuple(done), tuple(fields))


def with_changes(text: str, changes: Mapping[tuple[int, int], str]) -> str:
    """The text with what stands between two places replaced by Liquid, none over another."""
    for (start, stop), written in sorted(changes.items(), reverse=True):
        before, code = text[:start], written
        if before.endswith("{") and written.startswith("{"):  # `{{{` would begin something else
            before, code = before[:-1], f"{{{{ '{{' }}}}{written}"
        text = f"{before}{code}{text[stop:]}"
    return text


def _balanced(new: Sequence[Filled]) -> list[Filled]:
    """What is filled in, without optional parts that nothing ends, or that none begins."""
    begun: list[int] = []
    fitting: set[int] = set()
    for number, one in enumerate(new):
        if one.new.template.startswith("{% if "):
            begun.append(number)
        elif one.new.template == _END and begun:
            fitting |= {begun.pop(), number}
    return [
        one
        for number, one in enumerate(new)
        if number in fitting or not one.new.template.startswith("{%")
    ]
