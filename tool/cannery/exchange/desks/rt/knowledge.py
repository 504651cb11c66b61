"""Articles of ours as articles of Request Tracker, in classes of their own.

Their names end with a code that is made of the entry's id, `Proxies ;network-proxies (ja)`: nothing
else tells there which articles are one in several languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from cannery.content.markdown import Token, tree
from cannery.exchange.body import from_plain
from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.rt import articles
from cannery.exchange.desks.rt.classes import HTML, Classes
from cannery.exchange.desks.texts.articles import Articles, Markup, placed
from cannery.exchange.desks.texts.group import languages_of
from cannery.exchange.desks.texts.records import Records
from cannery.model.desk import Family, Outgoing
from cannery.model.location import Kind
from cannery.model.loss import Loss
from cannery.render.article import Addresses, article_html
from cannery.render.article_markdown import article_markdown
from cannery.render.text import text
from cannery.richtext.article import article_nodes

_AUDIENCE = "audience"
_NO_PLACE = "Request Tracker has no place for it: it stays in the file alone"


class Knowledge(Articles):
    """`exchange.desks.keeper.Keeper` for articles whose records have a code in their names."""

    def __init__(self, opening: Opening, records: Records, markup: Markup) -> None:
        super().__init__(opening, records, markup)
        self._as_kept = records.as_kept

    def outgoing(self, family: Family) -> Outgoing:
        said = super().outgoing(family)
        code = family.id.removeprefix("articles/").replace("/", "-")
        parts = {**said.parts, "shortcut": f";{code}"}
        if not languages_of(parts):
            return said._replace(parts=parts)
        kept = self._as_kept(parts).parts
        # RT shows articles to agents alone: what comes from there is internal here, and no loss.
        lost = sorted({name.partition(".")[0] for name in parts.keys() - kept.keys()} - {_AUDIENCE})
        names = ", ".join("tags" if name == "keywords" else name for name in lost)
        losses = (Loss(family.id, 0, names, _NO_PLACE),) if lost else ()
        return said._replace(parts=kept, losses=(*said.losses, *losses))


def knowledge_of(opening: Opening) -> Knowledge:
    """Raises SettingsError for want of classes for articles."""
    store = articles.Articles(opening, Kind.ARTICLE)
    records = Records(opening.default_language, store, kind=Kind.ARTICLE)
    is_html = opening.settings.options.get("format") == HTML
    there, here = (_html, _of_html) if is_html else (_text, _of_text)
    return Knowledge(opening, records, Markup(there, here, Classes(opening, Kind.ARTICLE).kept))


def _text(tokens: Sequence[Token], addresses: Addresses, _: str) -> str:
    return text(tuple(placed(tree(tokens), addresses)))


def _of_text(written: str, _: str) -> str:
    return from_plain(written)


def _html(tokens: Sequence[Token], addresses: Addresses, _: str) -> str:
    return canonical_html(article_html(tokens, addresses))


def _of_html(written: str, language: str) -> str:
    return article_markdown(article_nodes(written), language).text.strip("\n") + "\n"
