"""What of an article of ours customers get, at whatever desk: its texts, and where links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cannery.content.comments import strip_comments, strip_line
from cannery.content.markdown import Token, parse
from cannery.content.relative_links import is_page, relative_link
from cannery.content.visibility import followed, visibility_of, why_hidden
from cannery.exchange.desks.desk import Opening
from cannery.model.desk import Family
from cannery.model.entry import Article, Audience
from cannery.model.location import Kind
from cannery.model.loss import Loss
from cannery.util.plain import one_line
from cannery.util.text import fold_name

_FROM_ROOT = re.compile(r"/(?!hc/)(?:[\w-]{1,20}/)?(?:articles|macros)/")
_HEADING = 3  # tokens: opening, words, end


def shown_languages(family: Family, default: str) -> dict[str, Article]:
    """The languages of an article that all may see, the default one first.

    The rule that the site and the check have, once more: nothing else goes to customers.
    """
    articles = {at: one for at, one in family.by_language.items() if isinstance(one, Article)}
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


def title_of(article: Article) -> str:
    """The title without comments, which no customer sees on the site either."""
    return one_line(strip_line(article.header.title)) or article.at.id.rpartition("/")[2]


def tokens_of(article: Article) -> list[Token]:
    """The tokens without a heading that only repeats the title, which a desk shows itself."""
    body = strip_comments(article.body, mdx=article.at.path.endswith(".mdx"))
    tokens = parse(body, language=article.at.language)
    if len(tokens) < _HEADING or (tokens[0].type, tokens[0].tag) != ("heading_open", "h1"):
        return tokens
    is_title = fold_name(tokens[1].content) == fold_name(title_of(article))
    return tokens[_HEADING:] if is_title else tokens


@dataclass
class Links:
    """Where the links of an article lead at a desk; `losses` are told as they are met.

    `no_file` says why a link to a file that is no page of ours is lost.
    """

    opening: Opening
    article: Article
    no_file: str
    _losses: dict[Loss, None] = field(default_factory=dict)  # in order: there may be thousands

    @property
    def losses(self) -> list[Loss]:
        """What was lost so far, each once."""
        return [*self._losses]

    def lose(self, what: str, why: str) -> None:
        self._losses[Loss(self.article.at.path, 0, what[:100], why)] = None

    def address(self, written: str) -> str:
        """The address of what a link leads to; empty where customers have none."""
        link = relative_link(self.article.at.path, written, 0)
        if link is None or written.startswith("#"):
            return self._from_root(written) if _FROM_ROOT.match(written) else written
        files = self.opening.files
        if files is None or not is_page(link):
            self.lose(written, self.no_file)
            return ""
        at = files.at(link.path)
        return self._of_entry(written, at.id if at.kind is Kind.ARTICLE else "")

    def _from_root(self, written: str) -> str:
        """The address for what leads from the root of our own site, which a desk is not."""
        id_ = self.opening.entry_at(written.partition("#")[0])
        if id_:
            return self._of_entry(written, id_ if id_.startswith("articles/") else "")
        self.lose(written, "it leads from the root of your own site: at the desk, to no page")
        return written

    def _of_entry(self, written: str, id_: str) -> str:
        """The address of an article, with the anchor; a macro's page is on the internal site."""
        address = self.opening.address_of(id_, self.article.at.language) if id_ else ""
        if not address:
            self.lose(written, "customers have no address for the article it leads to")
            return ""
        anchor = written.partition("#")[2]
        return f"{address}#{anchor}" if anchor else address
