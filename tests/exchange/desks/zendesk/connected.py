"""A connection to the Zendesk on loopback, and macros of ours to send there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.exchange.desks.desk import Around, Files, Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.zendesk.desk import open_desk
from cannery.model.desk import Content, Family, Record
from cannery.model.desk_settings import Asking, DeskSettings
from cannery.model.entry import Field, Header, Macro
from cannery.model.location import Kind, Location
from cannery.rest.client import PlainClient
from tests.desks.zendesk.asking import Asking as Person
from tests.desks.zendesk.fake import FakeZendesk

NOWHERE = Location("", "", Kind.ARTICLE, "en")
# The knowledge base's files, by their paths.
_FILES = {
    f"kb/macros/billing/{name}": name.encode() * size
    for name, size in (
        ("a.pdf", 3),
        ("b.txt", 4),
        ("c.txt", 1),
        ("d.txt", 1),
        ("e.txt", 1),
        ("f.txt", 1),
        ("請求書.pdf", 2),
    )
}
_OPEN: list[PlainClient] = []
AROUND = Around({}, {"team": {"desk": "Support"}})


def connect(
    fake: FakeZendesk,
    *,
    asking: Asking = Asking.MARK,
    numbers: Mapping[str, Mapping[str, str]] | None = None,
) -> KeptDesk:
    """Our desk, as a run of its own would open it."""
    client = Person(fake).client
    _OPEN.append(client)
    opening = Opening(
        DeskSettings("zendesk", "zendesk", fake.address, asking=asking),
        client,
        ("en", "ja"),
        "en",
        numbers or {},
        lambda id_, language: f"https://inside.example/{language}/{id_}",
        lambda address: "articles/net/har" if address == "https://help.example/net/har" else "",
        Files(
            lambda _: NOWHERE,
            lambda _, __: "",
            lambda _: b"",
            lambda _: {},
            lambda path: _FILES[path],
        ),
        around=lambda _: AROUND,
    )
    return open_desk(opening)


def close_all() -> None:
    while _OPEN:
        _OPEN.pop().close()


def macro(  # noqa: PLR0913 - a test names those that it is about
    body: str,
    language: str = "en",
    *,
    title: str = "Refund",
    fields: Sequence[Field] = (),
    actions: Mapping[str, object] | None = None,
    subject: str = "",
    id_: str = "macros/billing/refund",
) -> Macro:
    at = Location(f"kb/{id_}.md", id_, Kind.MACRO, language)
    header = Header(title=title, summary="About it.")
    return Macro(at, header, body, 1, subject=subject, fields=tuple(fields), actions=actions or {})


def family(*macros: Macro) -> Family:
    return Family(macros[0].at.id, Kind.MACRO, {one.at.language: one for one in macros})


def push(desk: KeptDesk, *macros: Macro) -> Record:
    return desk.create(Kind.MACRO, desk.outgoing(family(*macros)).parts)


def change(desk: KeptDesk, record: Record, **parts: Content) -> Record:
    """Send parts; `body__ja` is `body.ja`."""
    return desk.update(record, {name.replace("__", "."): it for name, it in parts.items()})


def asked(fake: FakeZendesk, start: int = 0) -> list[str]:
    """What the desk was asked since, without what only reads."""
    return [line for line in fake.lines[start:] if not line.startswith("GET")]
