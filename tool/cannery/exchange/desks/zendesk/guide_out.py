"""An article of ours -> what Guide would keep of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cannery.content.comments import strip_comments, strip_line
from cannery.content.markdown import Token, parse
from cannery.content.relative_links import is_page, relative_link
from cannery.content.visibility import followed, visibility_of, why_hidden
from cannery.errors import ContentError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.guide_html import FILE, canonical
from cannery.exchange.desks.zendesk.guide_locales import Locales
from cannery.exchange.desks.zendesk.guide_parts import (
    ACTIVE,
    AUDIENCE,
    BODY,
    LABELS,
    LIVE,
    SECTION,
    TITLE,
    label_key,
)
from cannery.exchange.desks.zendesk.guide_pictures import Pictures
from cannery.model.desk import Content, Family, Outgoing
from cannery.model.entry import Article, Audience
from cannery.model.location import Kind
from cannery.model.loss import Loss
from cannery.render.article import Addresses, article_html
from cannery.util.plain import one_line
from cannery.util.text import fold_name

_FOLDS = "???"


class GuideOut:
    """Writes articles for one help centre."""

    def __init__(self, opening: Opening, pictures: Pictures, locales: Locales) -> None:
        self._opening, self._pictures, self._locales = opening, pictures, locales

    def outgoing(self, family: Family) -> Outgoing:
        """The article as Guide would keep it: of it, only what all may see."""
        articles = {at: one for at, one in family.by_language.items() if isinstance(one, Article)}
        shown = self._shown(articles)
        parts: dict[str, Content] = {
            SECTION: family.id.removeprefix("articles/").rpartition("/")[0],
            ACTIVE: bool(shown),
        }
        if shown:
            parts[AUDIENCE] = Audience.PUBLIC.value
        losses: list[Loss] = []
        first = next(iter(shown.values()), None)
        named = getattr(first.header, label_key(self._opening)) if first else ()
        if labels := sorted({label for one in named if (label := strip_line(one))}):
            parts[LABELS] = labels
        for language, article in shown.items():
            if language not in self._locales.by_language:
                why = "the help centre does not have this language"
                losses.append(Loss(article.at.path, 0, language, why))
                continue
            parts[TITLE + language] = _title(article)
            parts[LIVE + language] = True
            writing = _Writing(self._opening, self._pictures, article)
            parts[BODY + language] = writing.html()
            losses += writing.losses
        return Outgoing(_title(first) if first else family.id, parts, tuple(losses))

    def _shown(self, articles: dict[str, Article]) -> dict[str, Article]:
        """The languages of an article that all may see, the default one first.

        The rule that the site and the check have, once more: nothing else goes to customers.
        """
        default = self._opening.default_language
        original = articles.get(default)
        shown: dict[str, Article] = {}
        for language in sorted(articles, key=lambda item: (item != default, item)):
            article = articles[language]
            own = visibility_of(article)
            if original is not None:
                own = followed(own, visibility_of(original), article.left_open)
            if why_hidden(article.at, own, Audience.PUBLIC) is None:
                shown[language] = article
        return shown


@dataclass
class _Writing:
    """An article's text on its way; `losses` are told as they are met."""

    opening: Opening
    pictures: Pictures
    article: Article
    losses: list[Loss] = field(default_factory=list)

    def html(self) -> str:
        article = self.article
        body = strip_comments(article.body, mdx=article.at.path.endswith(".mdx"))
        tokens = _below_title(parse(body, language=article.at.language), _title(article))
        self._note_losses(tokens)
        self._note_redirects()
        return canonical(article_html(tokens, Addresses(self._link, self._picture)))

    def _lose(self, what: str, why: str) -> None:
        loss = Loss(self.article.at.path, 0, what[:100], why)
        if loss not in self.losses:
            self.losses.append(loss)

    def _link(self, written: str) -> str:
        """The address of what a link leads to; empty where customers have none."""
        link = relative_link(self.article.at.path, written, 0)
        files = self.opening.files
        if link is None or written.startswith("#"):
            return written
        if files is None or not is_page(link):
            self._lose(written, "a link to a file of yours: Guide gets none but images")
            return ""
        at = files.at(link.path)
        is_article = at.kind is Kind.ARTICLE  # a macro's page is on the internal site
        address = self.opening.address_of(at.id, self.article.at.language) if is_article else ""
        if not address:
            self._lose(written, "customers have no address for the article it leads to")
            return ""
        anchor = written.partition("#")[2]
        return f"{address}#{anchor}" if anchor else address

    def _picture(self, written: str) -> str:
        link = relative_link(self.article.at.path, written, 0)
        if link is None:
            return written
        try:
            return FILE + self.pictures.name_of(link.path)
        except ContentError as error:
            self._lose(written, error.message)
            return ""

    def _note_losses(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "fence" and len(token.info.split(maxsplit=1)) > 1:
                self._lose(token.info.strip(), "of a code block, Guide keeps the language alone")
            elif token.type == "box_open" and _folds(token):
                self._lose("a box that folds", "Guide shows it open")
            elif token.type == "tab_open":
                self._lose("tabs", "Guide shows them one below the other")

    def _note_redirects(self) -> None:
        """Earlier ids need none: an article keeps its number, and so its address at Guide."""
        for name in self.article.header.redirect_from:
            if name.startswith("/") or "://" in name:
                self._lose(name, "an earlier address: make a redirect rule at the desk")


def _title(article: Article) -> str:
    """The title without comments, which no customer sees on the site either."""
    return one_line(strip_line(article.header.title)) or article.at.id.rpartition("/")[2]


def _below_title(tokens: list[Token], title: str) -> list[Token]:
    """The tokens without a heading that only repeats the title, which Guide shows itself."""
    if len(tokens) < 3 or tokens[0].type != "heading_open" or tokens[0].tag != "h1":  # noqa: PLR2004 - opening, words, end
        return tokens
    return tokens[3:] if fold_name(tokens[1].content) == fold_name(title) else tokens


def _folds(box: Token) -> bool:
    return box.info.startswith(_FOLDS) or box.tag == "details"
