"""Actions of ours -> the keys of an update of Zendesk's tickets."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.errors import NotFoundError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.ticket_actions import ME, MY_GROUP, TicketActions, lost
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import Json, answered, number, one
from cannery.model.loss import Loss

_TAGS = frozenset({"set_tags", "add_tags", "remove_tags"})
ACTIONS = _TAGS | {"status", "priority", "type", "assignee", "group", "custom_fields"}
_STATUSES = ("new", "open", "pending", "hold", "solved")
_PRIORITIES = ("low", "normal", "high", "urgent")
_TYPES = ("problem", "incident", "question", "task")


class TicketUpdate:
    """Asks an account for the numbers of what actions name. `losses` are what it has not."""

    def __init__(self, opening: Opening) -> None:
        self._client = opening.client
        self._numbers = Numbers(opening.client, opening.numbers)
        self.losses: list[Loss] = []

    def fields(self, ticket: Json, actions: TicketActions) -> Mapping[str, object]:
        """What is to be changed of a ticket as it is now."""
        fields: dict[str, object] = {
            **self._one_of("priority", actions.priority, _PRIORITIES),
            **self._one_of("type", actions.type, _TYPES),
            **self._status(actions.status),
            **self._group(actions.group),
            **self._assignee(actions.assignee),
            **self._custom_fields(actions.custom_fields),
        }
        if actions.has_tags:
            tags = ticket.get("tags")
            present = tuple(map(str, tags)) if isinstance(tags, list) else ()
            fields["tags"] = [*actions.tags(present)]
        return fields

    def _one_of(self, key: str, value: str, known: tuple[str, ...]) -> dict[str, object]:
        if value and value.lower() not in known:
            self._lose(key, value, f"Zendesk knows {', '.join(known)}")
            return {}
        return {key: value.lower()} if value else {}

    def _status(self, name: str) -> dict[str, object]:
        """A status of every account, or one of this account's own by its name for agents."""
        if not name or name.lower() in _STATUSES:
            return {"status": name.lower()} if name else {}
        return self._numbered("status", name, "custom_status_id", "custom_statuses")

    def _group(self, name: str) -> dict[str, object]:
        if name != MY_GROUP:
            return self._numbered("group", name, "group_id", "groups") if name else {}
        if own := number(self._me(), "default_group_id"):
            return {"group_id": int(own)}
        self._lose("group", name, "you are in no group")
        return {}

    def _assignee(self, name: str) -> dict[str, object]:
        """An agent by number or mail address; whoever answers for `current_user`."""
        if name == ME:
            return {"assignee_id": int(number(self._me()))}
        return self._numbered("assignee", name, "assignee_id", "users") if name else {}

    def _custom_fields(self, values: Mapping[str, str | bool]) -> dict[str, object]:
        """Fields by their number or title."""
        found = {name: self._number("custom_fields", "ticket_fields", name) for name in values}
        sent = [{"id": id_, "value": values[name]} for name, id_ in found.items() if id_]
        return {"custom_fields": sent} if sent else {}

    def _me(self) -> Json:
        return one(answered(self._client, "GET", "/api/v2/users/me"), "user")

    def _numbered(self, action: str, name: str, key: str, what: str) -> dict[str, object]:
        found = self._number(action, what, name)
        return {key: found} if found else {}

    def _number(self, action: str, what: str, name: str) -> int:
        """The number of what has a name; 0 where the account has none, which is told."""
        try:
            return int(self._numbers.number(what, name))
        except (NotFoundError, ValueError):
            self._lose(action, name, "Zendesk has none of that name")
            return 0

    def _lose(self, action: str, value: str, why: str) -> None:
        self.losses.append(lost(action, value, why))
