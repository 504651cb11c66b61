"""A ticket as macros see it: Zendesk's shape, without the values that say nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cannery.content.placement import Url
from cannery.errors import UsageError
from cannery.reply.ticketpage import read_page

_MAX_CHARS = 2_000_000
_SAYS_NOTHING = {"", "-", "--", "—"}
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def read_ticket(text: str, source: str) -> dict[str, object]:
    """The ticket in a JSON text, bare or as `{"ticket": {...}}`, or in the text of its page.

    Raises UsageError where there is none in it.
    """
    if len(text) > _MAX_CHARS:
        raise UsageError(f"{source}: more than {_MAX_CHARS:,} characters", "Is this a ticket?")
    text = text.removeprefix("\ufeff").strip()
    if not text.startswith(("{", "[")):
        if not (page := read_page(text)):
            raise UsageError(f"{source}: no ticket in it", _SHAPE)
        return complete(_saying(page))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source}: not JSON: {error}", _SHAPE) from error
    ticket = data.get("ticket", data) if isinstance(data, dict) else data
    if not isinstance(ticket, dict):
        raise UsageError(f"{source}: not a ticket but a {type(ticket).__name__}", _SHAPE)
    try:
        return complete(_saying(ticket))
    except RecursionError as error:
        raise UsageError(f"{source}: nested too deep", _SHAPE) from error


_SHAPE = (
    'Expected is JSON such as {"id": 42, "requester": {"name": "Kim Lee"}}, '
    "or the text of its page with lines such as Requester: Kim Lee."
)


def _saying(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The value without empty texts, nulls and dashes: a help desk writes them for `unknown`."""
    if isinstance(value, dict):
        kept = {key: _saying(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None}
    if isinstance(value, list):
        return [item for item in map(_saying, value) if item is not None]
    if isinstance(value, str):
        stripped = value.strip()
        return None if stripped in _SAYS_NOTHING else stripped
    return value


def complete(ticket: Mapping[str, Any]) -> dict[str, object]:
    """The ticket with the requester's first and last name, and its address as one."""
    done: dict[str, object] = dict(ticket)
    if isinstance(url := ticket.get("url"), str):
        done["url"] = Url(url)
    requester = ticket.get("requester")
    if isinstance(requester, dict) and isinstance(name := requester.get("name"), str):
        done["requester"] = {**_names(name), **requester}
    return done


def _names(name: str) -> dict[str, str]:
    """First and last name: a Japanese name begins with the family's."""
    words = name.split()
    if _JAPANESE.search(name):
        names = {"last_name": words[0]}
        return {**names, "first_name": words[-1]} if len(words) > 1 else names
    names = {"first_name": words[0]} if words else {}
    return {**names, "last_name": words[-1]} if len(words) > 1 else names
