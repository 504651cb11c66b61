"""Freshdesk's placeholders: `{{ticket.requester.firstname}}`, with fields as `ticket.cf_name`."""

from __future__ import annotations

import re
from functools import partial

from cannery.content.desk_names import field_name
from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.liquid_write import write
from cannery.exchange.placeholders.named import SURVEY, Name

_OURS = re.compile(r"ticket\.custom_fields\.(cf_\w{1,100})")
_FIELD = re.compile(r"ticket\.(cf_(\w{1,100}))")


_SURVEYS = ("ticket.satisfaction_survey", "ticket.surveymonkey_survey")


def _name(path: str) -> Name | None:
    if path in _SURVEYS:
        return Name(why=SURVEY)
    if match := _FIELD.fullmatch(path):
        name = field_name(match[2])
        label = match[2].replace("_", " ").strip().capitalize()
        return Name(
            "", name or "value", label, f"Freshdesk: {path}", f"ticket.custom_fields.{match[1]}"
        )
    return None


def _there(ours: str) -> str:
    found = _OURS.fullmatch(ours)
    return f"ticket.{found[1]}" if found else ""


DIALECT = Dialect(
    "Freshdesk",
    "{{name}}",
    partial(liquid_marks.parse, fills_code=True),
    write,
    _name,
    there=_there,
    tags=True,
)
