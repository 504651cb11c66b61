"""Links to articles in what agents write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cannery.insight.sources.moment import Moment, Told
from cannery.insight.sources.values import Json
from cannery.model.ticket_event import EventKind

# Of help centres: Zendesk's, Freshdesk's and Chatwoot's addresses of an article end in its own id.
_ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\]\\]{4,500}")
_MOST = 50  # of a message
_LOOKED_AT = 50_000  # letters of a message
EntryAt = Callable[[str], str]


def articles(text: object, entry_at: EntryAt) -> Iterator[str]:
    """The articles that a message links to, each once, as `entry_at` names an address."""
    if not isinstance(text, str):
        return
    found: dict[str, None] = {}
    for count, match in enumerate(_ADDRESS.finditer(text[:_LOOKED_AT])):
        if count == _MOST:
            break
        if entry := entry_at(match[0].replace("&amp;", "&").rstrip(".,;:!?")):
            found[entry] = None
    yield from found


_OF_DESK = re.compile(
    r"https?://[^/\s?#]{1,200}/(?:hc|support/solutions)/(?:[\w-]{1,60}/){0,2}articles/([0-9]{1,20})",
    re.ASCII,
)


def at_desk(address: str) -> str:
    """The desk's own number of the article at an address; empty for any other address.

    Nothing else of an address is kept: it may have what is secret, or whose it is.
    """
    match = _OF_DESK.match(address)
    return match[1] if match else ""


def of_reply(moment: Moment, message: Json, entry_at: EntryAt) -> Iterator[Moment]:
    """The same of a message that is known to be the team's."""
    for one in written(moment, message, entry_at):
        yield one._replace(what=EventKind.LINKED) if one.what is Told.LINKED else one


def written(moment: Moment, message: Json, entry_at: EntryAt) -> Iterator[Moment]:
    """A public message, and the articles that it links to; of its text nothing else is kept."""
    yield moment
    body = message.get("html_body") or message.get("body")
    for article in articles(body, entry_at):
        yield moment._replace(key=f"{moment.key}:{article}", what=Told.LINKED, detail=article)
