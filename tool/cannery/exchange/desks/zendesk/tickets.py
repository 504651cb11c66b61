"""Zendesk's tickets: what one says, and what puts an answer into it.

Drafts live in the agents' browsers: the API has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.ticket_actions import read_actions
from cannery.exchange.desks.unfilled import unfilled, unfilled_html
from cannery.exchange.desks.zendesk.paging import Json, answered, number, objects, one, rows
from cannery.exchange.desks.zendesk.ticket_update import ACTIONS, TicketUpdate
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.util.json_values import as_map

_PAGE = re.compile(r"/(?:agent/tickets|tickets|hc/(?:[\w-]{1,20}/)?requests|requests)/(\d{1,20})\b")
_MARK = "kb_answer"  # where an update's metadata have an answer's key


class ZendeskTickets:
    """The tickets of one account."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._client = opening.client

    def fetch(self, ticket: str) -> object:
        include = {"include": "users,groups,organizations"}
        whole = answered(self._client, "GET", _path(ticket), query=include)
        wanted = {
            number(field)
            for field in objects(one(whole, "ticket"), "custom_fields")
            if field.get("value") not in (None, "", False)
        }
        return {**whole, "ticket_fields": [*self._titles(wanted)]} if wanted else whole

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        now = one(answered(self._client, "GET", _path(ticket)), "ticket")
        if now.get("status") == "closed":
            hint = "In Zendesk, create a follow-up from its page."
            raise UsageError(f"ticket {ticket} is closed, and takes no answer any more", hint)
        actions = read_actions(answer.actions, ACTIONS, "Zendesk")
        update = TicketUpdate(self._opening)
        fields = update.fields(now, actions)
        stamp = str(now.get("updated_at") or "")
        return Delivery(
            ticket,
            f"{self._opening.settings.address}/agent/tickets/{ticket}",
            stamp,
            Call("PUT", _path(ticket), {"ticket": {**fields, **_said(answer, stamp)}}),
            losses=(*actions.losses, *update.losses),
            is_guarded=bool(stamp),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        path = f"{_path(ticket)}/comments"
        for comment in rows(self._client, path, "comments", {"sort": "-created_at"}):
            custom = as_map(as_map(comment.get("metadata")).get("custom"))
            yield Message(
                "reply" if comment.get("public") else "note",
                str(comment.get("html_body") or comment.get("body") or ""),
                str(comment.get("created_at") or ""),
                str(custom.get(_MARK) or ""),
            )

    def number_in(self, address: str) -> str:
        own = self._opening.settings.address
        found = _PAGE.match(address[len(own) :]) if address.startswith(f"{own}/") else None
        return found[1] if found else ""

    def _titles(self, wanted: set[str]) -> Iterator[Json]:
        """The fields that a ticket fills in, with their titles; known ones are not asked for."""
        known = self._opening.numbers.get("ticket_fields", {})
        left = wanted - {*known.values()}
        yield from ({"id": id_, "title": name} for name, id_ in known.items() if id_ in wanted)
        if not left:
            return
        for field in rows(self._client, "/api/v2/ticket_fields", "ticket_fields"):
            if number(field) in left:
                left.discard(number(field))
                yield {"id": number(field), "title": field.get("title")}
            if not left:
                return


def _said(answer: Answer, stamp: str) -> dict[str, object]:
    """What of an update is the answer, for a ticket that was changed at `stamp`."""
    is_public, macro = answer.how == "reply", next(iter(answer.macros), "")
    return {
        **({"subject": unfilled(answer.subject)} if answer.subject else {}),
        "comment": {"html_body": unfilled_html(answer.html), "public": is_public},
        "metadata": {_MARK: answer.key},
        **({"macro_id": int(macro)} if macro.isdecimal() else {}),  # counted as used there
        **({"safe_update": True, "updated_stamp": stamp} if stamp else {}),
    }


def _path(ticket: str) -> str:
    if not re.fullmatch(r"[0-9]{1,20}", ticket):
        raise UsageError(f"{ticket:.40} is not a ticket's number", "Give its number: 123.")
    return f"/api/v2/tickets/{ticket}"
