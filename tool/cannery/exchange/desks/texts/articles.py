"""Articles of ours as a desk keeps them that has one text a record, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from cannery.content.comments import strip_line
from cannery.content.markdown import Node, Token, tree
from cannery.content.relative_links import relative_link
from cannery.exchange.desks.article_html import canonical
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.public_article import Links, shown_languages, title_of, tokens_of
from cannery.exchange.desks.texts.group import languages_of
from cannery.exchange.desks.texts.kept import Kept, OfRecords
from cannery.model.desk import Content, Family, Incoming, Outgoing, Record, Version
from cannery.model.entry import Article, Audience
from cannery.model.loss import Loss
from cannery.render.article import Addresses, article_html
from cannery.util.plain import one_line

_MOST = 1_000_000  # characters of a text
_NO_FILE = "a link to a file of yours, which the desk does not get"
_NO_PLACE = "the desk has no place for it: it stays in the file alone"
_HERE_ALONE = ("keywords", "owner", "related", "review_every", "reviewed")


class Markup(NamedTuple):
    """How a desk has articles: `there` makes its text of tokens, `here` our Markdown of a text.

    `section` is what a section of ours is called there. One that `has_translations` has all of our
    languages, else only the default one.
    """

    there: Callable[[Sequence[Token], Addresses, str], str]
    here: Callable[[str, str], str]
    section: Callable[[str], str] = str
    has_translations: bool = True


class Articles(OfRecords):
    """`exchange.desks.keeper.Keeper` for articles, by what a desk's records can say."""

    def __init__(self, opening: Opening, records: Kept, markup: Markup) -> None:
        super().__init__(records)
        self._opening, self._markup = opening, markup

    def outgoing(self, family: Family) -> Outgoing:
        """The article as the desk would keep it: of it, only what all may see."""
        shown = shown_languages(family, self._opening.default_language)
        losses: list[Loss] = []
        if not self._markup.has_translations:
            default = self._opening.default_language
            losses += [
                Loss(one.at.path, 0, language, "the desk gets the default language alone")
                for language, one in shown.items()
                if language != default
            ]
            shown = {language: one for language, one in shown.items() if language == default}
        section = family.id.removeprefix("articles/").rpartition("/")[0]
        parts: dict[str, Content] = {"active": bool(shown)}
        if named := self._markup.section(section):
            parts["section"] = named
        if shown:
            parts["audience"] = Audience.PUBLIC.value
        for language, article in shown.items():
            links = Links(self._opening, article, _NO_FILE)
            addresses = Addresses(links.address, partial(_no_picture, links))
            own = {
                "title": title_of(article),
                "body": self._markup.there(tokens_of(article), addresses, language),
                "summary": one_line(strip_line(article.header.summary)),
                "keywords": sorted(
                    {tag for one in article.header.tags if (tag := strip_line(one))}
                ),
            }
            parts |= {f"{name}.{language}": it for name, it in own.items() if it}
            losses += [*links.losses, *_kept_here(article)]
        title = next((title_of(one) for one in shown.values()), family.id)
        return Outgoing(title, parts, tuple(losses))

    def incoming(self, record: Record) -> Incoming:
        versions: dict[str, Version] = {}
        losses: list[Loss] = []
        unread: dict[str, str] = {}
        for language in languages_of(record.parts):
            text = str(record.parts.get(f"body.{language}") or "")
            if len(text) > _MOST:
                why = f"longer than {_MOST:,} characters"
                losses.append(Loss("", 0, record.title, why))
                unread[language] = why
                continue
            try:
                body = self._markup.here(text, language)
            except ValueError as error:
                losses.append(Loss("", 0, record.title, str(error)))
                unread[language] = str(error)
                continue
            versions[language] = Version(self._keys(record, language), body)
        section = str(record.parts.get("section") or "")
        return Incoming(section, record.title, versions, tuple(losses), unread=unread)

    def _keys(self, record: Record, language: str) -> dict[str, object]:
        """The keys that the desk can say; what is not published there is a draft here."""
        parts, said = record.parts, self._records.parts
        keys: dict[str, object] = {
            "title": parts.get(f"title.{language}") or None,
            "audience": parts.get("audience") or Audience.INTERNAL.value,
            "status": None if parts.get("active") is not False else "draft",
        }
        if "summary" in said:
            keys["summary"] = parts.get(f"summary.{language}") or None
        if "keywords" in said:
            tags = parts.get(f"keywords.{language}")
            keys["tags"] = [*tags] if isinstance(tags, list | tuple) and tags else None
        return keys


def _kept_here(article: Article) -> Iterable[Loss]:
    if keys := [key for key in _HERE_ALONE if getattr(article.header, key)]:
        yield Loss(article.at.path, 0, ", ".join(keys), _NO_PLACE)


def _no_picture(links: Links, written: str) -> str:
    if relative_link(links.article.at.path, written, 0) is None:
        return written
    links.lose(written, "an image of yours, which the desk does not get")
    return ""


def placed(nodes: Iterable[Node], addresses: Addresses) -> Iterable[Node]:
    """The nodes with other addresses; what leads nowhere is only its text."""
    for node in nodes:
        children = tuple(placed(node.children, addresses))
        key = {"link": "href", "image": "src"}.get(node.type)
        if key is None:
            yield replace(node, children=children)
            continue
        convert = addresses.link if node.type == "link" else addresses.picture
        if address := convert(node.attrs.get(key, "")):
            yield replace(node, attrs={**node.attrs, key: address}, children=children)
        else:
            yield from children


def in_html(tokens: Sequence[Token], addresses: Addresses, _: str) -> str:
    """The HTML of an article whose links lead to addresses."""
    return canonical(article_html(tokens, addresses))


def from_html(html: str, language: str) -> str:
    """Our Markdown of an article's HTML. Raises ValueError for what is too large."""
    from cannery.render.article_markdown import article_markdown
    from cannery.richtext.article import article_nodes

    return article_markdown(article_nodes(html), language).text


def in_markdown(tokens: Sequence[Token], addresses: Addresses, language: str) -> str:
    """The Markdown of an article whose links lead to addresses."""
    from cannery.render.article_markdown import article_markdown

    return article_markdown(tuple(placed(tree(tokens), addresses)), language).text.strip("\n")
