"""Tickets as help desks and trackers give them -> Zendesk's names, which macros use.

A shape is a row of SHAPES: how it is told from the others, and what it says of the ticket. The
values are as `reply.ticket` leaves them: without nulls and empty texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cannery.errors import UsageError

Json = Mapping[str, Any]

_API_ADDRESS = re.compile(r"(https://[^/\s]{1,200})/api/v2/tickets/(\d{1,20})(?:\.json)?")
_LISTS = ("tickets", "results", "issues", "conversations")
_FRESHDESK_STATUS = {2: "open", 3: "pending", 4: "resolved", 5: "closed"}
_FRESHDESK_PRIORITY = {"1": "low", "2": "medium", "3": "high", "4": "urgent"}


class Shape(NamedTuple):
    """How a system's ticket is recognised, and the facts in it under our names."""

    is_it: Callable[[Json], bool]
    facts: Callable[[Json], dict[str, Any]]


def in_our_shape(data: Any, source: str) -> Any:  # noqa: ANN401 - JSON
    """The ticket in `data`, its own keys kept beside ours. Raises UsageError for several."""
    _refuse_several(data, source)
    if not isinstance(data, dict):
        return data
    if not isinstance(data.get("ticket", data), dict):
        return data["ticket"]
    ticket = next(
        (data[key] for key in ("ticket", "issue") if isinstance(data.get(key), dict)), data
    )
    whole = {**data, **ticket} if ticket is not data else data
    shape = next((shape for shape in SHAPES if shape.is_it(whole)), None)
    facts = shape.facts(whole) if shape else {}
    return {**ticket, **{key: item for key, item in facts.items() if item not in (None, "", {})}}


def _refuse_several(data: Any, source: str) -> None:  # noqa: ANN401 - JSON
    lists = [data] if isinstance(data, list) else []
    if isinstance(data, dict) and "ticket" not in data and "id" not in data:
        lists += [data[key] for key in _LISTS if isinstance(data.get(key), list)]
    for tickets in lists:
        raise UsageError(
            f"{source}: a list of {len(tickets)} tickets, and not one ticket",
            "Give one of them, as GET /tickets/ID.json does, or as jq '.tickets[0]' cuts it out.",
        )


def _map(value: Any) -> Json:  # noqa: ANN401 - JSON
    return value if isinstance(value, dict) else {}


def _named(name: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A person or a group, of what is known of it."""
    known = {"name": name, **more}
    return {key: item for key, item in known.items() if isinstance(item, str) and item}


def _by_id(items: Any, wanted: Any) -> Json:  # noqa: ANN401 - JSON
    """The one of the items that has the id; ids may be numbers or texts."""
    if wanted is None or not isinstance(items, list):
        return {}
    return next((one for one in items if str(_map(one).get("id")) == str(wanted)), {})


def _full_name(person: Json, first: str = "first_name", last: str = "last_name") -> str:
    names = (person.get(first), person.get(last))
    return " ".join(name for name in names if isinstance(name, str))


# --- Zendesk: people and companies are beside the ticket, or nowhere


def _is_zendesk(data: Json) -> bool:
    is_listed = isinstance(data.get("custom_fields"), list) or "via" in data
    return "requester_id" in data and (is_listed or "users" in data)


def _zendesk(data: Json) -> dict[str, Any]:
    users = data.get("users")
    sender = _map(_map(_map(data.get("via")).get("source")).get("from"))
    requester = dict(_by_id(users, data.get("requester_id")))
    if not requester:
        requester = _named(sender.get("name"), email=sender.get("address"))
    requester = {**requester, **_map(data.get("requester"))}
    facts: dict[str, Any] = {
        "requester": requester,
        "organization": _map(data.get("organization"))
        or _by_id(data.get("organizations"), data.get("organization_id")),
        "assignee": _map(data.get("assignee")) or _by_id(users, data.get("assignee_id")),
        "group": _map(data.get("group")) or _by_id(data.get("groups"), data.get("group_id")),
        "custom_fields": _custom_fields(data),
    }
    if match := _API_ADDRESS.fullmatch(str(data.get("url", ""))):
        facts["url"] = f"{match[1]}/hc/requests/{match[2]}"  # what a customer can open
    return facts


def _custom_fields(data: Json) -> dict[str, Any]:
    """The values by id, and by title where `ticket_fields` came along."""
    fields = data.get("custom_fields")
    if not isinstance(fields, list):
        return dict(_map(fields))
    pairs = {str(one["id"]): one["value"] for one in fields if {"id", "value"} <= {*_map(one)}}
    definitions = data.get("ticket_fields")
    titles = {
        one["title"]: pairs[str(one.get("id"))]
        for one in (definitions if isinstance(definitions, list) else [])
        if isinstance(_map(one).get("title"), str) and str(one.get("id")) in pairs
    }
    return {**titles, **pairs}


# --- Zammad: with ?expand=true by name, with ?full=true by id among the assets


def _is_zammad(data: Json) -> bool:
    return "assets" in data or (
        "number" in data and "title" in data and ("customer_id" in data or "customer" in data)
    )


def _zammad(data: Json) -> dict[str, Any]:
    assets = _map(data.get("assets"))
    ticket = {**_map(_map(assets.get("Ticket")).get(str(data.get("id")))), **data}

    def related(kind: str, key: str) -> Any:  # noqa: ANN401 - JSON
        return _map(assets.get(kind)).get(str(ticket.get(f"{key}_id"))) or ticket.get(key)

    return {
        "id": ticket.get("number"),
        "subject": ticket.get("title"),
        "status": _name_of(related("TicketState", "state")),
        "priority": _name_of(related("TicketPriority", "priority")),
        "requester": _zammad_person(related("User", "customer")),
        "assignee": _zammad_person(related("User", "owner")),
        "organization": _named(_name_of(related("Organization", "organization"))),
        "group": _named(_name_of(related("Group", "group"))),
    }


def _name_of(value: Any) -> str:  # noqa: ANN401 - JSON
    name = _map(value).get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""


def _zammad_person(value: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return _named("", email=value) if "@" in value else _named(value)
    person = _map(value)
    names = {"first_name": person.get("firstname"), "last_name": person.get("lastname")}
    return _named(
        _full_name(person, "firstname", "lastname"),
        email=person.get("email"),
        phone=person.get("phone"),
        **names,
    )


# --- Freshdesk, Chatwoot, Front


def _is_freshdesk(data: Json) -> bool:
    marks = {"responder_id", "company_id", "fr_escalated", "product_id", "due_by"}
    return isinstance(data.get("status"), int) and bool(marks & {*data})


def _freshdesk(data: Json) -> dict[str, Any]:
    requester = _map(data.get("requester"))
    return {
        "status": _FRESHDESK_STATUS.get(data["status"], str(data["status"])),
        "priority": _FRESHDESK_PRIORITY.get(str(data.get("priority"))),
        "requester": _named(
            requester.get("name"),
            email=requester.get("email") or data.get("email"),
            phone=requester.get("phone") or requester.get("mobile"),
            locale=requester.get("language"),
        ),
        "organization": _named(_map(data.get("company")).get("name")),
        "description": data.get("description_text"),
    }


def _is_chatwoot(data: Json) -> bool:
    return isinstance(_map(data.get("meta")).get("sender"), dict)


def _chatwoot(data: Json) -> dict[str, Any]:
    meta = _map(data.get("meta"))
    sender, assignee = _map(meta.get("sender")), _map(meta.get("assignee"))
    more = _map(sender.get("additional_attributes"))
    return {
        "id": data.get("display_id") or data.get("id"),
        "subject": _map(data.get("additional_attributes")).get("mail_subject"),
        "requester": _named(
            sender.get("name"), email=sender.get("email"), phone=sender.get("phone_number")
        ),
        "assignee": _named(assignee.get("name"), email=assignee.get("email")),
        "organization": _named(more.get("company_name")),
        "custom_fields": _map(data.get("custom_attributes")),
    }


def _is_front(data: Json) -> bool:
    return "handle" in _map(data.get("recipient")) or str(data.get("id", "")).startswith("cnv_")


def _front(data: Json) -> dict[str, Any]:
    recipient, assignee = _map(data.get("recipient")), _map(data.get("assignee"))
    handle = str(recipient.get("handle", ""))
    numbers = data.get("ticket_ids")
    return {
        "id": numbers[0] if isinstance(numbers, list) and numbers else data.get("id"),
        "requester": _named(
            recipient.get("name"), **({"email" if "@" in handle else "phone": handle})
        ),
        "assignee": _named(_full_name(assignee), email=assignee.get("email")),
    }


# --- issues of GitHub and GitLab


def _is_github(data: Json) -> bool:
    person = _map(data.get("user")) or _map(data.get("author"))
    return "number" in data and "title" in data and "login" in person


def _is_gitlab(data: Json) -> bool:
    return "iid" in data and "title" in data


def _issue(data: Json) -> dict[str, Any]:
    person = _map(data.get("user")) or _map(data.get("author"))
    name = person.get("name") or person.get("login") or person.get("username")
    labels = data.get("labels")
    names = (_name_of(one) for one in (labels if isinstance(labels, list) else []))
    return {
        "id": data.get("iid") or data.get("number"),
        "subject": data.get("title"),
        "status": str(data.get("state", "")).lower(),
        "url": data.get("html_url") or data.get("web_url") or data.get("url"),
        "description": data.get("body") or data.get("description"),
        "requester": _named(name, email=person.get("email")),
        "tags": [label for label in names if label],
    }


SHAPES: tuple[Shape, ...] = (
    Shape(_is_chatwoot, _chatwoot),
    Shape(_is_front, _front),
    Shape(_is_freshdesk, _freshdesk),
    Shape(_is_zendesk, _zendesk),
    Shape(_is_gitlab, _issue),
    Shape(_is_github, _issue),
    Shape(_is_zammad, _zammad),
)
