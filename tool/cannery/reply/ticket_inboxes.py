"""Conversations of shared inboxes: Intercom, Gorgias and Help Scout, as their APIs give them."""

from __future__ import annotations

from typing import Any

from cannery.reply.ticket_values import full_name, named
from cannery.util.json_values import Json, as_list, as_map


def is_intercom(data: Json) -> bool:
    return data.get("type") in ("conversation", "ticket") and (
        "source" in data or "contacts" in data
    )


def intercom(data: Json) -> dict[str, Any]:
    """Who wrote first asks, unless that was the team."""
    source, more = as_map(data.get("source")), as_map(data.get("ticket_attributes"))
    author = as_map(source.get("author"))
    is_customer = author.get("type") in ("user", "lead", "contact")
    person = author if is_customer else as_map(next(iter(_contacts(data)), {}))
    return {
        "id": data.get("ticket_id") or data.get("id"),
        "subject": data.get("title") or source.get("subject") or more.get("_default_title_"),
        "status": data.get("state"),
        "requester": named(person.get("name"), email=person.get("email")),
        "custom_fields": as_map(data.get("custom_attributes")) or more,
    }


def _contacts(data: Json) -> list[Any]:
    return as_list(as_map(data.get("contacts")).get("contacts"))


def is_gorgias(data: Json) -> bool:
    return "firstname" in as_map(data.get("customer")) and "number" not in data


def gorgias(data: Json) -> dict[str, Any]:
    customer = as_map(data.get("customer"))
    names = {"first_name": customer.get("firstname"), "last_name": customer.get("lastname")}
    name = customer.get("name") or full_name(customer, "firstname", "lastname")
    return {"requester": named(name, email=customer.get("email"), **names)}


def is_help_scout(data: Json) -> bool:
    return "primaryCustomer" in data


def help_scout(data: Json) -> dict[str, Any]:
    customer = as_map(data.get("primaryCustomer"))
    fields = [as_map(field) for field in as_list(data.get("customFields"))]
    return {
        "id": data.get("number"),
        "requester": named(
            full_name(customer, "first", "last"),
            email=customer.get("email"),
            first_name=customer.get("first"),
            last_name=customer.get("last"),
        ),
        "custom_fields": {
            str(field[key]): field.get("text") or field.get("value")
            for field in fields
            for key in ("name", "id")
            if isinstance(field.get(key), str | int)
        },
    }
