"""An article of ours -> what Guide would keep of it."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.content.comments import strip_line
from cannery.content.markdown import Token
from cannery.content.relative_links import relative_link
from cannery.errors import ContentError
from cannery.exchange.desks.article_html import canonical
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.public_article import Links, shown_languages, title_of, tokens_of
from cannery.exchange.desks.zendesk.guide_html import FILE
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
from cannery.model.loss import Loss
from cannery.render.article import Addresses, article_html

_FOLDS = "???"
_NO_FILE = "a link to a file of yours: Guide gets none but images"


class GuideOut:
    """Writes articles for one help centre."""

    def __init__(self, opening: Opening, pictures: Pictures, locales: Locales) -> None:
        self._opening, self._pictures, self._locales = opening, pictures, locales

    def outgoing(self, family: Family) -> Outgoing:
        """The article as Guide would keep it: of it, only what all may see."""
        shown = shown_languages(family, self._opening.default_language)
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
            parts[TITLE + language] = title_of(article)
            parts[LIVE + language] = True
            writing = _Writing(self._opening, self._pictures, article)
            parts[BODY + language] = writing.html()
            losses += writing.links.losses
        return Outgoing(title_of(first) if first else family.id, parts, tuple(losses))


class _Writing:
    """An article's text on its way; `links.losses` are told as they are met."""

    def __init__(self, opening: Opening, pictures: Pictures, article: Article) -> None:
        self.links = Links(opening, article, _NO_FILE)
        self._pictures, self._article = pictures, article

    def html(self) -> str:
        tokens = tokens_of(self._article)
        self._note_losses(tokens)
        self._note_redirects()
        return canonical(article_html(tokens, Addresses(self.links.address, self._picture)))

    def _picture(self, written: str) -> str:
        link = relative_link(self._article.at.path, written, 0)
        if link is None:
            return written
        try:
            return FILE + self._pictures.name_of(link.path)
        except ContentError as error:
            self.links.lose(written, error.message)
            return ""

    def _note_losses(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "fence" and len(token.info.split(maxsplit=1)) > 1:
                self.links.lose(
                    token.info.strip(), "of a code block, Guide keeps the language alone"
                )
            elif token.type == "box_open" and _folds(token):
                self.links.lose("a box that folds", "Guide shows it open")
            elif token.type == "tab_open":
                self.links.lose("tabs", "Guide shows them one below the other")

    def _note_redirects(self) -> None:
        """Earlier ids need none: an article keeps its number, and so its address at Guide."""
        for name in self._article.header.redirect_from:
            if name.startswith("/") or "://" in name:
                self.links.lose(name, "an earlier address: make a redirect rule at the desk")


def _folds(box: Token) -> bool:
    return box.info.startswith(_FOLDS) or box.tag == "details"
