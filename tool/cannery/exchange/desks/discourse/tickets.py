"""Discourse's topics as tickets: what one says, and what puts an answer into it.

An answer is a post, which all see who see the topic; the API describes no whispers and no drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.discourse.topics import GONE, POSTS, first_post, raw_of, topic_at
from cannery.exchange.desks.texts.listing import Row, row_in, text
from cannery.exchange.desks.ticket_actions import Losses, TicketActions, read_actions
from cannery.model.desk import Answer, Call, Delivery, Message
from cannery.rest.client import RestError
from cannery.util.json_values import as_list, as_map, maps_in, text_of

_NUMBER = re.compile(r"[0-9]{1,12}")
_TAGS = frozenset({"set_tags", "add_tags", "remove_tags"})
_STATUS = {"open": "open", "solved": "closed", "closed": "closed"}
_LATELY = 10  # posts
_REGULAR = 1  # what somebody wrote, and no note that a topic was closed


class DiscourseTickets:
    """The topics of one forum."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._address = opening.client, opening.settings.address

    def fetch(self, ticket: str) -> object:
        """A topic, with the Markdown of its first post as `description`."""
        topic = self._topic(ticket)
        raw = raw_of(self._client, first_post(topic, ticket))
        return {**topic, "url": self._page(ticket), "description": raw}

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        topic = self._topic(ticket)
        actions = read_actions(answer.actions, _TAGS | {"status"}, "Discourse")
        losses = Losses(actions, "Discourse")
        if answer.subject:
            losses.add("subject", answer.subject, "a post of Discourse's has none")
        return Delivery(
            ticket,
            self._page(ticket),
            text(topic, "last_posted_at"),
            Call("POST", POSTS, {"topic_id": int(ticket), "raw": answer.markdown.strip()}),
            tuple(_calls(ticket, topic, actions, losses)),
            tuple(losses.all),
        )

    def messages(self, ticket: str) -> Iterator[Message]:
        topic = self._topic(ticket)
        stream = as_list(as_map(topic.get("post_stream")).get("stream"))
        numbers = [text_of(number) for number in stream[1:] if _NUMBER.fullmatch(text_of(number))]
        for number in islice(reversed(numbers), _LATELY):
            post = self._post(number)
            if post.get("post_type") == _REGULAR and not post.get("deleted_at"):
                yield Message("reply", text(post, "raw"), text(post, "created_at"))

    def number_in(self, address: str) -> str:
        """The topic of `/t/printer/5`, of `/t/5`, and of a post of it, `/t/printer/5/2`."""
        head = f"{self._address}/t/"
        if not address.startswith(head):
            return ""
        path = re.split(r"[?#]", address[len(head) :], maxsplit=1)[0]
        pieces = path.removesuffix(".json").split("/", 2)
        return next((one for one in pieces[:2] if _NUMBER.fullmatch(one)), "")

    def _post(self, number: str) -> Row:
        """A post; empty for one that has been deleted meanwhile."""
        path = f"/posts/{number}.json"
        try:
            return row_in(self._client.ask("GET", path).content, path)
        except RestError as error:
            if error.code not in GONE:
                raise
            return {}

    def _topic(self, ticket: str) -> Row:
        if not _NUMBER.fullmatch(ticket):
            message = f"{ticket:.40} is not a topic's number"
            raise UsageError(message, "Give the number in its address: 5.")
        if (topic := topic_at(self._client, ticket)) is None:
            message = f"Discourse has no topic {ticket}"
            raise UsageError(message, "It may be deleted, or hidden from you.")
        return topic

    def _page(self, ticket: str) -> str:
        return f"{self._address}/t/{ticket}"


def _calls(ticket: str, topic: Row, actions: TicketActions, losses: Losses) -> Iterator[Call]:
    if actions.has_tags:
        tags = [*actions.tags(tag_names(topic))]
        yield Call("PUT", f"/t/-/{ticket}.json", {"tags": tags})
    if status := losses.word("status", actions.status, _STATUS):
        said = {"status": "closed", "enabled": "true" if status == "closed" else "false"}
        yield Call("PUT", f"/t/{ticket}/status.json", said)


def tag_names(topic: Row) -> tuple[str, ...]:
    """The tags of a topic, which are objects, and were texts in earlier versions."""
    tags = topic.get("tags")
    names = [text(tag, "name") for tag in maps_in(tags)]
    return (*filter(None, names), *(tag for tag in as_list(tags) if isinstance(tag, str)))
