"""What stands at a path of a ticket's context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cannery.util.seen import stripped


def context_value(path: str, values: Mapping[str, object]) -> str:
    """The text at a path such as `ticket.requester.name`; empty if there is none.

    Of a list the texts with commas. A key may have a dot in it: `ticket.custom_fields.Order no.`
    """
    value: Any = values
    rest = path
    while rest and isinstance(value, Mapping):
        step = rest if rest in value else rest.partition(".")[0]
        value, rest = value.get(step), rest[len(step) + 1 :]
    if rest:
        return ""
    items = value if isinstance(value, list) else [value]
    texts = [stripped(str(item)) for item in items if isinstance(item, str | int | float)]
    return ", ".join(text for text in texts if text)
