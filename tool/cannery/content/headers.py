"""A front matter's mapping -> the header and fields of an entry, and the faults in it.

Lenient: a value of the wrong type is a fault and its default is used; nothing hides a file.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from cannery.model import Audience, Choice, Fault, Field, FieldType, Header
from cannery.place import Severity, Status
from cannery.workspace import parse_duration

_MAX_TEXT = 10_000
_MAX_ITEMS = 1000
_FOREIGN_SUMMARY = "description"  # as other generators call it
_NEAR = 0.75  # of a key's letters, for a question
_SURE = 0.85  # of a key's letters: one that is dropped, doubled or swapped
_E = TypeVar("_E", bound=StrEnum)


@dataclass(slots=True)
class _Faults:
    """Collects what is wrong while the keys are read."""

    found: list[Fault] = field(default_factory=list)

    def add(
        self, key: str, message: str, hint: str = "", *, warning: bool = False, value: object = None
    ) -> None:
        severity = Severity.WARNING if warning else Severity.ERROR
        self.found.append(Fault(key, message, hint, severity, value=value))


@dataclass(frozen=True, slots=True)
class MacroParts:
    """What a macro's front matter says beyond an article's."""

    shortcut: str = ""
    subject: str = ""
    fields: tuple[Field, ...] = ()
    actions: Mapping[str, object] = field(default_factory=dict)


def read_header(data: Mapping[str, Any], *, macro: bool) -> tuple[Header, tuple[Fault, ...]]:
    """The keys that articles and macros share, and what is wrong with any key."""
    faults = _Faults()
    known = frozenset((*_HEADER_KEYS, *(_MACRO_KEYS if macro else ())))
    _unknown_keys(data, known, "", faults)
    values = {
        key: read(key, data[key], faults)
        for key, read in _HEADER_KEYS.items()
        if data.get(key) is not None
    }
    values = {key: value for key, value in values.items() if value is not None}
    if isinstance(other := data.get(_FOREIGN_SUMMARY), str):
        values.setdefault("summary", other[:_MAX_TEXT])
    return Header(**values), tuple(faults.found)


def read_macro(data: Mapping[str, Any]) -> tuple[MacroParts, tuple[Fault, ...]]:
    """The keys that only macros have, and what is wrong with them."""
    faults = _Faults()
    shortcut = _text("shortcut", data.get("shortcut", ""), faults) or ""
    subject = _text("subject", data.get("subject", ""), faults) or ""
    actions = data.get("actions") or {}
    if not isinstance(actions, dict):
        faults.add(
            "actions", "actions is not a mapping", "Write `actions:`, then `  status: open`."
        )
        actions = {}
    return MacroParts(
        shortcut.strip(), subject.strip(), _fields(data.get("fields"), faults), actions
    ), tuple(faults.found)


def _text(key: str, value: object, faults: _Faults) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        # Not str() of whatever came: a few aliases in a row make a list of a billion items.
        faults.add(key, f"{key} is not a text", f'Write `{key}: "..."`.')
        return None
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        faults.add(key, f"{key} is longer than {_MAX_TEXT} characters")
        return value[:_MAX_TEXT]
    return str(value)


def _texts(key: str, value: object, faults: _Faults) -> tuple[str, ...] | None:
    if isinstance(value, str):
        items = [item for part in value.split(",") if (item := part.strip())][:_MAX_ITEMS]
        hint = f"Write `{key}: [one, two]`."
        faults.add(key, f"{key} is a text, not a list", hint, warning=True, value=items)
        return tuple(items)
    if not isinstance(value, list):
        faults.add(key, f"{key} is not a list", f"Write `{key}: [one, two]`.")
        return None
    if len(value) > _MAX_ITEMS:
        faults.add(key, f"{key} has more than {_MAX_ITEMS} items")
    texts = (_text(f"{key}[{n}]", item, faults) for n, item in enumerate(value[:_MAX_ITEMS]))
    return tuple(text.strip() for text in texts if text and text.strip())


def _date(key: str, value: object, faults: _Faults) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass  # told below, like any other value that is no date
    faults.add(key, f"{key} is not a date", f"Write `{key}: 2026-11-23`.")
    return None


def _duration(key: str, value: object, faults: _Faults) -> timedelta | None:
    try:
        return parse_duration(value if isinstance(value, str) else f"{value!s:.20}")
    except ValueError as error:
        faults.add(key, f"{key}: {error}", f"Write `{key}: 180d`.")
        return None


def _one_of(kind: type[_E]) -> Callable[[str, object, _Faults], _E | None]:
    def read(key: str, value: object, faults: _Faults) -> _E | None:
        allowed = [item.value for item in kind]
        if isinstance(value, str) and value.strip() in allowed:
            return kind(value.strip())
        shown = f"{value!r:.40}" if isinstance(value, str | int | float) else "it"
        # Not for `audience`: a machine makes nothing public.
        meant = value.strip().lower() if isinstance(value, str) and kind is not Audience else None
        hint = f"Use one of: {', '.join(allowed)}."
        faults.add(key, f"{key} is {shown}", hint, value=meant if meant in allowed else None)
        return None

    return read


_Reader = Callable[[str, Any, _Faults], Any]
_HEADER_KEYS: Mapping[str, _Reader] = {
    "title": _text,
    "summary": _text,
    "tags": _texts,
    "keywords": _texts,
    "audience": _one_of(Audience),
    "status": _one_of(Status),
    "owner": _text,
    "reviewed": _date,
    "review_every": _duration,
    "related": _texts,
    "redirect_from": _texts,
}
_MACRO_KEYS = ("shortcut", "subject", "fields", "actions")


def _fields(value: object, faults: _Faults) -> tuple[Field, ...]:
    if value is None:
        return ()
    if isinstance(value, dict):
        value = [
            {"name": name, **(options if isinstance(options, dict) else {})}
            for name, options in list(value.items())[:_MAX_ITEMS]
        ]
    if not isinstance(value, list):
        faults.add("fields", "fields is not a list", "Write one `- name: ...` for each field.")
        return ()
    fields: dict[str, Field] = {}
    for number, item in enumerate(value[:_MAX_ITEMS]):
        read = _field(f"fields[{number}]", item, faults)
        if read and read.name in fields:
            faults.add(f"fields[{number}]", f"the field {read.name} is declared twice")
        elif read:
            fields[read.name] = read
    return tuple(fields.values())


def _field(key: str, item: object, faults: _Faults) -> Field | None:
    data = {"name": item} if isinstance(item, str) else item
    name = data.get("name") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(name, str):
        faults.add(key, "a field has no name", "Write `- name: order_number`.")
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
    type_ = _one_of(FieldType)(f"{key}.type", data.get("type", "text"), faults) or FieldType.TEXT
    choices = _choices(f"{key}.choices", data.get("choices"), faults)
    if type_ in (FieldType.CHOICE, FieldType.MULTICHOICE) and not choices:
        faults.add(f"{key}.choices", f"the field {name} has no choices", "Write `choices: [a, b]`.")
        type_ = FieldType.TEXT
    return Field(
        name=name,
        label=_field_text(key, "label", data, faults),
        help=_field_text(key, "help", data, faults),
        type=type_,
        choices=choices,
        default=default,
        required=_flag(key, "required", data, faults, default=default is None),
        pattern=_field_text(key, "pattern", data, faults),
        source=_field_text(key, "from", data, faults),
        remember=_flag(key, "remember", data, faults, default=False),
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


def _default(key: str, value: object, faults: _Faults) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_texts(f"{key}.default", value, faults) or ())
    return _text(f"{key}.default", value, faults)


def _field_text(key: str, name: str, data: Mapping[str, Any], faults: _Faults) -> str:
    value = data.get(name)
    return "" if value is None else _text(f"{key}.{name}", value, faults) or ""


def _flag(key: str, name: str, data: Mapping[str, Any], faults: _Faults, *, default: bool) -> bool:
    value = data.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        faults.add(f"{key}.{name}", f"{name} is neither true nor false", f"Write `{name}: true`.")
        return default
    return value


def _choices(key: str, value: object, faults: _Faults) -> tuple[Choice, ...]:
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
    for raw, label in pairs[:_MAX_ITEMS]:
        if isinstance(raw, bool):
            faults.add(key, "a bare yes or no is true or false to YAML", "Quote it.")
            continue
        text, shown = _text(key, raw, faults), _text(key, label, faults)
        if text:
            choices.append(Choice(text.strip(), (shown or text).strip()))
    return tuple(choices)


@lru_cache(maxsize=1000)  # one foreign generator's keys stand in every file of its pages
def _meant(key: str, known: frozenset[str]) -> tuple[str, str]:
    """A hint at the key that may be meant, and the key where it is beyond doubt."""
    if key == _FOREIGN_SUMMARY and "summary" in known:
        return "It is read as the summary: call it so.", "summary"
    near = difflib.get_close_matches(key, known, n=1, cutoff=_NEAR)
    sure = difflib.get_close_matches(key.strip().lower(), known - {"audience"}, n=2, cutoff=_SURE)
    return f"Did you mean {near[0]}?" if near else "", sure[0] if len(sure) == 1 else ""


def _unknown_keys(
    data: Mapping[str, Any], known: frozenset[str], prefix: str, faults: _Faults
) -> None:
    for key in data:
        if key not in known:
            hint, sure = _meant(str(key)[:60], known)
            rename = "" if prefix or sure in data else sure
            message = f"unknown key {str(key)[:60]}"
            faults.found.append(
                Fault(f"{prefix}{key}"[:200], message, hint, Severity.WARNING, rename)
            )
