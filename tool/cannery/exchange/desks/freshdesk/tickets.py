"""Freshdesk's tickets: what one says, and what puts an answer into it.

Drafts are the agents' browsers': the API has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.texts.values import statuses
from cannery.exchange.desks.ticket_actions import ME, Losses, TicketActions, read_actions
from cannery.exchange.desks.unfilled import unfilled_html
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.rest.client import RestError
from cannery.util.json_values import Json, as_list, as_map, maps_in, text_of

_PAGE = re.compile(r"/(?:a|helpdesk|support)/tickets/(\d{1,20})\b", re.ASCII)
_TAGS = frozenset({"set_tags", "add_tags", "remove_tags"})
_ACTIONS = _TAGS | {"status", "priority", "type", "assignee", "group", "custom_fields"}
_STATUS = {"open": "2", "pending": "3", "resolved": "4", "solved": "4", "closed": "5"}
_PRIORITY = {"low": "1", "normal": "2", "medium": "2", "high": "3", "urgent": "4"}
_SIZE, _MOST_PAGES = 100, 10
_UNSEEN = frozenset((403, 404, 405))  # a requester who is no contact, or not to be seen


class FreshdeskTickets:
    """The tickets of one account."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._address = opening.client, opening.settings.address
        own = statuses(opening.settings.options, _STATUS)  # status_waiting = "7"
        self._statuses = {name: number for name, number in own.items() if number.isdecimal()}

    def fetch(self, ticket: str) -> object:
        query = {"include": "requester,company"}
        whole = as_map(self._client.ask("GET", _path(ticket), query=query).content)
        requester = {**self._contact(whole), **as_map(whole.get("requester"))}
        return {**whole, **({"requester": requester} if requester else {})}

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        now = as_map(self._client.ask("GET", _path(ticket)).content)
        actions = read_actions(answer.actions, _ACTIONS, "Freshdesk")
        losses = Losses(actions, "Freshdesk")
        if answer.subject:
            losses.add("subject", answer.subject, "a reply has that of the ticket")
        fields = self._fields(now, actions, losses)
        body: dict[str, object] = {"body": unfilled_html(answer.html)}
        message = (
            Call("POST", f"{_path(ticket)}/notes", {**body, "private": True})
            if answer.how == "note"
            else Call("POST", f"{_path(ticket)}/reply", body)
        )
        return Delivery(
            ticket,
            f"{self._address}/a/tickets/{ticket}",
            text_of(now.get("updated_at")),
            message,
            (Call("PUT", _path(ticket), fields),) if fields else (),
            tuple(losses.all),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        found: list[Json] = []
        for number in range(1, _MOST_PAGES + 1):
            query = {"page": number, "per_page": _SIZE}
            page = self._client.ask("GET", f"{_path(ticket)}/conversations", query=query).content
            found += maps_in(page)
            if len(maps_in(page)) < _SIZE:
                break
        for one in reversed(found):
            if not one.get("incoming"):
                how = "note" if one.get("private") else "reply"
                yield Message(how, text_of(one.get("body")), text_of(one.get("created_at")))

    def number_in(self, address: str) -> str:
        own = self._address
        found = _PAGE.match(address[len(own) :]) if address.startswith(f"{own}/") else None
        return found[1] if found else ""

    def _contact(self, ticket: Json) -> Json:
        """Who asks, with the language that the ticket does not tell; empty for no contact."""
        number = text_of(ticket.get("requester_id"))
        if not number.isdecimal():
            return {}
        try:
            return as_map(self._client.ask("GET", f"/api/v2/contacts/{number}").content)
        except RestError as error:
            if error.code in _UNSEEN:
                return {}
            raise

    def _fields(self, now: Json, actions: TicketActions, losses: Losses) -> dict[str, object]:
        status = losses.word("status", actions.status, self._statuses)
        priority = losses.word("priority", actions.priority, _PRIORITY)
        fields: dict[str, object] = {
            **({"status": int(status)} if status else {}),
            **({"priority": int(priority)} if priority else {}),
            **({"type": actions.type} if actions.type else {}),
            **self._group(actions.group, losses),
            **self._agent(actions.assignee, losses),
            **_own(actions.custom_fields, as_map(now.get("custom_fields")), losses),
        }
        if actions.has_tags:
            present = tuple(map(str, as_list(now.get("tags"))))
            fields["tags"] = [*actions.tags(present)]
        return fields

    def _group(self, name: str, losses: Losses) -> dict[str, object]:
        if not name:
            return {}
        query = {"per_page": _SIZE}
        listed = maps_in(self._client.ask("GET", "/api/v2/groups", query=query).content)
        found = next((one for one in listed if one.get("name") == name), {})
        if not found:
            losses.add("group", name)
            return {}
        return {"group_id": found.get("id")}

    def _agent(self, name: str, losses: Losses) -> dict[str, object]:
        """An agent by mail address; whoever answers for `current_user`."""
        if not name:
            return {}
        if name == ME:
            me = as_map(self._client.ask("GET", "/api/v2/agents/me").content)
            return {"responder_id": me.get("id")}
        query = {"email": name}
        found = maps_in(self._client.ask("GET", "/api/v2/agents", query=query).content)
        if not found:
            losses.add("assignee", name)
            return {}
        return {"responder_id": found[0].get("id")}


def _own(values: Mapping[str, str | bool], known: Json, losses: Losses) -> dict[str, object]:
    """Fields that the account has added to its tickets, which begin with `cf_`."""
    for name in values.keys() - known.keys():
        losses.add("custom_fields", name)
    kept = {name: value for name, value in values.items() if name in known}
    return {"custom_fields": kept} if kept else {}


def _path(ticket: str) -> str:
    if not re.fullmatch(r"[0-9]{1,20}", ticket):
        raise UsageError(f"{ticket:.40} is not a ticket's number", "Give its number: 123.")
    return f"/api/v2/tickets/{ticket}"
