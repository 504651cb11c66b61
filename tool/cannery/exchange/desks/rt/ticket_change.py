"""Actions of ours -> what is set in a ticket of Request Tracker.

RT answers with "OK" to what it does not do, in words of the user's language: what can be known
before is looked at before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from cannery.exchange.desks.rt.api import API, first, found_or_none
from cannery.exchange.desks.ticket_actions import ME, TicketActions, lost
from cannery.model.desk import Call
from cannery.model.loss import Loss
from cannery.rest.client import Client
from cannery.util.json_values import Json, as_map, maps_in

ACTIONS = frozenset({"status", "priority", "assignee", "group", "custom_fields"})
NOBODY = "Nobody"
# Ours are Zendesk's words; RT's own are taken, too.
_STATUSES = {"pending": "stalled", "hold": "stalled", "solved": "resolved", "closed": "resolved"}
_PRIORITIES = {"low": "0", "normal": "50", "medium": "50", "high": "100", "urgent": "100"}
_USUAL = frozenset({"new", "open", "stalled", "resolved", "rejected"})  # of the lifecycle `default`


class Change(NamedTuple):
    """The requests, each of which may be sent again, and the actions that can't be done here."""

    calls: tuple[Call, ...]
    losses: tuple[Loss, ...]


def change_of(client: Client, path: str, ticket: Json, actions: TicketActions) -> Change:
    """What changes a ticket, at `path`, as it is now."""
    writer = _Writer(client, ticket)
    fields: dict[str, object] = {
        **writer.status(actions.status),
        **writer.priority(actions.priority),
        **writer.queue(actions.group),
        **writer.owner(actions.assignee),
        **writer.custom_fields(actions.custom_fields),
    }
    calls = [Call("PUT", path, fields)] if fields else []
    if actions.assignee == ME:
        is_free = as_map(ticket.get("Owner")).get("id") == NOBODY
        calls.insert(0, Call("PUT", f"{path}/{'take' if is_free else 'steal'}", {}))
    return Change(tuple(calls), tuple(writer.losses))


class _Writer:
    def __init__(self, client: Client, ticket: Json) -> None:
        self._client, self._ticket = client, ticket
        self.losses: list[Loss] = []

    def status(self, name: str) -> Mapping[str, object]:
        """A status of the ticket's lifecycle: where it has one of its own, its pages lead to it."""
        if not name:
            return {}
        following = {str(to) for to in self._following()}
        known = following if following - _USUAL - {"deleted"} else following | _USUAL
        wanted = name.lower()
        for status in (wanted, _STATUSES.get(wanted, wanted)):
            if status in known or status == self._ticket.get("Status"):
                return {"Status": status}
        return self._lose("status", name, f"it can become {', '.join(sorted(known)) or 'nothing'}")

    def _following(self) -> Iterator[object]:
        for link in maps_in(self._ticket.get("_hyperlinks")):
            if link.get("ref") == "lifecycle":
                yield link.get("to")

    def priority(self, name: str) -> Mapping[str, object]:
        """A number, or a word: RT takes a word that it does not know for the lowest."""
        if not name:
            return {}
        number = name if name.isascii() and name.isdigit() else _PRIORITIES.get(name.lower())
        if number is None:
            return self._lose("priority", name, f"known are {', '.join(_PRIORITIES)}")
        return {"Priority": number}

    def queue(self, name: str) -> Mapping[str, object]:
        if not name:
            return {}
        found = found_or_none(self._client, f"{API}/queue/{quote(name, safe='')}")
        if found.get("Name") != name:
            return self._lose("group", name, "no queue of that name that you may see")
        return {"Queue": name}

    def owner(self, name: str) -> Mapping[str, object]:
        """A user by name, by email address or by the name that people say."""
        if not name or name == ME:
            return {}
        for field in ("EmailAddress",) if "@" in name else ("Name", "RealName"):
            wanted = [{"field": field, "value": name}]
            items = first(self._client, f"{API}/users", wanted, {"fields": "Name"})
            if len(items) == 1:
                return {"Owner": str(items[0].get("Name") or items[0].get("id"))}
        return self._lose("assignee", name, "not one user of that name that you may see")

    def custom_fields(self, values: Mapping[str, str | bool]) -> Mapping[str, object]:
        known = {one.get("name") for one in maps_in(self._ticket.get("CustomFields"))}
        for name in [name for name in values if name not in known]:
            self._lose(name, values[name], "its queue has no such custom field")
        fields = {
            name: value if isinstance(value, str) else "yes" if value else "no"
            for name, value in values.items()
            if name in known
        }
        return {"CustomFields": fields} if fields else {}

    def _lose(self, name: str, value: object, why: str) -> Mapping[str, object]:
        self.losses.append(lost(name, value, why))
        return {}
