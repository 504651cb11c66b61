"""Zendesk's placeholders: Liquid, with fields by number and texts that are kept elsewhere."""

from __future__ import annotations

import re

from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.liquid_write import write
from cannery.exchange.placeholders.named import SIGNATURE, SURVEY, Name

_NUMBERED = re.compile(r"ticket\.ticket_field_(option_title_)?([0-9]{1,20})")
_OURS = re.compile(r"ticket\.custom_fields\.([0-9]{1,20})")
_DYNAMIC = re.compile(r"dc\.([\w-]{1,100})")
_ELSEWHERE = "a text that Zendesk keeps as dynamic content, without which agents are asked for it"


_LEFT_OUT = {
    "current_user.signature": SIGNATURE,
    "ticket.assignee.signature": SIGNATURE,
    "satisfaction.rating_section": SURVEY,
    "satisfaction.rating_url": SURVEY,
    "satisfaction.positive_rating_url": SURVEY,
    "satisfaction.negative_rating_url": SURVEY,
}


def _name(path: str) -> Name | None:
    if why := _LEFT_OUT.get(path):
        return Name(why=why)
    if match := _NUMBERED.fullmatch(path):
        number, told = match[2], f"Zendesk: {path}"
        if match[1]:
            return Name("", f"field_{number}_title", f"Ticket field {number}, as shown", told)
        source = f"ticket.custom_fields.{number}"
        return Name("", f"field_{number}", f"Ticket field {number}", told, source)
    if match := _DYNAMIC.fullmatch(path):
        name, told = re.sub(r"\W", "_", match[1], flags=re.ASCII), f"Zendesk: {{{{{path}}}}}"
        label = match[1].replace("_", " ")
        return Name("", f"text_{name}", label, told, type="multiline", why=_ELSEWHERE)
    return None


def _there(ours: str) -> str:
    found = _OURS.fullmatch(ours)
    return f"ticket.ticket_field_{found[1]}" if found else ""


DIALECT = Dialect(
    "Zendesk",
    "{{name}}",
    liquid_marks.parse,
    write,
    _name,
    there=_there,
    tags=True,
    lacks=frozenset({"today", "now", "cursor", "kb.name", "kb.site_url"}),
)
