"""Front's conversations: what one says, and what puts an answer into it.

A program's answer is the company's unless `author` of the desk's options names a teammate by email
address or id. Front archives a conversation that is answered, unless it is told not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.front.texts import behind
from cannery.exchange.desks.texts.listing import key, linked
from cannery.exchange.desks.ticket_actions import ME, Losses, TicketActions, read_actions
from cannery.exchange.desks.unfilled import unfilled_html
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.util.json_values import Json, as_map, iso_time, maps_in, text_of

_PAGE = re.compile(r"/(?:open|inboxes/[\w/-]{1,100})/(cnv_[a-z0-9]{1,40})\b")
_TAGS = frozenset({"set_tags", "add_tags", "remove_tags"})
_ACTIONS = _TAGS | {"status", "assignee", "custom_fields"}
_STATUS = {"open": "open", "solved": "archived", "closed": "archived"}


class FrontTickets:
    """The conversations of one company."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._settings = opening.client, opening.settings
        author = opening.settings.options.get("author", "")
        self._author = _teammate(author) if author else ""

    def fetch(self, ticket: str) -> object:
        return self._client.ask("GET", _path(ticket)).content

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        now = as_map(self._client.ask("GET", _path(ticket)).content)
        actions = read_actions(answer.actions, _ACTIONS, "Front")
        losses = Losses(actions, "Front")
        newest = next(iter(self.messages(ticket, with_received=True)), Message("", ""))
        return Delivery(
            ticket,
            f"{self._settings.address}/open/{ticket}",
            newest.time,
            self._message(ticket, answer),
            tuple(self._calls(ticket, now, actions, losses)),
            tuple(losses.all),
        )

    def messages(self, ticket: str, *, with_received: bool = False) -> Iterator[Message]:
        """As `Tickets` has it; the customers' too where that is asked for."""
        path = _path(ticket)
        found = [
            Message(
                "draft" if one.get("draft_mode") else "reply",
                _body(one),
                iso_time(one.get("created_at")),
            )
            for one in self._results(f"{path}/messages", f"{path}/drafts")
            if with_received or not one.get("is_inbound")
        ]
        found += [
            Message("note", _body(one), iso_time(one.get("posted_at")))
            for one in self._results(f"{path}/comments")
        ]
        yield from sorted(found, key=lambda one: one.time, reverse=True)

    def number_in(self, address: str) -> str:
        own = self._settings.address
        found = _PAGE.match(address[len(own) :]) if address.startswith(f"{own}/") else None
        return found[1] if found else ""

    def _message(self, ticket: str, answer: Answer) -> Call:
        path = _path(ticket)
        author = {"author_id": self._author} if self._author else {}
        if answer.how == "note":
            return Call("POST", f"{path}/comments", {**author, "body": answer.markdown.strip()})
        subject = {"subject": answer.subject} if answer.subject else {}
        said = {**author, **subject, "body": unfilled_html(answer.html)}
        if answer.how == "draft":
            channel = {"channel_id": self._channel(ticket), "mode": "shared"}
            return Call("POST", f"{path}/drafts", {**said, **channel})
        return Call("POST", f"{path}/messages", {**said, "options": {"archive": False}})

    def _channel(self, ticket: str) -> str:
        """A channel of the conversation's inbox, as a draft has to name one."""
        for inbox in self._results(f"{_path(ticket)}/inboxes"):
            for channel in self._results(f"/inboxes/{text_of(inbox.get('id'))}/channels"):
                return text_of(channel.get("id"))
        raise UsageError("Front tells no channel for a draft", "Send it as a reply or a note.")

    def _calls(
        self, ticket: str, now: Json, actions: TicketActions, losses: Losses
    ) -> Iterator[Call]:
        fields: dict[str, object] = {}
        if actions.has_tags:
            fields["tag_ids"] = self._tags(now, actions, losses)
        if assignee := self._author if actions.assignee == ME else _teammate(actions.assignee):
            fields["assignee_id"] = assignee
        elif actions.assignee:
            losses.add("assignee", ME, "Set author in the desk's options")
        if actions.custom_fields:  # those that are not sent would be erased
            fields["custom_fields"] = {**as_map(now.get("custom_fields")), **actions.custom_fields}
        if status := losses.word("status", actions.status, _STATUS):
            fields["status"] = status
        if fields:
            yield Call("PATCH", _path(ticket), fields)

    def _tags(self, now: Json, actions: TicketActions, losses: Losses) -> list[str]:
        """The ids of the tags that the conversation has then; a tag has to be there already."""
        here = maps_in(now.get("tags"))
        ids = {text_of(one.get("name")): text_of(one.get("id")) for one in here}
        wanted = actions.tags(tuple(ids))
        if not set(wanted) <= ids.keys():
            rows = linked(self._client, "/tags", key("_results"), behind)
            ids |= {text_of(one.get("name")): text_of(one.get("id")) for one in rows}
        for tag in wanted:
            if tag not in ids:
                losses.add("tags", tag)
        return [ids[tag] for tag in wanted if tag in ids]

    def _results(self, *paths: str) -> Iterator[Json]:
        """What lists have on their first pages, which are the newest."""
        for path in paths:
            yield from maps_in(as_map(self._client.ask("GET", path).content).get("_results"))


def _teammate(name: str) -> str:
    return f"alt:email:{name}" if "@" in name else name


def _how(message: Json) -> str:
    return "draft" if message.get("draft_mode") else "reply"


def _body(message: Json) -> str:
    return text_of(message.get("body")) or text_of(message.get("text"))


def _path(ticket: str) -> str:
    if not re.fullmatch(r"cnv_[a-z0-9]{1,40}", ticket):
        raise UsageError(f"{ticket:.40} is not a conversation's id", "Give its id: cnv_yo1kg5q.")
    return f"/conversations/{ticket}"
