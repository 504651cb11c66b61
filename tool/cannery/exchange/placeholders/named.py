"""What a desk's name is here: a name of ours, a field to be asked for, or nothing, and why."""

from __future__ import annotations

import re
from typing import NamedTuple

from cannery.content.desk_names import desk_names, field_name, known_name

_INDEX = re.compile(r"\[[^\]]{0,120}\]")
_BRACKETED = re.compile(r"\[[\"']([^\]\"']{1,100})[\"']\]")
_PLAIN = re.compile(r"[\w-]{1,100}")
_OWN = ("custom_attributes", "custom_attribute", "custom_fields", "custom", "ticket_fields")
_CONTAINERS = ("ticket", "conversation")


class Name(NamedTuple):
    """What takes a desk's name's place.

    `ours` is an expression of Liquid. Where it is empty, the value is asked for by the field
    `field`, which the context has at `source`; without one it is left out, for the reason `why`.
    A `why` beside another says what is not the same.
    """

    ours: str = ""
    field: str = ""
    label: str = ""
    help: str = ""
    source: str = ""
    type: str = ""
    why: str = ""


SIGNATURE = "the agent's own signature, which a help desk or a mail program adds"
SURVEY = "a survey, which only the help desk can send"


def known(desk: str, kind: str, path: str) -> str:
    """What we call a desk's name; empty for one that the desk's row and ours don't have."""
    own = desk_names(desk).get(path.lower())
    other = None if own else known_name(path, kind)
    same = other is not None and other.name == path.lower()
    return own or (path.lower() if same else "")


def asked(path: str, desk: str) -> Name:
    """The field that a desk's own name becomes: `order.custom_fields.size` asks for a size."""
    parts = _INDEX.sub("", _BRACKETED.sub(r".\1", path)).split(".")
    own = next((parts.index(word) for word in _OWN if word in parts), -1)
    key = ".".join(parts[own + 1 :]) if own >= 0 else ""
    is_ours = own == 1 and parts[0] in _CONTAINERS and _PLAIN.fullmatch(key) is not None
    field = field_name(key or _telling(parts))
    label = (field.replace("_", " ") if field else path[:60]).strip()
    source = f"ticket.custom_fields.{key}" if is_ours else ""
    told, kind = f"{desk}: {path[:80]}", "multiline" if "comment" in field else ""
    return Name("", field or "value", label[:1].upper() + label[1:], told, source, kind)


def _telling(parts: list[str]) -> str:
    """The last words of a path that say what it is."""
    parts = parts[1:] if len(parts) > 1 and parts[0] in _CONTAINERS else parts
    return parts[-1] if "_" in parts[-1] else ".".join(parts[-2:])
