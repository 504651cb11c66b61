"""Discourse's templates: topics of a category, whose first posts are the texts.

Its composer offers those that are listed and not archived, and writes no other field of a topic
that we have. Whatever else a topic has, such as tags, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple
from urllib.parse import quote

from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, key, linked, row_in, text, unexpected
from cannery.exchange.desks.texts.names import Names
from cannery.model.desk import Content
from cannery.rest.client import Client, RestError
from cannery.util.json_values import as_map, maps_in

GONE = frozenset({404, 410})
POSTS = "/posts.json"


class _Topic(NamedTuple):
    """A topic as it was last read, and the number of its first post."""

    item: Item
    title: str
    post: str


class Topics:
    """`exchange.desks.texts.item.Store` for the topics of one category."""

    parts = frozenset({"active", "body"})
    numbers: Mapping[str, Mapping[str, str]] = {}

    def __init__(self, client: Client, names: Names, category: int, address: str) -> None:
        self._client, self._names, self._address = client, names, address
        self._category = category
        self._topics: dict[str, _Topic] = {}

    def items(self) -> Iterator[Item]:
        about, slug = self._about()
        seen = {about}
        for row in self._rows(slug):
            number = text(row, "id")
            if number in seen or row.get("category_id") != self._category:
                continue
            seen.add(number)  # a topic that someone answers meanwhile moves from page to page
            if found := self._read(number):
                yield found.item

    def several(self, ids: Iterable[str]) -> Mapping[str, Item]:
        found = map(self._read, ids)
        return {topic.item.id: topic.item for topic in found if topic}

    def as_kept(self, label: Label, parts: Parts) -> Item:
        kept: dict[str, Content] = {**parts, "body": _trimmed(str(parts.get("body") or ""))}
        return Item("", self._names.read(self._names.written(label)), kept)

    def put(self, item_id: str, label: Label, parts: Parts) -> Item:
        """Write what differs: each is a request of its own."""
        title, raw = self._names.written(label), str(parts.get("body") or "")
        before = self._topics.get(item_id) or self._known(item_id or self._made(title, raw))
        number = before.item.id
        if before.item.parts["body"] != _trimmed(raw):
            self._client.ask("PUT", f"/posts/{before.post}.json", {"post": {"raw": raw}})
        if before.title != title:
            self._client.ask("PUT", f"/t/-/{number}.json", {"title": title})
        if (is_active := parts.get("active") is not False) != before.item.parts["active"]:
            self._switch(number, is_active=is_active)
        return self._known(number).item

    def delete(self, item_id: str) -> None:
        if self._read(item_id):  # Discourse refuses to delete one twice
            self._client.ask("DELETE", f"/t/{item_id}.json")

    def _about(self) -> tuple[str, str]:
        """The number of the topic that tells what the category is for, and the category's slug."""
        path = f"/c/{self._category}/show.json"
        category = as_map(key("category")(self._client.ask("GET", path).content))
        if not (slug := text(category, "slug")):
            raise unexpected(path)
        return text(category, "topic_url").rpartition("/")[2], slug

    def _rows(self, slug: str) -> Iterator[Row]:
        """The topics of the category and of those below it, each as often as a page shows it."""
        path = f"/c/{quote(slug, safe='%')}/{self._category}.json"
        pages = count(1)
        seen: set[str] = set()

        def following(content: object) -> tuple[str, Mapping[str, str | int]] | None:
            """The next page, unless this one has room left, or has only topics that came before."""
            found = as_map(key("topic_list")(content))
            size = found.get("per_page")
            numbers = [text(row, "id") for row in maps_in(found.get("topics"))]
            is_last = len(numbers) < (size if isinstance(size, int) else 1) or seen >= {*numbers}
            seen.update(numbers)
            return None if is_last else (path, {"page": next(pages)})

        def topics(content: object) -> object:
            return key("topics")(key("topic_list")(content))

        return linked(self._client, path, topics, following, {"page": 0})

    def _made(self, title: str, raw: str) -> str:
        """The number of a new topic."""
        said = {"title": title, "raw": raw, "category": self._category}
        made = row_in(self._client.ask("POST", POSTS, said).content, POSTS)
        if not (number := text(made, "topic_id")).isdecimal():
            hint = "Approve it there, or sign in as one whose topics need no approval."
            raise RestError(f"Discourse holds {title} back until someone approves it", hint)
        return number

    def _switch(self, number: str, *, is_active: bool) -> None:
        """Archive a topic, or bring it back. One that was unlisted is listed then."""
        path = f"/t/{number}/status.json"
        said = {"status": "archived", "enabled": "false" if is_active else "true"}
        self._client.ask("PUT", path, said)
        if is_active:
            self._client.ask("PUT", path, {"status": "visible", "enabled": "true"})

    def _known(self, number: str) -> _Topic:
        """A topic as it is now. Raises RestError for one that has gone."""
        if found := self._read(number):
            return found
        raise RestError(f"the topic {number} has gone at the desk", "Run it again.", 404)

    def _read(self, number: str) -> _Topic | None:
        """A topic as it is now; None for one that is deleted, or in another category by now."""
        self._topics.pop(number, None)
        topic = topic_at(self._client, number)
        if topic is None or topic.get("category_id") != self._category:
            return None
        post = first_post(topic, number)
        title, raw = text(topic, "title"), raw_of(self._client, post)
        is_active = topic.get("visible") is not False and topic.get("archived") is not True
        parts: dict[str, Content] = {"active": is_active, "body": _trimmed(raw)}
        label = self._names.read(title)
        item = Item(number, label, parts, "", f"{self._address}/t/{number}")
        self._topics[number] = _Topic(item, title, text(post, "id"))
        return self._topics[number]


def topic_at(client: Client, number: str) -> Row | None:
    """A topic with its first posts; None for one that is deleted, which staff still see."""
    path = f"/t/{number}.json"
    try:
        topic = row_in(client.ask("GET", path).content, path)
    except RestError as error:
        if error.code not in GONE:
            raise
        return None
    return None if topic.get("deleted_at") else topic


def first_post(topic: Row, number: str) -> Row:
    """The post that a topic begins with. Raises RestError for an answer without one."""
    posts = maps_in(as_map(topic.get("post_stream")).get("posts"))
    found = next((post for post in posts if text(post, "id").isdecimal()), None)
    if found is None:
        raise unexpected(f"/t/{number}.json")
    return found


def raw_of(client: Client, post: Row) -> str:
    """The Markdown of a post, which a topic shows as HTML alone."""
    path = f"/posts/{text(post, 'id')}.json"
    return text(row_in(client.ask("GET", path).content, path), "raw")


def _trimmed(raw: str) -> str:
    return raw.replace("\r\n", "\n").strip("\n").rstrip()
