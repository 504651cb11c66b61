"""Zammad's tickets: what one says, and what puts an answer into it.

Agents know a ticket by its number, which `zammad:31001` says; a page's address has its id, which is
`id-7` here. An answer to a customer is an email; a draft is the one that a group's agents share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.imprint import imprints, is_of
from cannery.exchange.desks.zammad.ticket_update import TicketUpdate
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.util.json_values import Json, as_map, maps_in, text_of

_PAGE = re.compile(r"/(?:#ticket/zoom|desktop/tickets)/(\d{1,12})\b", re.ASCII)
_TICKET = re.compile(r"(id-)?([0-9]{1,20})")
_DONE = frozenset({"merged", "removed"})
_DRAFTS = "TicketSharedDraftZoom"


class ZammadTickets:
    """The tickets of one installation."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._client, self._address = opening.client, opening.settings.address
        self._ids: dict[str, str] = {}

    def fetch(self, ticket: str) -> object:
        return self._full(ticket)

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        whole = self._full(ticket)
        assets = as_map(whole.get("assets"))
        id_ = text_of(whole.get("id"))
        now = as_map(as_map(assets.get("Ticket")).get(id_))
        state = as_map(as_map(assets.get("TicketState")).get(text_of(now.get("state_id"))))
        if text_of(state.get("name")) in _DONE:
            hint = "Answer the ticket that it was merged with."
            raise UsageError(f"ticket {ticket} is {state['name']}, and takes no answer", hint)
        customer = as_map(as_map(assets.get("User")).get(text_of(now.get("customer_id"))))
        article = _article(answer, now, text_of(customer.get("email")))
        update = TicketUpdate(self._opening, answer.actions)
        return Delivery(
            ticket,
            f"{self._address}/#ticket/zoom/{id_}",
            text_of(now.get("updated_at")),
            self._draft(id_, article) if answer.how == "draft" else _sent(id_, article),
            tuple(update.calls(id_, now)),
            tuple(update.losses.all),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        id_ = self._id(ticket)
        if body := self._draft_there(id_):
            yield Message("draft", body)
        articles = self._client.ask("GET", f"/api/v1/ticket_articles/by_ticket/{id_}").content
        for one in reversed(maps_in(articles)):
            if one.get("sender") != "Customer":
                how = "note" if one.get("internal") else "reply"
                yield Message(how, text_of(one.get("body")), text_of(one.get("created_at")))

    def number_in(self, address: str) -> str:
        own = self._address
        found = _PAGE.match(address[len(own) :]) if address.startswith(f"{own}/") else None
        return f"id-{found[1]}" if found else ""

    def _full(self, ticket: str) -> Json:
        path = f"/api/v1/tickets/{self._id(ticket)}"
        return as_map(self._client.ask("GET", path, query={"full": "true"}).content)

    def _id(self, ticket: str) -> str:
        """The id of a ticket by its number. Raises UsageError for want of such a ticket."""
        if ticket not in self._ids:
            self._ids[ticket] = self._looked_up(ticket)
        return self._ids[ticket]

    def _looked_up(self, ticket: str) -> str:
        found = _TICKET.fullmatch(ticket)
        if found is None:
            raise UsageError(f"{ticket:.40} is not a ticket's number", "Give its number: 31001.")
        if found[1]:
            return found[2]
        query = {"query": found[2], "limit": 50, "expand": "true"}
        listed = self._client.ask("GET", "/api/v1/tickets/search", query=query).content
        for one in maps_in(listed):
            if text_of(one.get("number")) == found[2]:
                return text_of(one.get("id"))
        hint = "Give its number as it stands on its page, or the page's address."
        raise UsageError(f"Zammad finds no ticket of number {ticket}", hint)

    def _draft(self, id_: str, article: dict[str, object]) -> Call:
        there = self._draft_there(id_)
        if there and not is_of(there, imprints([text_of(article["body"])])):
            hint = f"Send or discard that one first: {self._address}/#ticket/zoom/{id_}"
            raise UsageError("the ticket has another draft, which would be lost", hint)
        body = {"new_article": article, "ticket_attributes": {}}
        return Call("PUT", f"/api/v1/tickets/{id_}/shared_draft", body)

    def _draft_there(self, id_: str) -> str:
        """The text of the ticket's draft; empty if it has none."""
        told = as_map(self._client.ask("GET", f"/api/v1/tickets/{id_}/shared_draft").content)
        drafts = as_map(as_map(told.get("assets")).get(_DRAFTS))
        draft = as_map(drafts.get(text_of(told.get("shared_draft_id"))))
        return text_of(as_map(draft.get("new_article")).get("body"))


def _sent(id_: str, article: dict[str, object]) -> Call:
    return Call("POST", "/api/v1/ticket_articles", {"ticket_id": int(id_), **article})


def _article(answer: Answer, ticket: Json, email: str) -> dict[str, object]:
    """A note, or an email to the customer. Raises UsageError for one without an address."""
    article = {"body": answer.html, "content_type": "text/html", "sender": "Agent"}
    if answer.how == "note":
        return {**article, "type": "note", "internal": True}
    if not email:
        raise UsageError("Zammad has no email address of the customer", "Send it as a note.")
    subject = answer.subject or text_of(ticket.get("title"))
    return {**article, "type": "email", "to": email, "subject": subject, "internal": False}
