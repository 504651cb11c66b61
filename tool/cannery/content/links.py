"""Links: an article's public address, and where the links in a body lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from cannery.content.files import Scan
from cannery.content.library import Variants, catalogue, load
from cannery.content.markdown import Token, parse
from cannery.content.placement import Url
from cannery.model import Article, Audience
from cannery.place import Kind, Location, Status
from cannery.workspace import Settings, Workspace


def site_path(at: Location, settings: Settings) -> str:
    """An article's page below the site's address: `articles/net/har/`, `ja/articles/net/har/`."""
    language = "" if at.language == settings.default_language else f"{at.language}/"
    return f"{language}{quote(at.id)}/"


def article_url(workspace: Workspace, found: Scan, language: str) -> Callable[[str], Url]:
    """A function from an article's id to its public address, in `language` where it is there.

    The function raises ValueError for an article that customers can't see, or that isn't there.
    """
    articles = {
        id_: item for id_, item in catalogue(workspace, found).items() if item.kind is Kind.ARTICLE
    }

    def address(id_: str) -> Url:
        entry = _article(articles, id_)
        if not workspace.settings.site_url:
            raise ValueError("article_url: kb.toml names no site_url")
        item = load(workspace, entry.choose((language,), workspace.settings).path).item
        if not isinstance(item, Article):
            raise ValueError(f"article_url: {id_:.100} can't be read")
        if item.header.audience is not Audience.PUBLIC:
            raise ValueError(f"article_url: {id_:.100} is internal, customers can't open it")
        if item.header.status is not Status.PUBLISHED:
            raise ValueError(f"article_url: {id_:.100} is {item.header.status}, not published")
        return Url(f"{workspace.settings.site_url}/{site_path(item.at, workspace.settings)}")

    return address


def _article(articles: dict[str, Variants], name: str) -> Variants:
    wanted = name.strip().strip("/")
    ids = [wanted] if wanted in articles else [i for i in articles if i.endswith(f"/{wanted}")]
    if not wanted or not ids:
        raise ValueError(f"article_url: there is no article {name:.100}")
    if len(ids) > 1:
        raise ValueError(f"article_url: {name:.100} names several: {', '.join(ids[:5])}")
    return articles[ids[0]]


def links_in(body: str) -> Iterator[tuple[str, int]]:
    """The targets of a body's links and images, each with its 1-based line in the body."""
    for token in parse(body):
        line = token.map[0] + 1 if token.map else 1
        yield from ((target, line) for target in _targets(token.children or []))


def _targets(children: list[Token]) -> Iterator[str]:
    for token in children:
        target = token.attrs.get("href", token.attrs.get("src"))
        if isinstance(target, str):
            yield target
