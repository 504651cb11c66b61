"""What a help desk keeps of our entries, and what we say to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.model.entry import Entry
from cannery.model.location import Kind
from cannery.model.loss import Loss

# A part of a record in a form that can be compared, hashed and kept as JSON.
Content = str | bool | int | None | Sequence["Content"] | Mapping[str, "Content"]


class Family(NamedTuple):
    """An entry of ours in all its languages, by language; all of one `id` and `kind`."""

    id: str
    kind: Kind
    by_language: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Record:
    """A macro or an article as a desk keeps it.

    `parts` says all that we compare and send, by the part's name, such as `title`, `body.ja`,
    `actions.status`, `active`. Its values are canonical: names where the desk has numbers, HTML as
    `canonical_html` writes it, and lists without an order sorted, so that two records that say the
    same are equal. `title` is for people. `address` is its page at the desk, `updated` is the
    desk's time of its last change (ISO 8601), both empty where the desk tells none. `usage` are
    counts by period, such as `7d`.
    """

    id: str
    kind: Kind
    title: str
    parts: Mapping[str, Content]
    updated: str = ""
    address: str = ""
    usage: Mapping[str, int] = field(default_factory=dict)


class Outgoing(NamedTuple):
    """An entry as a desk would keep it: `parts` as in a Record, and what is lost on the way.

    `asked` are the fields that the desk can't ask for, which stand in the text as loud marks.
    """

    title: str
    parts: Mapping[str, Content]
    losses: tuple[Loss, ...] = ()
    asked: tuple[str, ...] = ()


class Version(NamedTuple):
    """What a record says in one language, in our terms.

    `keys` are those of the front matter that the desk can say, with the values that a file would
    have; a key that is None is not in it. `body` is Markdown, for a macro around Liquid.
    """

    keys: Mapping[str, object]
    body: str


class Incoming(NamedTuple):
    """A record in our terms. `section` and `name` are where a new entry would be put.

    `pictures` are those that the desk has and we have not: by the file that each is to be in, from
    the root, its address at the desk. `unread` has the languages that the record has and that can't
    be read, with the reason: they are not gone there.
    """

    section: str
    name: str
    by_language: Mapping[str, Version]
    losses: tuple[Loss, ...] = ()
    pictures: Mapping[str, str] = {}
    unread: Mapping[str, str] = {}


class Answer(NamedTuple):
    """A finished reply for a ticket. `how` is `note`, `draft` or `reply`.

    `actions` are those of its macros. `key` is the same for each try to send it, and no other
    reply has it: it goes along where a desk keeps such a mark with a message. `markdown` is for
    desks whose messages are in it. `macros` are the desk's ids of the macros that it is made of, as
    far as the desk has them.
    """

    how: str
    text: str
    html: str
    subject: str
    actions: Mapping[str, object]
    key: str
    markdown: str = ""
    macros: tuple[str, ...] = ()


class Call(NamedTuple):
    """A request to a desk, as `Client.ask` takes it."""

    method: str
    path: str
    body: object = None


class Delivery(NamedTuple):
    """What it takes to put an answer into a ticket.

    `message` puts the text in, and must not be sent twice. `actions` come after it; each of them
    may be sent again. `losses` are the macro's actions that the desk can't do. `address` is the
    ticket's page for agents, `stamp` the desk's own time of the ticket's last change (ISO 8601)
    when this was prepared. With `is_guarded` the desk refuses `message` by 409 where the ticket has
    changed since.
    """

    ticket: str
    address: str
    stamp: str
    message: Call
    actions: tuple[Call, ...] = ()
    losses: tuple[Loss, ...] = ()
    is_guarded: bool = False


class Message(NamedTuple):
    """What somebody wrote in a ticket: HTML, or a text without tags.

    `key` is that of the answer it was, where the desk keeps it.
    """

    how: str
    text: str
    time: str = ""
    key: str = ""
