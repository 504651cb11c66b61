"""How Zendesk fills in the placeholders of a macro: blank for what is empty, nothing in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from liquid.exceptions import LiquidError

from liquid import Environment, Mode
from tests.desks.zendesk.dynamic import DynamicContent
from tests.desks.zendesk.store import Row, Store

_CODE = re.compile(r"<(code|pre)\b[^>]*>.*?</\1>|`[^`]*`", re.DOTALL)
_DYNAMIC = re.compile(r"\{\{-?\s*(dc\.[\w-]+)\s*-?\}\}")
_LIQUID = Environment(tolerance=Mode.STRICT)  # what has no value is blank all the same
Values = Mapping[str, Any]


def filled(text: str, values: Values, dynamic: DynamicContent, locale_id: int | None) -> str:
    """A text with its dynamic content in a language, and with the values of a ticket."""

    def content(use: re.Match[str]) -> str:
        return dynamic.text(f"{{{{{use[1]}}}}}", locale_id) or ""

    return _rendered(_outside_code(text, lambda part: _DYNAMIC.sub(content, part)), values)


def _rendered(text: str, values: Values) -> str:
    """Code as it stands, and the rest filled in; all as it stands if it is no Liquid."""
    codes: list[str] = []

    def kept(code: re.Match[str]) -> str:
        codes.append(code[0])
        return f"\x00{len(codes) - 1}\x00"

    try:
        told = _LIQUID.from_string(_CODE.sub(kept, text)).render(**values)
    except LiquidError:
        return text
    return re.sub(r"\x00(\d+)\x00", lambda mark: codes[int(mark[1])], told)


def _outside_code(text: str, change: Any) -> str:  # noqa: ANN401 - from a text to a text
    pieces, at = [], 0
    for code in _CODE.finditer(text):
        pieces += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*pieces, change(text[at:])])


def values_of(store: Store, ticket: Row, agent: Row) -> dict[str, Any]:
    """What the placeholders of a macro name: `ticket` and `current_user`."""
    requester = store.table("users").get(ticket["requester_id"], {})
    organization = store.table("organizations").get(ticket["organization_id"] or 0, {})
    told = {
        "id": ticket["id"],
        "title": ticket["subject"],
        "description": ticket["description"],
        "url": f"acme.zendesk.com/agent/tickets/{ticket['id']}",
        "link": f"https://acme.zendesk.com/agent/tickets/{ticket['id']}",
        "status": str(ticket["status"]).capitalize(),
        "priority": str(ticket["priority"] or "").capitalize(),
        "ticket_type": str(ticket["type"] or "").capitalize(),
        "tags": " ".join(ticket["tags"]),
        "requester": _person(requester),
        "organization": {"name": organization.get("name", "")},
        "assignee": _person(store.table("users").get(ticket["assignee_id"] or 0, {})),
        "group": {"name": store.table("groups").get(ticket["group_id"] or 0, {}).get("name", "")},
        "created_at": ticket["created_at"],
    }
    fields = {f"ticket_field_{one['id']}": one["value"] for one in ticket["custom_fields"]}
    return {"ticket": {**told, **fields}, "current_user": _person(agent)}


def _person(row: Row) -> Row:
    first, _, last = str(row.get("name", "")).partition(" ")
    return {
        "id": row.get("id"),
        "name": row.get("name", ""),
        "first_name": first,
        "last_name": last,
        "email": row.get("email", ""),
        "phone": row.get("phone", ""),
        "language": row.get("locale", ""),
        "locale": row.get("locale", ""),
        "custom_fields": row.get("user_fields", {}),
    }


def as_html(value: Any) -> Any:  # noqa: ANN401 - values of any depth
    """The values as they stand in HTML."""
    if isinstance(value, str):
        return escape(value, quote=False).replace("\n", "<br>")
    if isinstance(value, dict):
        return {key: as_html(one) for key, one in value.items()}
    return value
