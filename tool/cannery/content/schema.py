"""The front matter as JSON Schema, made from the model's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, timedelta
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from cannery.content.headers import NAMES_OF_FIELDS
from cannery.model.entry import Field, Header

_DRAFT = "http://json-schema.org/draft-07/schema#"  # what editors' language servers know
_TEXT = {"type": ["string", "number"]}  # a bare number is a text to us
_NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"
_ABOUT = {
    "title": "Shown in lists and on top of the page.",
    "summary": "One line, shown in lists.",
    "tags": "Tags of the site, and filters of a search.",
    "keywords": "Words that people search by and the text does not use.",
    "audience": "Who may see it on a site. A macro is never on a public one.",
    "status": "A retired one leaves search and site, and stays in Git.",
    "owner": "The person or team that answers for it.",
    "reviewed": "When somebody vouched for it last.",
    "review_every": "When it is due again: 180d, 26w, 6m or 1y.",
    "related": "Ids of entries that belong to it.",
    "redirect_from": "Its earlier ids.",
    "name": "How the template calls it.",
    "label": "How the form calls it.",
    "help": "What the form says below it.",
    "type": "What may be typed.",
    "choices": "The values of a choice, as a list or as value: label.",
    "default": "What it is when nobody says otherwise: a template itself.",
    "required": "Whether it must be filled in: true unless it has a default.",
    "pattern": "A regular expression that the whole value must match.",
    "from": "Its place in the ticket, such as ticket.requester.name.",
    "remember": "Whether the last value is proposed the next time.",
}


def front_matter_schema(*, macro: bool) -> dict[str, object]:
    """The schema of an article's or a macro's front matter."""
    properties = _properties(Header)
    if macro:
        properties |= {
            "shortcut": {"type": "string", "description": "A short unique name, such as ;refund."},
            "subject": {"type": "string", "description": "The subject line: a template too."},
            "fields": {
                "type": "array",
                "description": "The values that the macro asks for, in asking order.",
                "items": {"anyOf": [{"type": "string", "pattern": _NAME}, _field()]},
            },
            "actions": {
                "type": "object",
                "description": "What the help desk should do with the ticket.",
            },
        }
    return {
        "$schema": _DRAFT,
        "title": f"Front matter of {'a macro' if macro else 'an article'}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _field() -> dict[str, object]:
    properties = _properties(Field)
    properties["name"] = {**properties["name"], "type": "string", "pattern": _NAME}
    properties["default"] = {
        "type": ["string", "number", "boolean", "array", "null"],
        "description": _ABOUT["default"],
    }
    properties["choices"] = {
        "type": ["array", "object"],
        "minItems": 1,
        "minProperties": 1,
        "description": _ABOUT["choices"],
    }
    required = [
        NAMES_OF_FIELDS.get(item.name, item.name)
        for item in fields(Field)
        if item.default is MISSING
    ]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _properties(kind: type) -> dict[str, dict[str, Any]]:
    hints = get_type_hints(kind)
    found = {}
    for item in fields(kind):
        name = NAMES_OF_FIELDS.get(item.name, item.name)
        found[name] = {**_type(hints[item.name]), "description": _ABOUT[name]}
    return found


def _type(hint: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a type of any kind
    if isinstance(hint, UnionType):
        hint = next(item for item in get_args(hint) if item is not type(None))
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _TEXT}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [item.value for item in hint]}
    known: dict[Any, Mapping[str, Any]] = {
        str: _TEXT,
        bool: {"type": "boolean"},
        date: {"type": "string", "format": "date"},
        timedelta: {"type": "string", "pattern": r"^[0-9]{1,5}[dwmy]$"},
    }
    return known[hint]
