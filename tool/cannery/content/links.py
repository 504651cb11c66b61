"""Links: an article's public address, and where the links in a body lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from cannery.content.files import Scan
from cannery.content.library import Variants, catalogue, load
from cannery.content.markdown import Token
from cannery.content.marks import Url
from cannery.model.entry import Article, Audience
from cannery.model.location import Kind, Location, Status
from cannery.workspace import Settings, Workspace

# The articles of these names are the pages of their sections.
SECTION_PAGES = ("index", "README")


def section_of(id_: str) -> str:
    """The section that an article is the page of; empty for any other article."""
    folder, _, name = id_.rpartition("/")
    return folder if name in SECTION_PAGES else ""


def site_path(at: Location, settings: Settings) -> str:
    """An entry's page below the site's address: `articles/net/har/`, `ja/articles/net/har/`."""
    language = "" if at.language == settings.default_language else f"{quote(at.language)}/"
    return f"{language}{quote(section_of(at.id) or at.id)}/"


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


def targets(tokens: Iterable[Token]) -> Iterator[tuple[str, int, bool]]:
    """The targets of links and images, each with its 1-based line, and whether it is an image."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or []:
            if child.type == "softbreak":
                line += 1
            target = child.attrs.get("href", child.attrs.get("src"))
            if isinstance(target, str):
                yield target, line, child.type == "image"
