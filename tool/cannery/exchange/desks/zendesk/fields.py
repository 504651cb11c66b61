"""Zendesk's own ticket fields in placeholders: numbers there, names here."""

from __future__ import annotations

import re

from cannery.content.desk_names import field_name
from cannery.errors import NotFoundError
from cannery.exchange.desks.template.names import There, there_by
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.named import Name
from cannery.exchange.placeholders.zendesk import DIALECT

_NUMBERED = re.compile(r"ticket\.ticket_field_([0-9]{1,20})")
_OURS = re.compile(
    r"ticket\.custom_fields(?:\.([^\"'\[\]]{1,120})|\[[\"']([^\"'\]]{1,120})[\"']\])"
)
_LIST = "ticket_fields"


def dialect_with(numbers: Numbers) -> Dialect:
    """Zendesk's placeholders, with fields of the ticket by the names that they have there."""

    def name(path: str) -> Name | None:
        found = _NUMBERED.fullmatch(path)
        title = numbers.name(_LIST, found[1]) if found else ""
        if found is None or title == found[1]:
            return DIALECT.name(path)
        field = field_name(title) or f"field_{found[1]}"
        return Name("", field, title, "", f"ticket.custom_fields.{title}")

    return DIALECT._replace(name=name)


def there_with(numbers: Numbers) -> There:
    """What Zendesk calls a name of ours; empty for what it has not."""
    plain = there_by(DIALECT)

    def there(ours: str) -> str:
        found = _OURS.fullmatch(ours)
        if found is None:
            return plain(ours)
        try:
            return f"ticket.ticket_field_{numbers.number(_LIST, found[1] or found[2])}"
        except NotFoundError:
            return ""

    return there
