"""A front matter's mapping -> the header and fields of an entry, and the faults in it.

Lenient: a value of the wrong type is a fault and its default is used; nothing hides a file.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cannery.content.values import (
    MAX_ITEMS,
    MAX_TEXT,
    Faults,
    clean,
    one_of,
    option_text,
    read_action,
    read_date,
    read_duration,
    read_flag,
    read_name,
    read_pattern,
    read_text,
    read_texts,
)
from cannery.model.entry import Audience, Choice, Fault, Field, FieldType, Header
from cannery.model.location import Severity, Status
from cannery.util.text import fold_name

_FOREIGN_SUMMARY = "description"  # as other generators call it
_MAX_FIELDS = 100  # a form is laid out anew for each
_MAX_NAME = 100
_NEAR = 0.75  # of a key's letters, for a question
_SURE = 0.85  # of a key's letters: one that is dropped, doubled or swapped


@dataclass(frozen=True, slots=True)
class MacroParts:
    """What a macro's front matter says beyond an article's."""

    shortcut: str = ""
    subject: str = ""
    fields: tuple[Field, ...] = ()
    actions: Mapping[str, object] = field(default_factory=dict)


def read_header(data: Mapping[str, Any], *, macro: bool) -> tuple[Header, tuple[Fault, ...]]:
    """The keys that articles and macros share, and what is wrong with any key."""
    faults = Faults()
    known = frozenset((*_HEADER_KEYS, *(_MACRO_KEYS if macro else ())))
    _unknown_keys(data, known, "", faults)
    values = {
        key: read(key, data[key], faults)
        for key, read in _HEADER_KEYS.items()
        if data.get(key) is not None
    }
    values = {key: value for key, value in values.items() if value is not None}
    if "status" not in values and data.get("status") is not None:
        values["audience"] = Audience.INTERNAL  # `Draft` may mean a draft: nothing for customers
    if isinstance(other := data.get(_FOREIGN_SUMMARY), str):
        values.setdefault("summary", clean(_FOREIGN_SUMMARY, other[:MAX_TEXT], faults))
    return Header(**values), tuple(faults.found)


def read_macro(data: Mapping[str, Any]) -> tuple[MacroParts, tuple[Fault, ...]]:
    """The keys that only macros have, and what is wrong with them."""
    faults = Faults()
    shortcut = read_text("shortcut", data.get("shortcut", ""), faults) or ""
    subject = read_text("subject", data.get("subject", ""), faults) or ""
    actions = data.get("actions") or {}
    if not isinstance(actions, dict):
        faults.add(
            "actions", "actions is not a mapping", "Write `actions:`, then `  status: open`."
        )
        actions = {}
    actions = {
        clean("actions", str(name), faults): read_action(f"actions.{name:.60}", value, faults)
        for name, value in actions.items()
    }
    return MacroParts(
        shortcut.strip(), subject.strip(), _fields(data.get("fields"), faults), actions
    ), tuple(faults.found)


_Reader = Callable[[str, Any, Faults], Any]
_HEADER_KEYS: Mapping[str, _Reader] = {
    "title": read_name,
    "summary": read_text,
    "tags": read_texts,
    "keywords": read_texts,
    "audience": one_of(Audience),
    "status": one_of(Status),
    "owner": read_name,
    "reviewed": read_date,
    "review_every": read_duration,
    "related": read_texts,
    "redirect_from": read_texts,
}
_MACRO_KEYS = ("shortcut", "subject", "fields", "actions")


def _fields(value: object, faults: Faults) -> tuple[Field, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        value = [
            {"name": name, **(options if isinstance(options, dict) else {})}
            for name, options in list(value.items())[: _MAX_FIELDS + 1]
        ]
    if not isinstance(value, list):
        faults.add("fields", "fields is not a list", "Write one `- name: ...` for each field.")
        return ()
    fields: dict[str, Field] = {}
    if len(value) > _MAX_FIELDS:
        faults.add("fields", f"there are more than {_MAX_FIELDS} fields", "Make it two macros.")
    for number, item in enumerate(value[:_MAX_FIELDS]):
        read = _field(f"fields[{number}]", item, faults)
        if read and read.name in fields:
            faults.add(f"fields[{number}]", f"the field {read.name} is declared twice")
        elif read:
            fields[read.name] = read
    return tuple(fields.values())


def _field(key: str, item: object, faults: Faults) -> Field | None:
    data = {"name": item} if isinstance(item, str) else item
    name = data.get("name") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(name, str):
        faults.add(key, "a field has no name", "Write `- name: order_number`.")
        return None
    name = str(name)
    if len(name) > _MAX_NAME:
        faults.add(key, f"a field's name has more than {_MAX_NAME} characters", "Shorten it.")
        return None
    if not name.isidentifier():
        hint = "Use letters, digits and underscores, as in order_number."
        faults.add(key, f"{name!r:.60} can't be a field's name", hint)
        return None
    if name in _RESERVED:
        hint = "It is a word of the template language or of its context; choose another."
        faults.add(key, f"{name} can't be a field's name", hint)
        return None
    key = f"fields.{name}"
    _unknown_keys(data, _FIELD_KEYS, f"{key}.", faults)
    default = None if data.get("default") is None else _default(key, data["default"], faults)
    type_ = one_of(FieldType)(f"{key}.type", data.get("type", "text"), faults) or FieldType.TEXT
    choices = _choices(f"{key}.choices", data.get("choices"), faults)
    if type_ in (FieldType.CHOICE, FieldType.MULTICHOICE) and not choices:
        faults.add(f"{key}.choices", f"the field {name} has no choices", "Write `choices: [a, b]`.")
        type_ = FieldType.TEXT
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
NAMES_OF_FIELDS = {"source": "from"}  # what front matter calls what Python can not call so
_FIELD_KEYS = frozenset({
    "name", "label", "help", "type", "choices", "default", "required", "pattern", "from",
    "remember",
})  # fmt: skip


def _default(key: str, value: object, faults: Faults) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(read_texts(f"{key}.default", value, faults) or ())
    return read_text(f"{key}.default", value, faults)


def _choices(key: str, value: object, faults: Faults) -> tuple[Choice, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(item, item) for item in value]
    else:
        faults.add(key, "choices is not a list", "Write `choices: [one, two]`.")
        return ()
    choices = []
    for raw, label in pairs[:MAX_ITEMS]:
        text, shown = read_text(key, raw, faults), read_text(key, label, faults)
        if text:
            choices.append(Choice(text.strip(), (shown or text).strip()))
    return tuple(choices)


@lru_cache(maxsize=1000)  # one foreign generator's keys stand in every file of its pages
def _meant(key: str, known: frozenset[str]) -> tuple[str, str]:
    """A hint at the key that may be meant, and the key where it is beyond doubt."""
    if key == _FOREIGN_SUMMARY and "summary" in known:
        return "It is read as the summary: call it so.", "summary"
    folded = fold_name(key)
    near = difflib.get_close_matches(folded, known, n=1, cutoff=_NEAR)
    sure = difflib.get_close_matches(folded, known - {"audience"}, n=2, cutoff=_SURE)
    return f"Did you mean {near[0]}?" if near else "", sure[0] if len(sure) == 1 else ""


def _unknown_keys(
    data: Mapping[str, Any], known: frozenset[str], prefix: str, faults: Faults
) -> None:
    for key in data:
        if key not in known:
            hint, sure = _meant(str(key)[:60], known)
            rename = "" if prefix or sure in data else sure
            message = f"unknown key {str(key)[:60]}"
            faults.found.append(
                Fault(f"{prefix}{key}"[:200], message, hint, Severity.WARNING, rename)
            )
