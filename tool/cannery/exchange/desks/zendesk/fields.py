"""Zendesk's own placeholders here: its fields by their titles, all others by what it calls them.

A field of a macro says with `from` where its value stands: `ticket.custom_fields.Order`, which
tickets have, or `zendesk.ticket.latest_comment`, which Zendesk alone fills in. So what comes from
there goes back as it was.
"""

from __future__ import annotations

import re

from cannery.content.desk_names import field_name
from cannery.errors import NotFoundError
from cannery.exchange.desks.template.names import There, there_by
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.named import Name, asked, known
from cannery.exchange.placeholders.zendesk import DIALECT

_NUMBERED = re.compile(r"ticket\.ticket_field_(option_title_)?([0-9]{1,20})")
_OURS = re.compile(
    r"ticket\.custom_fields(?:\.([^\"'\[\]]{1,120})|\[[\"']([^\"'\]]{1,120})[\"']\])"
)
_THEIRS = re.compile(
    r"(?:account|current_user|dc|organization|satisfaction|ticket)(?:\.[\w-]{1,100}){1,6}"
)
# What can't be shown as it is; a loop over it is asked for.
_LISTS = frozenset({"ticket.attachments", "ticket.comments", "ticket.public_comments"})
_OWN, _OPTION = "zendesk.", "zendesk.ticket.ticket_field_option_title."
_LIST = "ticket_fields"


def dialect_with(numbers: Numbers) -> Dialect:
    """Zendesk's placeholders, which come back from here as they were."""

    def name(path: str) -> Name | None:
        if found := _NUMBERED.fullmatch(path):
            return _numbered(numbers, found[2], is_option=bool(found[1]))
        special = DIALECT.name(path)
        if special is None and known(DIALECT.desk, DIALECT.kind, path):
            return None
        new = special or asked(path, DIALECT.desk)
        is_theirs = bool(new.field) and _THEIRS.fullmatch(path) and path not in _LISTS
        return new._replace(source=f"{_OWN}{path}") if is_theirs else special

    return DIALECT._replace(name=name)


def _numbered(numbers: Numbers, number: str, *, is_option: bool) -> Name:
    """A field of the ticket, or how its choice is shown, by the field's title."""
    title = numbers.name(_LIST, number)
    field = field_name(title) or f"field_{number}"
    if is_option:
        return Name("", f"{field}_title", title, "", f"{_OPTION}{title}")
    return Name("", field, title, "", f"ticket.custom_fields.{title}")


def there_with(numbers: Numbers) -> There:
    """What Zendesk calls a name of ours; empty for what it has not."""
    plain = there_by(DIALECT)

    def there(ours: str) -> str:
        if ours.startswith(_OPTION):
            number = _number(numbers, ours.removeprefix(_OPTION))
            return f"ticket.ticket_field_option_title_{number}" if number else ""
        if ours.startswith(_OWN):
            path = ours.removeprefix(_OWN)
            return path if _THEIRS.fullmatch(path) else ""
        if found := _OURS.fullmatch(ours):
            number = _number(numbers, found[1] or found[2])
            return f"ticket.ticket_field_{number}" if number else ""
        return plain(ours)

    return there


def _number(numbers: Numbers, title: str) -> str:
    try:
        return numbers.number(_LIST, title)
    except NotFoundError:
        return ""
