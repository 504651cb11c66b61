"""The front matter as JSON Schema, made from the model's own types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, get_origin

from cannery.content.field_types import FIELD_TYPES
from cannery.content.icons import icons
from cannery.content.keys import keys_of
from cannery.content.mapped_keys import BUILT_IN
from cannery.model.entry import Field, Header, Macro
from cannery.model.front_matter import FrontMatter

_DRAFT = "http://json-schema.org/draft-07/schema#"  # what editors' language servers know
_TEXT = {"type": ["string", "number", "boolean"]}  # what an editor makes of 1.10 or of on
_FLAG = {"enum": [True, False, "true", "false", "yes", "no", "on", "off"]}
_SIGNS = r"\s!-/:-@\[-^`{-~"  # all of ASCII that is no letter, digit or underscore
_NAME = rf"^[^{_SIGNS}\d][^{_SIGNS}]*$"
# Shapes that say more than the model's type does, each with the key's description.
_SHAPES: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "fields": lambda about: {
        "type": "array",
        "description": about,
        "items": {"anyOf": [{"type": "string", "pattern": _NAME}, _object(Field)]},
    },
    "actions": lambda about: {"type": "object", "description": about},
    "icon": lambda about: {"enum": sorted(icons()), "description": about},
    "type": lambda about: {"enum": [*FIELD_TYPES], "description": about},
    "name": lambda about: {"type": "string", "description": about, "pattern": _NAME},
    "default": lambda about: {
        "type": ["string", "number", "boolean", "array", "null"],
        "description": about,
    },
    "choices": lambda about: {
        "type": ["array", "object"],
        "minItems": 1,
        "minProperties": 1,
        "description": about,
    },
}


def front_matter_schema(*, macro: bool, keys: FrontMatter | None = None) -> dict[str, object]:
    """The JSON Schema (draft 7) of an article's or a macro's front matter.

    `keys` are those that kb.toml adds to ours.
    """
    own = {**_properties(Header), **(_properties(Macro) if macro else {})}
    properties = {**_others(keys or FrontMatter()), **own}
    return {
        "$schema": _DRAFT,
        "title": f"Front matter of {'a macro' if macro else 'an article'}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _others(keys: FrontMatter) -> dict[str, dict[str, Any]]:
    """The keys of other programs: those read as ours, and the team's own."""
    flags = {name: {**_FLAG, "description": f"Read as {key}."} for name, key in BUILT_IN.items()}
    names = {
        name.split(".")[0]: {
            "description": f"{name}: read as {key}." if "." in name else f"Read as {key}."
        }
        for name, key in keys.names.items()
    }
    return {
        **flags,
        **names,
        **{name: {"description": "A key of the team's own."} for name in keys.own},
    }


def _object(model: type) -> dict[str, object]:
    return {
        "type": "object",
        "properties": _properties(model),
        "required": [key.name for key in keys_of(model) if key.default is MISSING],
        "additionalProperties": False,
    }


def _properties(model: type) -> dict[str, dict[str, Any]]:
    return {
        key.name: _SHAPES[key.name](key.about)
        if key.name in _SHAPES
        else {**_type(key.type), "description": key.about}
        for key in keys_of(model)
    }


def _type(hint: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a type of any kind
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _TEXT}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [item.value for item in hint]}
    return _TYPES[hint]


_TYPES: Mapping[Any, Mapping[str, Any]] = {
    str: _TEXT,
    int: {"type": "integer"},
    bool: _FLAG,
    date: {"type": "string", "format": "date"},
    timedelta: {"type": "string", "pattern": r"^[0-9]{1,5}[dwmy]$"},
}
