"""Build a form's state from what is typed so far: its rows, and a preview of the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from cannery.content.context_value import context_value
from cannery.content.dates import Calendar
from cannery.content.field_types import empty, parse, type_of
from cannery.errors import TemplateError, ValueRefusedError
from cannery.model.entry import Field, Reply
from cannery.reply.compose import compose
from cannery.reply.resolve import Request, put, resolve
from cannery.util.seen import shows_nothing

HOLE = ("⟦", "⟧")  # around the name of what is missing, in a preview


class Row(NamedTuple):
    """A field of a form.

    `text` is what stands in it, typed or proposed; `fault` says why that will not do, `hint` what
    would; `missing` is true where nothing stands in a field that needs something. `value` is what
    it comes to.
    """

    field: Field
    text: str
    fault: str = ""
    hint: str = ""
    missing: bool = False
    value: object = None

    @property
    def is_open(self) -> bool:
        return self.missing or bool(self.fault)


class FormState(NamedTuple):
    """The state of a form: its rows and a preview.

    `reply` shows holes unless `is_done`; where there can be none, `fault` says why.
    """

    rows: tuple[Row, ...]
    reply: Reply | None
    fault: str = ""

    @property
    def is_done(self) -> bool:
        return self.reply is not None and not any(row.is_open for row in self.rows)

    @property
    def answers(self) -> dict[str, str]:
        """The texts of all fields, by field name."""
        return {row.field.name: row.text for row in self.rows}


def build_form(request: Request, typed: Mapping[str, str]) -> FormState:
    """Build the state of the form for the texts typed so far, by field name.

    What nobody has typed is proposed: from the ticket, from last time, or by its default, which
    may build on other fields. A field that was typed over has no default any more: emptied means
    empty.
    """
    asked = _bare(request, typed)
    try:
        rows, given = _rows(asked, request, typed)
        reply, fault = _reply(replace(asked, given=given), rows)
    except (TemplateError, ValueRefusedError) as error:
        return FormState((), None, error.message)
    order = {item.name: number for number, item in enumerate(request.fields)}
    rows.sort(key=lambda row: order.get(row.field.name, len(order)))
    return FormState(tuple(rows), reply, fault)


def _bare(request: Request, typed: Mapping[str, str]) -> Request:
    """The request without ticket sources, and without defaults for fields that were typed into."""

    def stripped(item: Field) -> Field:
        if item.name in typed:
            return replace(item, source="", default=None, remember=False)
        return replace(item, source="")

    macros = (
        replace(macro, fields=tuple(stripped(item) for item in macro.fields))
        for macro in request.macros
    )
    return replace(request, macros=tuple(macros))


def _rows(
    asked: Request, request: Request, typed: Mapping[str, str]
) -> tuple[list[Row], dict[str, str]]:
    """The rows, resolved one by one since each answer may need others; and the valid texts."""
    calendar = request.calendar
    sources = {item.name: item.source for item in request.fields if item.source}
    rows: dict[str, Row] = {}
    given = {name: text for name, text in request.given.items() if name not in typed}
    while True:
        state = resolve(replace(asked, given=given), accept=False)
        missing = next((item for item in state.missing if item.field.name not in rows), None)
        if missing is None:
            return list(rows.values()), given
        name = missing.field.name
        text = typed.get(name)
        if text is None:
            from_ticket = context_value(sources[name], state.values) if name in sources else ""
            fits = from_ticket and not _row(missing.field, from_ticket, calendar).fault
            text = from_ticket if fits else missing.proposal or ""
        rows[name] = row = _row(missing.field, text, calendar)
        if not row.is_open:
            given[name] = text


def _row(item: Field, text: str, calendar: Calendar) -> Row:
    if shows_nothing(text):
        if item.required or item.default:  # one that builds on a value that is not there yet
            return Row(item, text, missing=True)
        return Row(item, text, value=empty(item))
    try:
        return Row(item, text, value=parse(item, text, calendar))
    except ValueRefusedError as error:
        return Row(item, text, error.message, error.hint)


def _reply(asked: Request, rows: list[Row]) -> tuple[Reply | None, str]:
    """A preview, with holes for open rows or stand-ins if a filter rejects holes; or why not."""
    values = dict(resolve(asked, accept=True).values)
    fault = ""
    calendar = asked.calendar
    for hole in (_named_hole, _stand_in):
        seen = dict(values)
        for row in (row for row in rows if row.is_open):
            put(seen, row.field.name.split("."), hole(row.field, calendar))
        try:
            return compose(asked, seen), ""
        except TemplateError as error:
            fault = error.message
    return None, fault


def _named_hole(item: Field, _: Calendar) -> object:
    """The field's name in brackets; false for a yes-or-no field, which can't show a name."""
    missing = empty(item)
    return missing if isinstance(missing, bool) else f"{HOLE[0]}{item.label or item.name}{HOLE[1]}"


def _stand_in(item: Field, calendar: Calendar) -> object:
    text = type_of(item).stand_in
    if text is None:
        return _named_hole(item, calendar)
    return parse(replace(item, pattern="", required=False), text, calendar)
