"""Chatwoot's conversations: what one says, and what puts an answer into it.

Its messages are Markdown, and Liquid too, but for what is between backticks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.errors import UsageError
from cannery.exchange.desks.chatwoot.actions import PRIORITY, STATUS
from cannery.exchange.desks.chatwoot.desk import account_path
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.ticket_actions import ME, Losses, TicketActions, read_actions
from cannery.exchange.desks.unfilled import unfilled_markdown
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.util.json_values import Json, as_list, as_map, iso_time, maps_in, text_of

_PAGE = re.compile(
    r"/app/accounts/(\d{1,12})/(?:[\w/-]{1,80}/)?conversations/(\d{1,12})\b", re.ASCII
)
_TAGS = frozenset({"set_tags", "add_tags", "remove_tags"})
_ACTIONS = _TAGS | {"status", "priority", "assignee", "group"}
_OUTGOING = 1


class ChatwootTickets:
    """The conversations of one account."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._settings = opening.client, opening.settings
        self._base = account_path(opening.settings)

    def fetch(self, ticket: str) -> object:
        return self._client.ask("GET", self._path(ticket)).content

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        now = as_map(self._client.ask("GET", self._path(ticket)).content)
        actions = read_actions(answer.actions, _ACTIONS, "Chatwoot")
        losses = Losses(actions, "Chatwoot")
        if answer.subject:
            losses.add("subject", answer.subject, "a message of Chatwoot's has none")
        calls = tuple(self._calls(ticket, now, actions, losses))
        message = {
            "content": unfilled_markdown(answer.markdown.strip()),
            "message_type": "outgoing",
            "private": answer.how == "note",
        }
        return Delivery(
            ticket,
            f"{self._settings.address}/app/accounts/{self._account}/conversations/{ticket}",
            iso_time(now.get("last_activity_at")),
            Call("POST", f"{self._path(ticket)}/messages", message),
            calls,
            tuple(losses.all),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        told = self._client.ask("GET", f"{self._path(ticket)}/messages").content
        rows = maps_in(as_map(told).get("payload"))
        rows.sort(key=lambda one: iso_time(one.get("created_at")))
        for one in reversed(rows):
            if one.get("message_type") in (_OUTGOING, "outgoing"):
                how = "note" if one.get("private") else "reply"
                yield Message(how, text_of(one.get("content")), iso_time(one.get("created_at")))

    def number_in(self, address: str) -> str:
        own = self._settings.address
        found = _PAGE.match(address[len(own) :]) if address.startswith(f"{own}/") else None
        return found[2] if found and found[1] == self._account else ""

    @property
    def _account(self) -> str:
        return self._base.rpartition("/")[2]

    def _path(self, ticket: str) -> str:
        if not re.fullmatch(r"[0-9]{1,12}", ticket):
            message = f"{ticket:.40} is not a conversation's number"
            raise UsageError(message, "Give its number: 5.")
        return f"{self._base}/conversations/{ticket}"

    def _calls(
        self, ticket: str, now: Json, actions: TicketActions, losses: Losses
    ) -> Iterator[Call]:
        path = self._path(ticket)
        if actions.has_tags:
            labels = [*actions.tags(tuple(map(str, as_list(now.get("labels")))))]
            yield Call("POST", f"{path}/labels", {"labels": labels})
        if priority := losses.word("priority", actions.priority, PRIORITY):
            yield Call("POST", f"{path}/toggle_priority", {"priority": priority})
        if team := self._team(actions.group, losses):
            yield Call("POST", f"{path}/assignments", {"team_id": team})
        if agent := self._agent(actions.assignee, losses):
            yield Call("POST", f"{path}/assignments", {"assignee_id": agent})
        if status := losses.word("status", actions.status, STATUS):
            yield Call("POST", f"{path}/toggle_status", {"status": status})

    def _team(self, name: str, losses: Losses) -> object:
        if not name:
            return None
        listed = self._client.ask("GET", f"{self._base}/teams").content
        found = next((one for one in maps_in(listed) if one.get("name") == name), {})
        if not found:
            losses.add("group", name)
        return found.get("id")

    def _agent(self, name: str, losses: Losses) -> object:
        """An agent by mail address; whoever answers for `current_user`."""
        if not name:
            return None
        if name == ME:
            return as_map(self._client.ask("GET", "/api/v1/profile").content).get("id")
        listed = maps_in(self._client.ask("GET", f"{self._base}/agents").content)
        wanted = name.lower()
        found = next((one for one in listed if text_of(one.get("email")).lower() == wanted), {})
        if not found:
            losses.add("assignee", name)
        return found.get("id")
