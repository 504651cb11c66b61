"""django-helpdesk's tickets: what one says, and what puts an answer into it.

Its API has neither knowledge base items nor preset replies, names no users and no queues, and keeps
no mark with a message. An answer goes out as plain text: pages read it as Markdown, mails have it
as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.ticket_actions import TicketActions, lost, read_actions
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.model.loss import Loss
from cannery.util.json_values import Json, as_map, maps_in, text_of

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_PATH = re.compile(r"/tickets/([1-9][0-9]{0,17})/(?:[\w/]{0,100})(?:[?#]|\Z)", re.ASCII)
# A message is a template to it. `{{ ticket.x }}` would be filled in, `{# x #}` would vanish, and a
# tag that nothing closes is an error of the server.
_FILLED = re.compile(r"\{(?=[{%#])|(?<=%)\}")
_ACTIONS = frozenset({"status", "priority", "assignee", "group", "custom_fields"})
_OPEN, _REOPENED = 1, 2
_STATUSES = {"solved": 3, "resolved": 3, "closed": 4, "duplicate": 5}
_ON_HOLD = frozenset({"pending", "hold"})
_PRIORITIES = {"urgent": 1, "critical": 1, "high": 2, "normal": 3, "low": 4}
_NAMES = {"assignee": "assigned_to", "group": "queue"}


class DjangoHelpdeskTickets:
    """The tickets of one installation."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._address = opening.client, opening.settings.address

    def fetch(self, ticket: str) -> object:
        return self._read(ticket)

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        now = self._read(ticket)
        actions = read_actions(answer.actions, _ACTIONS, "django-helpdesk")
        change = _Change(now)
        status, fields = change.status(actions.status), change.fields(actions)
        if answer.subject:
            change.lose("subject", answer.subject, "it would be the ticket's new title")
        body: dict[str, object] = {
            "ticket": int(ticket),
            "comment": _FILLED.sub(_shown, answer.text.strip("\n")),
            "public": answer.how == "reply",
            **({"new_status": status} if status else {}),
        }
        calls = (Call("PATCH", _path(ticket), fields),) if fields else ()
        return Delivery(
            ticket,
            f"{self._address}/tickets/{ticket}/",
            max((message.time for message in _messages(now)), default=""),
            Call("POST", "/api/followups/", body),
            calls,
            (*actions.losses, *change.losses),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        yield from sorted(_messages(self._read(ticket)), key=_time, reverse=True)

    def number_in(self, address: str) -> str:
        own = self._address
        found = _PATH.match(address[len(own) :]) if address.startswith(f"{own}/") else None
        return found[1] if found else ""

    def _read(self, ticket: str) -> Json:
        return as_map(self._client.ask("GET", _path(ticket)).content)


class _Change:
    """What is to be set in a ticket that says this now."""

    def __init__(self, ticket: Json) -> None:
        self._ticket = ticket
        self.losses: list[Loss] = []

    def status(self, name: str) -> int:
        """The number of a new status, which goes along with the message; 0 for none."""
        if not name or name in _ON_HOLD:
            return 0
        if name == "open":
            return 0 if self._ticket.get("status") in (_OPEN, _REOPENED) else _REOPENED
        return self._number("status", name, _STATUSES)

    def fields(self, actions: TicketActions) -> Mapping[str, object]:
        fields: dict[str, object] = {"on_hold": True} if actions.status in _ON_HOLD else {}
        if actions.priority and (number := self._number("priority", actions.priority, _PRIORITIES)):
            fields["priority"] = number
        for name, key in _NAMES.items():
            value = getattr(actions, name)
            if value and (number := self._number(name, value, {})):
                fields[key] = number
        for name, value in actions.custom_fields.items():
            if f"custom_{name}" in self._ticket:
                fields[f"custom_{name}"] = value
            else:
                self.lose(name, value, "tickets have no such custom field there")
        return fields

    def _number(self, name: str, value: str, known: Mapping[str, int]) -> int:
        if _NUMBER.fullmatch(value):
            return int(value)
        if number := known.get(value.lower()):
            return number
        why = f"known are {', '.join(known)}" if known else "its API tells numbers only"
        self.lose(name, value, why)
        return 0

    def lose(self, name: str, value: object, why: str) -> None:
        self.losses.append(lost(name, value, why))


def _path(ticket: str) -> str:
    if not _NUMBER.fullmatch(ticket):
        raise UsageError(f"{ticket:.40} is not a ticket's number", "Give its number: 123.")
    return f"/api/tickets/{ticket}/"


def _messages(ticket: Json) -> list[Message]:
    return [
        Message("reply" if one.get("public") else "note", text_of(one.get("comment")), _utc(one))
        for one in maps_in(ticket.get("followup_set"))
    ]


def _time(message: Message) -> str:
    return message.time


def _utc(followup: Json) -> str:
    """When it was written, in a form that can be compared; empty for no time."""
    try:
        at = datetime.fromisoformat(text_of(followup.get("date")))
    except ValueError:
        return ""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _shown(sign: re.Match[str]) -> str:
    """A template that shows the sign."""
    return f'{{{{ "{sign[0]}" }}}}'
