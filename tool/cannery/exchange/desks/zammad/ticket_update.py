"""Actions of ours -> what changes one of Zammad's tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.texts.values import statuses
from cannery.exchange.desks.ticket_actions import ME, Losses, TicketActions, read_actions
from cannery.exchange.desks.zammad.actions import DAYS, PRIORITIES, STATES
from cannery.model.desk import Call
from cannery.util.json_values import Json, as_list, as_map, maps_in, text_of

_TAGS = frozenset({"set_tags", "add_tags", "remove_tags"})
_ACTIONS = _TAGS | {"status", "priority", "assignee", "group", "custom_fields"}


class TicketUpdate:
    """Asks an installation for what actions name. `losses` are what it has not."""

    def __init__(self, opening: Opening, actions: Mapping[str, object]) -> None:
        self._client, self._options = opening.client, opening.settings.options
        self._actions = read_actions(actions, _ACTIONS, "Zammad")
        self.losses = Losses(self._actions, "Zammad")

    def calls(self, id_: str, ticket: Json) -> Iterator[Call]:
        """What changes a ticket as it is now; each can be sent again."""
        actions = self._actions
        fields = {
            **self._status(actions),
            **self._named("priority", PRIORITIES, actions.priority, "ticket_priorities"),
            **self._named("group", {}, actions.group, "groups"),
            **self._assignee(actions.assignee),
            **self._own(actions.custom_fields, ticket),
        }
        if fields:
            yield Call("PUT", f"/api/v1/tickets/{id_}", fields)
        if actions.has_tags:
            yield from self._tags(id_)

    def _status(self, actions: TicketActions) -> dict[str, object]:
        """A state by its name; one that waits says until when."""
        words = statuses(self._options, STATES)
        fields = self._named("state", words, actions.status, "ticket_states", "status")
        days = self._options.get("pending_days", DAYS)
        if str(fields.get("state", "")).startswith("pending") and days.isdecimal():
            until = datetime.now(UTC) + timedelta(days=int(days))
            fields["pending_time"] = until.isoformat(timespec="seconds")
        return fields

    def _named(
        self, key: str, words: Mapping[str, str], name: str, path: str, action: str = ""
    ) -> dict[str, object]:
        """A key of the ticket that takes a name of a list of the desk's."""
        if not name:
            return {}
        there = words.get(name, name)
        listed = self._client.ask("GET", f"/api/v1/{path}").content
        if there not in {text_of(one.get("name")) for one in maps_in(listed)}:
            self.losses.add(action or key, name)
            return {}
        return {key: there}

    def _assignee(self, name: str) -> dict[str, object]:
        """An agent by mail address; whoever answers for `current_user`."""
        if not name:
            return {}
        if name == ME:
            me = as_map(self._client.ask("GET", "/api/v1/users/me").content)
            return {"owner_id": me.get("id")}
        query: dict[str, str | int] = {"query": name, "limit": 20}
        found = self._client.ask("GET", "/api/v1/users/search", query=query).content
        for one in maps_in(found):
            if text_of(one.get("email")).lower() == name.lower():
                return {"owner_id": one.get("id")}
        self.losses.add("assignee", name)
        return {}

    def _own(self, values: Mapping[str, str | bool], ticket: Json) -> dict[str, object]:
        """Attributes that the installation has added to its tickets."""
        for name in values.keys() - ticket.keys():
            self.losses.add("custom_fields", name)
        return {name: values[name] for name in values if name in ticket}

    def _tags(self, id_: str) -> Iterator[Call]:
        about = {"object": "Ticket", "o_id": int(id_)}
        told = self._client.ask("GET", "/api/v1/tags", query={"object": "Ticket", "o_id": id_})
        present = tuple(map(str, as_list(as_map(told.content).get("tags"))))
        wanted = self._actions.tags(present)
        for tag in wanted:
            if tag not in present:
                yield Call("POST", "/api/v1/tags/add", {**about, "item": tag})
        for tag in present:
            if tag not in wanted:
                yield Call("DELETE", "/api/v1/tags/remove", {**about, "item": tag})
