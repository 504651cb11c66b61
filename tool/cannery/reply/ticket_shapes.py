"""Tickets as help desks and trackers give them -> Zendesk's names, which macros use.

A shape is a row of SHAPES: how it is told from the others, and what it says of the ticket. The
values are as `reply.ticket` leaves them: without nulls and empty texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from cannery.errors import UsageError
from cannery.reply.ticket_discourse import discourse, is_discourse
from cannery.reply.ticket_django_helpdesk import django_helpdesk, is_django_helpdesk
from cannery.reply.ticket_inboxes import (
    gorgias,
    help_scout,
    intercom,
    is_gorgias,
    is_help_scout,
    is_intercom,
)
from cannery.reply.ticket_rt import is_rt, rt
from cannery.reply.ticket_trackers import (
    gitlab_event,
    is_github,
    is_gitlab,
    is_gitlab_event,
    is_jira,
    is_slack,
    issue,
    jira,
    slack,
)
from cannery.reply.ticket_values import full_name, name_of, named
from cannery.util.json_values import Json, as_map, by_id

_API_ADDRESS = re.compile(r"(https://[^/\s]{1,200})/api/v2/tickets/(\d{1,20})(?:\.json)?")
_LISTS = ("tickets", "results", "issues", "conversations", "messages")
_INNER = ("ticket", "issue", "object_attributes", "message")
_FRESHDESK_STATUS = {2: "open", 3: "pending", 4: "resolved", 5: "closed"}
_FRESHDESK_PRIORITY = {"1": "low", "2": "medium", "3": "high", "4": "urgent"}


class Shape(NamedTuple):
    """How a system's ticket is recognised, and the facts in it under our names."""

    is_it: Callable[[Json], bool]
    facts: Callable[[Json], dict[str, Any]]


def in_our_shape(data: Any, source: str) -> Any:  # noqa: ANN401 - JSON
    """The ticket in `data`, its own keys kept beside ours. Raises UsageError for several."""
    data = _one_message(data)
    _refuse_several(data, source)
    if not isinstance(data, dict):
        return data
    if not isinstance(data.get("ticket", data), dict):
        return data["ticket"]
    ticket = next((data[key] for key in _INNER if isinstance(data.get(key), dict)), data)
    whole = {**data, **ticket} if ticket is not data else data
    shape = next((shape for shape in SHAPES if shape.is_it(whole)), None)
    facts = shape.facts(whole) if shape else {}
    return {**ticket, **{key: item for key, item in facts.items() if item not in (None, "", {})}}


def _one_message(data: Any) -> Any:  # noqa: ANN401 - JSON
    """The message in Slack's answer of one."""
    messages = data.get("messages") if isinstance(data, dict) and "id" not in data else None
    return messages[0] if isinstance(messages, list) and len(messages) == 1 else data


def _refuse_several(data: Any, source: str) -> None:  # noqa: ANN401 - JSON
    lists = [data] if isinstance(data, list) else []
    if isinstance(data, dict) and "ticket" not in data and "id" not in data:
        lists += [data[key] for key in _LISTS if isinstance(data.get(key), list)]
    for tickets in lists:
        raise UsageError(
            f"{source}: a list of {_count(len(tickets))} instead of a ticket",
            "Give the ticket itself, from GET /tickets/ID.json or cut out with jq '.tickets[0]'.",
        )


def _count(number: int) -> str:
    return "1 ticket" if number == 1 else f"{number} tickets"


# --- Zendesk: people and companies are beside the ticket, or nowhere


def _is_zendesk(data: Json) -> bool:
    is_listed = isinstance(data.get("custom_fields"), list) or "via" in data
    return "requester_id" in data and (is_listed or "users" in data)


def _zendesk(data: Json) -> dict[str, Any]:
    users = data.get("users")
    sender = as_map(as_map(as_map(data.get("via")).get("source")).get("from"))
    requester = dict(by_id(users, data.get("requester_id")))
    if not requester:
        requester = named(sender.get("name"), email=sender.get("address"))
    requester = {**requester, **as_map(data.get("requester"))}
    facts: dict[str, Any] = {
        "requester": requester,
        "organization": as_map(data.get("organization"))
        or by_id(data.get("organizations"), data.get("organization_id")),
        "assignee": as_map(data.get("assignee")) or by_id(users, data.get("assignee_id")),
        "group": as_map(data.get("group")) or by_id(data.get("groups"), data.get("group_id")),
        "custom_fields": _custom_fields(data),
    }
    if match := _API_ADDRESS.fullmatch(str(data.get("url", ""))):
        facts["url"] = f"{match[1]}/hc/requests/{match[2]}"  # what a customer can open
    return facts


def _custom_fields(data: Json) -> dict[str, Any]:
    """The values by id, and by title where `ticket_fields` came along."""
    fields = data.get("custom_fields")
    if not isinstance(fields, list):
        return dict(as_map(fields))
    pairs = {str(one["id"]): one["value"] for one in fields if {"id", "value"} <= {*as_map(one)}}
    definitions = data.get("ticket_fields")
    titles = {
        one["title"]: pairs[str(one.get("id"))]
        for one in (definitions if isinstance(definitions, list) else [])
        if isinstance(as_map(one).get("title"), str) and str(one.get("id")) in pairs
    }
    return {**titles, **pairs}


# --- Zammad: with ?expand=true by name, with ?full=true by id among the assets


def _is_zammad(data: Json) -> bool:
    return "assets" in data or (
        "number" in data and "title" in data and ("customer_id" in data or "customer" in data)
    )


def _zammad(data: Json) -> dict[str, Any]:
    assets = as_map(data.get("assets"))
    ticket = {**as_map(as_map(assets.get("Ticket")).get(str(data.get("id")))), **data}

    def related(kind: str, key: str) -> Any:  # noqa: ANN401 - JSON
        return as_map(assets.get(kind)).get(str(ticket.get(f"{key}_id"))) or ticket.get(key)

    return {
        "id": ticket.get("number"),
        "subject": ticket.get("title"),
        "status": name_of(related("TicketState", "state")),
        "priority": name_of(related("TicketPriority", "priority")),
        "requester": _zammad_person(related("User", "customer")),
        "assignee": _zammad_person(related("User", "owner")),
        "organization": named(name_of(related("Organization", "organization"))),
        "group": named(name_of(related("Group", "group"))),
    }


def _zammad_person(value: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return named("", email=value) if "@" in value else named(value)
    person = as_map(value)
    names = {"first_name": person.get("firstname"), "last_name": person.get("lastname")}
    return named(
        full_name(person, "firstname", "lastname"),
        email=person.get("email"),
        phone=person.get("phone"),
        locale=as_map(person.get("preferences")).get("locale"),
        **names,
    )


# --- Freshdesk, Chatwoot, Front


def _is_freshdesk(data: Json) -> bool:
    marks = {"responder_id", "company_id", "fr_escalated", "product_id", "due_by"}
    return isinstance(data.get("status"), int) and bool(marks & {*data})


def _freshdesk(data: Json) -> dict[str, Any]:
    requester = as_map(data.get("requester"))
    return {
        "status": _FRESHDESK_STATUS.get(data["status"], str(data["status"])),
        "priority": _FRESHDESK_PRIORITY.get(str(data.get("priority"))),
        "requester": named(
            requester.get("name"),
            email=requester.get("email") or data.get("email"),
            phone=requester.get("phone") or requester.get("mobile"),
            locale=requester.get("language"),
        ),
        "organization": named(as_map(data.get("company")).get("name")),
        "description": data.get("description_text"),
    }


def _is_chatwoot(data: Json) -> bool:
    return isinstance(as_map(data.get("meta")).get("sender"), dict)


def _chatwoot(data: Json) -> dict[str, Any]:
    meta = as_map(data.get("meta"))
    sender, assignee = as_map(meta.get("sender")), as_map(meta.get("assignee"))
    more = as_map(sender.get("additional_attributes"))
    about = as_map(data.get("additional_attributes"))
    return {
        "id": data.get("display_id") or data.get("id"),
        "subject": about.get("mail_subject"),
        "requester": named(
            sender.get("name"),
            email=sender.get("email"),
            phone=sender.get("phone_number"),
            locale=about.get("browser_language"),
        ),
        "assignee": named(assignee.get("name"), email=assignee.get("email")),
        "organization": named(more.get("company_name")),
        "custom_fields": as_map(data.get("custom_attributes")),
    }


def _is_front(data: Json) -> bool:
    return "handle" in as_map(data.get("recipient")) or str(data.get("id", "")).startswith("cnv_")


def _front(data: Json) -> dict[str, Any]:
    recipient, assignee = as_map(data.get("recipient")), as_map(data.get("assignee"))
    handle = str(recipient.get("handle", ""))
    numbers = data.get("ticket_ids")
    return {
        "id": numbers[0] if isinstance(numbers, list) and numbers else data.get("id"),
        "requester": named(
            recipient.get("name"), **({"email" if "@" in handle else "phone": handle})
        ),
        "assignee": named(full_name(assignee), email=assignee.get("email")),
    }


SHAPES: tuple[Shape, ...] = (
    Shape(_is_chatwoot, _chatwoot),
    Shape(_is_front, _front),
    Shape(_is_freshdesk, _freshdesk),
    Shape(_is_zendesk, _zendesk),
    Shape(is_gitlab_event, gitlab_event),
    Shape(is_gitlab, issue),
    Shape(is_github, issue),
    Shape(_is_zammad, _zammad),
    Shape(is_intercom, intercom),
    Shape(is_gorgias, gorgias),
    Shape(is_help_scout, help_scout),
    Shape(is_rt, rt),
    Shape(is_django_helpdesk, django_helpdesk),
    Shape(is_discourse, discourse),
    Shape(is_jira, jira),
    Shape(is_slack, slack),
)
