"""A front matter's mapping -> the header and fields of an entry, and the faults in it.

Lenient: a value of the wrong type is a fault and its default is used; nothing hides a file.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from cannery.content.field_types import FIELD_TYPES
from cannery.content.keys import NamedKey, keys_of, names_of
from cannery.content.values import (
    MAX_ITEMS,
    MAX_TEXT,
    Faults,
    clean,
    one_of,
    one_of_names,
    option_text,
    read_action,
    read_date,
    read_duration,
    read_flag,
    read_name,
    read_pattern,
    read_text,
    read_texts,
    read_whole,
)
from cannery.model.entry import Audience, Choice, Fault, Field, Header, Macro
from cannery.model.location import Severity
from cannery.util.text import composed, fold_name, with_composed_tags

_AS_OURS: Mapping[str, str] = MappingProxyType({})
UNKNOWN_KEY = "unknown key "  # what a finding of one begins with, before the key
MAX_KEY = 60  # characters of a key that are told
FOREIGN_SUMMARY = "description"  # as other generators call it
_MAX_FIELDS = 100  # a form is laid out anew for each
_MAX_NAME = 100
_NEAR = 0.75  # of a key's letters, for a question
_SURE = 0.85  # of a key's letters: one that is dropped, doubled or swapped


def read_header(
    data: Mapping[str, Any], *, macro: bool, written: Mapping[str, str] = _AS_OURS
) -> tuple[Header, tuple[Fault, ...]]:
    """Read the keys that articles and macros share; the header, and the faults of every key.

    `written` is what the file calls them, where it is not as we do.
    """
    faults = Faults()
    _unknown_keys(data, names_of(Header, Macro) if macro else names_of(Header), "", faults)
    said = {name: value for name, value in data.items() if value is not None}
    values = _values(Header, said, written, faults)
    if "status" not in values and "status" in said:
        values["audience"] = Audience.INTERNAL  # `Draft` may mean a draft: nothing for customers
    if isinstance(other := data.get(FOREIGN_SUMMARY), str):
        values.setdefault("summary", clean(FOREIGN_SUMMARY, other[:MAX_TEXT], faults))
    return Header(**values), tuple(faults.found)


def read_macro(
    data: Mapping[str, Any], written: Mapping[str, str] = _AS_OURS
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Read the keys that only macros have; values by attribute of `Macro`, and their faults."""
    faults = Faults()
    values = _values(Macro, data, written, faults)
    stripped = {
        name: with_composed_tags(value.strip()) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return stripped, tuple(faults.found)


_Reader = Callable[[str, Any, Faults], Any]


def _values(
    model: type, data: Mapping[str, Any], written: Mapping[str, str], faults: Faults
) -> dict[str, Any]:
    """What is said of a class's keys, by attribute; a value that can't be read is left out."""
    values = {
        attribute: read(written.get(name, name), data[name], faults)
        for name, attribute, read in _readers(model)
        if name in data
    }
    return {name: value for name, value in values.items() if value is not None}


@cache
def _readers(model: type) -> tuple[tuple[str, str, _Reader], ...]:
    """By name and attribute, what makes of a key's value what the model asks for."""
    return tuple((key.name, key.attribute, _reader(key)) for key in keys_of(model))


def _reader(key: NamedKey) -> _Reader:
    if key.is_line:
        return read_name
    if isinstance(key.type, type) and issubclass(key.type, StrEnum):
        return one_of(key.type)
    return _READERS[key.type]


def _actions(key: str, value: object, faults: Faults) -> dict[str, object]:
    if not value:
        return {}
    if not isinstance(value, dict):
        faults.add(key, "actions must be a mapping", "Write `actions:`, then `  status: open`.")
        return {}
    return {
        clean(key, str(name), faults): read_action(f"{key}.{name:.60}", item, faults)
        for name, item in value.items()
    }


_TEXT = "text"  # the type of a field that names none, or a wrong one


def _fields(_: str, value: object, faults: Faults) -> tuple[Field, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        value = [
            {"name": name, **(options if isinstance(options, dict) else {})}
            for name, options in list(value.items())[: _MAX_FIELDS + 1]
        ]
    if not isinstance(value, list):
        faults.add("fields", "fields must be a list", "Write one `- name: ...` for each field.")
        return ()
    fields: dict[str, Field] = {}
    if len(value) > _MAX_FIELDS:
        faults.add("fields", f"there are more than {_MAX_FIELDS} fields", "Split the macro in two.")
    for number, item in enumerate(value[:_MAX_FIELDS]):
        read = _field(f"fields[{number}]", item, faults)
        if read and read.name in fields:
            faults.add(f"fields[{number}]", f"the field {read.name} is defined twice")
        elif read:
            fields[read.name] = read
    return tuple(fields.values())


def _field(key: str, item: object, faults: Faults) -> Field | None:
    data = {"name": item} if isinstance(item, str) else item
    name = data.get("name") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(name, str):
        faults.add(key, "a field has no name", "Write `- name: order_number`.")
        return None
    name = composed(str(name))
    if len(name) > _MAX_NAME:
        faults.add(key, f"a field's name has more than {_MAX_NAME} characters", "Shorten it.")
        return None
    if not name.isidentifier():
        hint = "Use letters, digits and underscores, as in order_number."
        faults.add(key, f"{name!r:.60} can't be a field's name", hint)
        return None
    if name in _RESERVED:
        hint = "The name is reserved by the template language. Choose another."
        faults.add(key, f"{name} can't be a field's name", hint)
        return None
    key = f"fields.{name}"
    _unknown_keys(data, names_of(Field), f"{key}.", faults)
    default = None if data.get("default") is None else _default(key, data["default"], faults)
    type_ = one_of_names(f"{key}.type", data.get("type", _TEXT), FIELD_TYPES, faults) or _TEXT
    choices = _choices(f"{key}.choices", data.get("choices"), faults)
    if FIELD_TYPES[type_].choices and not choices:
        faults.add(f"{key}.choices", f"the field {name} has no choices", "Write `choices: [a, b]`.")
        type_ = _TEXT
    return Field(
        name=name,
        label=option_text(key, "label", data, faults),
        help=option_text(key, "help", data, faults),
        type=type_,
        choices=choices,
        default=default,
        required=read_flag(key, "required", data, faults, default=default is None),
        pattern=read_pattern(key, data, faults),
        source=option_text(key, "from", data, faults),
        remember=read_flag(key, "remember", data, faults, default=False),
    )


_RESERVED = {
    "and", "as", "blank", "cols", "contains", "continue", "else", "empty", "false", "for", "if",
    "in", "limit", "nil", "not", "null", "offset", "or", "reversed", "true", "with",
    "agent", "cursor", "kb", "now", "reply", "ticket", "today",
}  # fmt: skip


def _default(key: str, value: object, faults: Faults) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(read_texts(f"{key}.default", value, faults) or ())
    text = read_text(f"{key}.default", value, faults)
    if text is None or (not text and value):  # what shows nothing is no default, and told
        return None
    return with_composed_tags(text)


def _choices(key: str, value: object, faults: Faults) -> tuple[Choice, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(item, item) for item in value]
    else:
        faults.add(key, "choices must be a list", "Write `choices: [one, two]`.")
        return ()
    choices: list[Choice] = []
    places: dict[str, str] = {}
    for number, (raw, label) in enumerate(pairs[:MAX_ITEMS]):
        place = f"{key}[{number}]"
        text, shown = read_text(place, raw, faults), read_text(place, label, faults)
        if not text or not text.strip():
            continue
        choices.append(Choice(text.strip(), (shown or text).strip()))
        if places.setdefault(fold_name(text), place) != place:
            message = f"the choice {text.strip():.60} reads the same as an earlier one"
            faults.add(place, message, "Rename or remove one of the two.")
    return tuple(choices)


_READERS: Mapping[Any, _Reader] = {
    str: read_text,
    int: read_whole,
    tuple[str, ...]: read_texts,
    date: read_date,
    timedelta: read_duration,
    tuple[Field, ...]: _fields,
    Mapping[str, object]: _actions,
}


@lru_cache(maxsize=1000)  # one foreign generator's keys stand in every file of its pages
def _meant(key: str, known: frozenset[str]) -> tuple[str, str]:
    """A hint at the key that may be meant, and the key where it is beyond doubt."""
    if key == FOREIGN_SUMMARY and "summary" in known:
        return "It is used as the summary. Rename it to `summary`.", "summary"
    folded = fold_name(key)
    near = difflib.get_close_matches(folded, known, n=1, cutoff=_NEAR)
    sure = difflib.get_close_matches(folded, known - {"audience"}, n=2, cutoff=_SURE)
    return f"Did you mean {near[0]}?" if near else "", sure[0] if len(sure) == 1 else ""


def keep_hint(key: str) -> str:
    """How a key that looks like none of ours is kept.

    Empty for one that is told in part, and for one that may say who can see a page: a decision.
    """
    from cannery.content.visibility import may_decide  # few files have such keys

    if len(key) >= MAX_KEY or may_decide(key):
        return ""
    written = json.dumps(key, ensure_ascii=False)
    return f"To keep it, write own = [{written}] below [front_matter] in kb/kb.toml."


def _unknown_keys(
    data: Mapping[str, Any], known: frozenset[str], prefix: str, faults: Faults
) -> None:
    for key in data:
        if key not in known:
            hint, sure = _meant(str(key)[:MAX_KEY], known)
            rename = "" if prefix or sure in data else sure
            message = UNKNOWN_KEY + str(key)[:MAX_KEY] + (" of a field" if prefix else "")
            hint = hint or ("" if prefix else keep_hint(str(key)))
            faults.found.append(
                Fault(f"{prefix}{key}"[:200], message, hint, Severity.WARNING, rename)
            )
