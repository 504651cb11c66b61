"""What one file says, as far as the rules that compare files ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cannery.check.minhash import minhash
from cannery.check.page import MAX_PARSED, Page
from cannery.check.personal_data import Contact, contacts_in
from cannery.content.anchors import Heading, anchors, headings
from cannery.content.layout import is_front
from cannery.content.links import TITLE
from cannery.content.own_addresses import own_addresses
from cannery.content.pieces import is_piece
from cannery.content.relative_links import (
    RelativeLink,
    link_tokens,
    relative_link,
    relative_links,
    without_comments,
)
from cannery.content.split import line_feeds
from cannery.content.suppressions import Suppression, suppressions_in
from cannery.content.visibility import (
    leaves_audience_open,
)
from cannery.errors import TemplateError
from cannery.model.entry import Article, Audience, Entry
from cannery.model.location import Location, Problem
from cannery.util.spans import Lines

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)")  # is on no site
_MDX_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)")
# Another engine puts the page together: of shortcodes, snippets, a program's own words.
_INCLUDED = re.compile(
    r"\{\{[%<]|^(?:-{1,9}8<-{1,9}|\{!.{0,200}!\}|::: [a-z][\w-]*+(?:\.\w|\n {2,4}:))", re.MULTILINE
)
_NAMED = re.compile(r"<(?:a|span)\s[^<>]{0,200}?\b(?:id|name)=[\"']?([\w:.-]{1,100})")
_TEMPLATE = re.compile(r"\{[{%]|%7B%7B|%7B%25", re.IGNORECASE)
RENDER = re.compile(r"\{%-?\s*render\s+[\"']([^\"'\n]{1,200})[\"']")
ADDRESS = re.compile(r"[\"']([^\"'\n]{1,300})[\"']\s*\|\s*article_url\b")


ANY_ANCHOR, TITLE_MARK, TAG_MARK = "*", "^", "<"


Target = RelativeLink  # here its line is the file's, not the body's


class Facts(NamedTuple):
    """What the rules that compare files need of one file. It survives a round trip through JSON.

    `lines` has the line of each front matter key; `names` the placeholders of a macro. `renders`
    are the parts that a macro or part renders itself, `addresses` what it gives to `article_url`,
    with 1-based lines. `own_addresses` are where a public article leads to pages of the own site by
    address. `audience` is public for a front page that leaves it open. `title` is empty where a
    file names none. `contacts` are what people are reached by. `left_open`
    is as that of an article, `attachments` as those of a macro.
    """

    at: Location
    title: str = ""
    audience: str = ""
    status: str = ""
    owner: str = ""
    reviewed: str = ""
    review_days: int = 0
    related: Sequence[str] = ()
    redirect_from: Sequence[str] = ()
    lines: Mapping[str, int] = {}
    body_line: int = 1
    shortcut: str = ""
    names: Sequence[str] = ()
    renders: Sequence[str] = ()
    addresses: Sequence[tuple[str, int]] = ()
    targets: Sequence[Target] = ()
    anchors: Sequence[str] = ()
    minhash: str = ""
    allowed: Sequence[Suppression] = ()
    problems: Sequence[Problem] = ()
    own_addresses: Sequence[tuple[str, int]] = ()
    contacts: Sequence[Contact] = ()
    left_open: Sequence[str] = ()
    attachments: Sequence[str] = ()

    def line(self, key: str) -> int:
        return self.lines.get(key, 1)


def facts(page: Page, problems: Sequence[Problem]) -> Facts:
    """Extract the facts of a page; `problems` are those of the page itself."""
    entry, macro = page.entry, page.macro
    allowed, contacts = suppressions_in(page.text), tuple(contacts_in(page.text))
    result = Facts(page.at, allowed=allowed, problems=problems, contacts=contacts)
    if entry is None:
        return result._replace(renders=_renders(page), addresses=_addresses(page))
    header = entry.header
    result = result._replace(
        title=header.title if _is_titled(page) else "",
        audience=_audience(page, entry).value,
        status=header.status.value,
        owner=header.owner,
        reviewed=header.reviewed.isoformat() if header.reviewed else "",
        review_days=header.review_every.days if header.review_every else 0,
        related=header.related,
        redirect_from=header.redirect_from,
        lines=page.lines,
        body_line=page.body_line,
        targets=tuple(shown_targets(page)),
        minhash=minhash(page.tokens),
    )
    if isinstance(entry, Article):
        result = result._replace(left_open=entry.left_open)
    if macro is None:
        return result._replace(anchors=sorted(_anchors(page)), own_addresses=_own_addresses(page))
    return result._replace(
        shortcut=macro.shortcut,
        names=sorted(_names(page)),
        renders=_renders(page),
        addresses=_addresses(page),
        attachments=macro.attachments,
    )


def _is_titled(page: Page) -> bool:
    """Whether a page names its title, in front matter or by a heading of the first level."""
    first = next((token for token in page.tokens if token.type == "heading_open"), None)
    return "title" in page.lines or (first is not None and first.tag == "h1")


def _audience(page: Page, entry: Entry) -> Audience:
    """Whom an entry is for, at most: a front page that leaves it open, for all."""
    is_sound_front = is_front(page.path) and not page.loaded.problems
    if not is_sound_front or not isinstance(entry, Article):
        return entry.header.audience
    is_open = leaves_audience_open(entry, page.source, page.settings.front_matter)
    return Audience.PUBLIC if is_open else entry.header.audience


def _renders(page: Page) -> Sequence[str]:
    return sorted({name for source in page.sources for name in RENDER.findall(source.text)})


def _addresses(page: Page) -> Sequence[tuple[str, int]]:
    return [
        (match[1], lines.of(match.start()))
        for source in page.sources
        for lines in (Lines(source.text, source.line),)
        for match in ADDRESS.finditer(source.text)
    ]


def targets_of(page: Page) -> Iterator[Target]:
    """The relative links and pictures of a page, comments included, but for those with Liquid."""
    return (item for item in _links_in(page, page.tokens) if not _TEMPLATE.search(item.written))


def shown_targets(page: Page) -> Iterator[Target]:
    """Those that readers get to see: of an article, all that its page on the site has."""
    if page.article is None:
        return targets_of(page)
    return _links_in(page, shown_tokens(page, page.article))


def shown_tokens(page: Page, article: Article) -> Sequence[Token]:
    """Those of a page's text without its comments, as far as there are links in it."""
    text = without_comments(page.path, article.body)
    is_parsed = len(article.body) <= MAX_PARSED and text == line_feeds(article.body)
    return page.tokens if is_parsed else link_tokens(text)


def _own_addresses(page: Page) -> Sequence[tuple[str, int]]:
    if page.article is None or _audience(page, page.article) is not Audience.PUBLIC:
        return ()
    text = without_comments(page.path, page.article.body)
    return [
        (written, page.body_line + line - 1) for written, line in own_addresses(text, page.settings)
    ]


def _links_in(page: Page, tokens: Iterable[Token]) -> Iterator[Target]:
    for item in relative_links(page.path, tokens):
        yield item._replace(line=page.body_line + item.line - 1)


def target_at(page: Page, written: str, line: int) -> Target | None:
    """Resolve a relative link of a page; None for an absolute address or one with Liquid in it."""
    return None if _TEMPLATE.search(written) else relative_link(page.path, written, line)


def _names(page: Page) -> set[str]:
    """The fields of a macro, and the names that its templates mention."""
    names = {item.name for item in page.macro.fields} if page.macro else set()
    try:
        names.update(page.variables)
    except TemplateError:
        return names  # told by another rule
    return {name for name in names if not name.startswith(("reply.", "cursor"))}


def _anchors(page: Page) -> set[str]:
    """What a link may name on this page's site: the ids of headings, and two kinds that are none.

    `TITLE_MARK` is before that of the title, `TAG_MARK` before what HTML tags name.
    """
    body = page.article.body if page.article else ""
    if _INCLUDED.search(body) or is_piece(page.path):
        return {ANY_ANCHOR}
    comment = _MDX_COMMENT if page.path.endswith(".mdx") else _COMMENT
    found = [*headings(page.tokens, comment)]
    # The one that begins the page is its title, and stands elsewhere.
    first = 1 if TITLE.match(body) else 0
    shown = {name for item in anchors(found[first:]) for name in item if name}
    named = [Heading(page.article.header.title), *found[:first]] if page.article else []
    title = {TITLE_MARK + item.id for item in anchors(named) if item.id}
    return shown | title | {TAG_MARK + name for name in _NAMED.findall(body)}
