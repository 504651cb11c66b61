"""A ticket of Request Tracker, as its REST2 gives it, with the people in it or their names only."""

from __future__ import annotations

from typing import Any

from cannery.reply.ticket_values import named
from cannery.util.json_values import Json, as_list, as_map

_API = "/REST/2.0/"
_NOBODY = "Nobody"  # who owns a ticket that none has taken


def is_rt(data: Json) -> bool:
    return "EffectiveId" in data and "Requestor" in data


def rt(data: Json) -> dict[str, Any]:
    people = as_list(data.get("Requestor"))
    requester = as_map(people[0]) if people else {}
    owner = as_map(data.get("Owner"))
    queue = as_map(data.get("Queue"))
    return {
        "id": data.get("id"),
        "subject": data.get("Subject"),
        "status": data.get("Status"),
        "priority": data.get("Priority"),
        "url": _for_customers(data),
        "created_at": data.get("Created"),
        "updated_at": data.get("LastUpdated"),
        "requester": _person(requester),
        "organization": named(requester.get("Organization")),
        "assignee": {} if _NOBODY in (owner.get("id"), owner.get("Name")) else _person(owner),
        "group": named(queue.get("Name")),
        "custom_fields": _custom_fields(data),
    }


def _person(user: Json) -> dict[str, Any]:
    """A user; of one that was not looked up, the name is known, which may be an email address."""
    login = str(user.get("Name") or user.get("id") or "")
    phones = (user.get(f"{kind}Phone") for kind in ("Work", "Mobile", "Home"))
    email = user.get("EmailAddress") or (login if "@" in login else "")
    name = user.get("RealName") or ("" if login == email else login)
    known = {"email": email, "locale": user.get("Lang"), "phone": next(filter(None, phones), "")}
    return {key: item for key, item in named(name, **known).items() if item}


def _for_customers(data: Json) -> str:
    """The page that a requester can open."""
    own = str(as_map(data.get("EffectiveId")).get("_url", ""))
    base, found, _ = own.partition(_API)
    return f"{base}/SelfService/Display.html?id={data.get('id')}" if found else ""


def _custom_fields(data: Json) -> dict[str, Any]:
    """The values by the field's name: a text, or a list where there are several."""
    fields: dict[str, Any] = {}
    for one in map(as_map, as_list(data.get("CustomFields"))):
        values = [value for value in as_list(one.get("values")) if isinstance(value, str)]
        if isinstance(name := one.get("name"), str) and values:
            fields[name] = values[0] if len(values) == 1 else values
    return fields
