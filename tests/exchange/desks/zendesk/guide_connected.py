"""A connection to the Guide on loopback, and articles of ours to send there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cannery.content.layout import locate
from cannery.errors import ContentError
from cannery.exchange.desks.desk import Files, Opening
from cannery.exchange.desks.zendesk.desk import Zendesk
from cannery.model.desk import Family, Incoming, Record
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Article, Audience, Header
from cannery.model.location import Kind, Location, Status
from cannery.rest.client import PlainClient
from cannery.settings import Settings
from tests.desks.zendesk.asking import Asking as Person
from tests.desks.zendesk.fake import FakeZendesk

_OPEN: list[PlainClient] = []
SETTINGS = Settings(languages=("en", "ja"))
HAR = "articles/net/har"


@dataclass
class Base:
    """What the desk is told of our files: pictures by path, records by entry, titles by folder."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def files(self) -> Files:
        return Files(
            lambda path: locate(path, SETTINGS),
            _path,
            self._picture,
            lambda _: self.titles,
            folder=lambda name: "-".join(name.split()),
        )

    def _picture(self, path: str) -> bytes:
        if path not in self.pictures:
            raise ContentError(f"{path}: file not found")
        return self.pictures[path]


def _path(id_: str, language: str) -> str:
    return f"kb/{id_}{'' if language == 'en' else f'.{language}'}.md"


def guide(
    fake: FakeZendesk,
    base: Base | None = None,
    numbers: Mapping[str, Mapping[str, str]] | None = None,
    **options: str,
) -> Zendesk:
    """Our desk, as a run of its own would open it."""
    client = Person(fake).client
    _OPEN.append(client)
    base = base or Base()
    start = f"{fake.address}/hc/articles/"

    def entry_at(address: str) -> str:
        if address.startswith("/articles/"):
            return address.strip("/") if address.strip("/") in base.records else ""
        number = address.removeprefix(start)
        return next((id_ for id_, value in base.records.items() if value == number), "")

    settings = DeskSettings(
        "zendesk",
        "zendesk",
        fake.address,
        articles=("articles",),
        options={"permission_group": str(fake.guide.permission_group), **options},
    )
    return Zendesk(
        Opening(
            settings,
            client,
            ("en", "ja"),
            "en",
            numbers or {},
            lambda id_, _: f"{start}{base.records[id_]}" if id_ in base.records else "",
            entry_at,
            base.files(),
        )
    )


def close_all() -> None:
    while _OPEN:
        _OPEN.pop().close()


def article(body: str, language: str = "en", id_: str = HAR, **keys: Any) -> Article:  # noqa: ANN401 - keys of any type
    at = Location(_path(id_, language), id_, Kind.ARTICLE, language)
    started: dict[str, Any] = {"title": "HAR files", "audience": Audience.PUBLIC}
    left_open = keys.pop("left_open", ())
    header = Header(**{**started, **keys})
    return Article(at, header, body, 1, left_open=tuple(left_open))


def family(*articles: Article) -> Family:
    return Family(articles[0].at.id, Kind.ARTICLE, {one.at.language: one for one in articles})


def push(desk: Zendesk, *articles: Article) -> Record:
    return desk.create(Kind.ARTICLE, desk.outgoing(family(*articles)).parts)


def change(desk: Zendesk, record: Record, *articles: Article) -> Record:
    """Bring a record to what articles say, as a push does."""
    wanted = desk.outgoing(family(*articles)).parts
    gone = {name: None for name in record.parts if name not in wanted}
    return desk.update(record, {**record.parts, **gone, **wanted})


def back(desk: Zendesk, record: Record) -> Incoming:
    return desk.incoming(record)


def draft(body: str, language: str = "en") -> Article:
    return article(body, language, status=Status.DRAFT)
