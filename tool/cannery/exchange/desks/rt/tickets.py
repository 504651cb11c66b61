"""Tickets of Request Tracker: what macros know of one, and a reply or a comment put into it.

RT shows and mails HTML without its comments, and keeps them: an answer's key is in one. It has no
drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import parse_qs, urlsplit

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.rt.api import API, first, rows, user
from cannery.exchange.desks.rt.ticket_change import ACTIONS, change_of
from cannery.exchange.desks.ticket_actions import read_actions
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.util.json_values import Json, as_map, maps_in

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_PAGES = re.compile(r"/(?:Ticket|SelfService)/[A-Za-z]{1,40}\.html|/m/ticket/show")
_KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
_MARK = re.compile(r"<!-- kb:([\w-]{1,64}) -->", re.ASCII)
_KINDS = {"note": "comment", "reply": "correspond"}
_HOW = {"Comment": "note", "Correspond": "reply"}
_EXPANDED = {"fields[Queue]": "Name", "fields[Owner]": "Name,RealName,EmailAddress"}
_TEXTS = ("text/html", "text/plain")
_MOST_PEOPLE = 5


class RtTickets:
    """The tickets of one RT."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._address = opening.client, opening.settings.address

    def fetch(self, ticket: str) -> object:
        found = self._read(ticket)
        asking = [*maps_in(found.get("Requestor"))][:_MOST_PEOPLE]
        people = [{**one, **user(self._client, str(one.get("id", "")))} for one in asking]
        return {**found, "Requestor": people, "description": self._first_text(ticket)}

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        path, now = self._path(ticket), self._read(ticket)
        if now.get("Status") == "deleted":
            raise UsageError(f"ticket {ticket} is deleted", "Restore it in Request Tracker first.")
        actions = read_actions(answer.actions, ACTIONS, "Request Tracker")
        change = change_of(self._client, path, now, actions)
        return Delivery(
            ticket,
            f"{self._address}/Ticket/Display.html?id={ticket}",
            str(now.get("LastUpdated") or ""),
            Call("POST", f"{path}/{_KINDS[answer.how]}", _message(answer)),
            change.calls,
            (*actions.losses, *change.losses),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        wanted = [{"field": "Type", "value": type_} for type_ in _HOW]
        fields = {"fields": "Type,Created", "order": "DESC"}
        for one in rows(self._client, f"{self._path(ticket)}/history", wanted, fields):
            text = self._text(str(one.get("id")))
            key = _MARK.search(text)
            how = _HOW.get(str(one.get("Type")), "")
            yield Message(how, text, str(one.get("Created") or ""), key[1] if key else "")

    def number_in(self, address: str) -> str:
        own = self._address
        if not address.startswith(f"{own}/"):
            return ""
        parts = urlsplit(address[len(own) :])
        number = parse_qs(parts.query).get("id", [""])[0]
        is_page = _PAGES.fullmatch(parts.path) and _NUMBER.fullmatch(number)
        return number if is_page else ""

    def _path(self, ticket: str) -> str:
        if not _NUMBER.fullmatch(ticket):
            raise UsageError(f"{ticket:.40} is not a ticket's number", "Give its number: 123.")
        return f"{API}/ticket/{ticket}"

    def _read(self, ticket: str) -> Json:
        return as_map(self._client.ask("GET", self._path(ticket), query=_EXPANDED).content)

    def _first_text(self, ticket: str) -> str:
        """What its requester wrote, where that is text."""
        wanted = [{"field": "ContentType", "value": "text/plain"}]
        path = f"{self._path(ticket)}/attachments"
        found = first(self._client, path, wanted, {"fields": "Content", "per_page": "1"})
        return "".join(str(one.get("Content") or "") for one in found)

    def _text(self, transaction: str) -> str:
        """What a transaction says: its first text, which is not of a file that came with it."""
        path = f"{API}/transaction/{transaction}/attachments"
        fields = {"fields": "ContentType,Content", "per_page": "5"}
        parts = first(self._client, path, (), fields)
        texts = [str(one.get("Content") or "") for one in parts if one.get("ContentType") in _TEXTS]
        return texts[0] if texts else ""


def _message(answer: Answer) -> Mapping[str, str]:
    lines = escape(answer.text.strip("\n")).replace("\n", "<br>\n")
    html = answer.html.strip() or f"<p>{lines}</p>"
    mark = f"\n<!-- kb:{answer.key} -->" if _KEY.fullmatch(answer.key) else ""
    message = {"ContentType": "text/html", "Content": f"{html}{mark}"}
    return {**message, "Subject": answer.subject} if answer.subject else message
