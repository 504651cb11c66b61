"""What one file says, as far as rules that compare files ask; and that of all of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from cannery.check.minhash import minhash
from cannery.check.page import Page
from cannery.check.suppressions import Suppression, suppressions_in
from cannery.content.anchors import Heading, anchors, split_id
from cannery.content.files import is_other, read_bytes
from cannery.content.links import TITLE, targets
from cannery.content.markdown import Token
from cannery.content.synonyms import PATH as SYNONYMS
from cannery.content.visibility import Files, Lead, Reference, Visibility, follow
from cannery.errors import TemplateError
from cannery.model.entry import Audience
from cannery.model.location import Kind, Location, Problem, Status
from cannery.util.spans import Lines
from cannery.util.text import composed
from cannery.workspace import Workspace

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+:|//|/", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->")  # is on no site
_MDX_COMMENT = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}")
_INCLUDED = re.compile(r"\{\{[%<]")  # another engine puts the page together
_TEMPLATE = re.compile(r"\{[{%]|%7B%7B|%7B%25", re.IGNORECASE)
RENDER = re.compile(r"\{%-?\s*render\s+[\"']([^\"'\n]{1,200})[\"']")
ADDRESS = re.compile(r"[\"']([^\"'\n]{1,300})[\"']\s*\|\s*article_url\b")


ANY_ANCHOR = "*"


class Target(NamedTuple):
    """Where a relative link or picture leads: `path` from the root, `anchor` without its #."""

    line: int
    written: str
    path: str
    anchor: str
    is_image: bool


class Facts(NamedTuple):
    """What the rules that compare files need of one file. It survives a round trip through JSON.

    `lines` has the line of each front matter key; `names` the placeholders of a macro; `addresses`
    the ids that it gives to `article_url`, with their lines.
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

    def line(self, key: str) -> int:
        return self.lines.get(key, 1)


@dataclass(frozen=True)
class Whole:
    """The whole knowledge base, as the rules that compare files see it.

    `facts` by path. `outdated`: the variants whose original has changed since, by Git, each with
    the day when it did. `files`: the paths of all files below kb/.
    """

    workspace: Workspace
    facts: Mapping[str, Facts]
    outdated: Mapping[str, date] = field(default_factory=dict)
    files: Sequence[str] = ()

    @cached_property
    def others(self) -> Sequence[str]:
        """The files below kb/ that are neither articles nor macros."""
        return [path for path in self.files if is_other(path)]

    @cached_property
    def synonyms(self) -> bytes:
        """The bytes of synonyms.yml, which more than one rule looks at. Raises ContentError."""
        return read_bytes(self.workspace, SYNONYMS)

    @cached_property
    def entries(self) -> Sequence[Facts]:
        return [item for item in self.facts.values() if item.at.kind is not Kind.PART]

    @cached_property
    def ids(self) -> Mapping[str, Sequence[Facts]]:
        """The language variants of each id."""
        by_id: dict[str, list[Facts]] = {}
        for item in self.entries:
            by_id.setdefault(item.at.id, []).append(item)
        return by_id

    @cached_property
    def _tails(self) -> Mapping[str, Sequence[str]]:
        by_tail: dict[str, list[str]] = {}
        for id_ in self.ids:
            pieces = id_.split("/")
            for at in range(len(pieces)):
                by_tail.setdefault("/".join(pieces[at:]), []).append(id_)
        return by_tail

    def named(self, name: str) -> Sequence[str]:
        """The ids that a name resolves to: the id itself, or all that end with it."""
        return self._tails.get(composed(name), ())

    @cached_property
    def _by_name(self) -> Mapping[str, Facts]:
        return {composed(path): item for path, item in self.facts.items()}

    def file(self, path: str) -> Facts | None:
        """The file that a link's path names, however its letters are composed."""
        return self.facts.get(path) or self._by_name.get(composed(path))

    def lead(self, reference: Reference, id_: str, reader: Audience) -> Lead:
        """Where a reference to an entry leads for a reader."""
        files = Files([item.at for item in self.ids.get(id_, ())], self._visibility)
        return follow(reference, files, reader, self.workspace.settings.default_language)

    def _visibility(self, at: Location) -> Visibility | None:
        item = self.facts[at.path]
        return Visibility(Status(item.status), Audience(item.audience)) if item.status else None

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The current id by former id, if exactly one entry had that and none has it now."""
        ids_by_old: dict[str, set[str]] = {}
        for item in self.entries:
            for old in item.redirect_from:
                ids_by_old.setdefault(old, set()).add(item.at.id)
        return {
            old: next(iter(new))
            for old, new in ids_by_old.items()
            if len(new) == 1 and old not in self.ids
        }

    def original(self, item: Facts) -> Facts | None:
        """The variant in the default language; None if there is none, or this is it."""
        language = self.workspace.settings.default_language
        if item.at.language == language:
            return None
        variants = self.ids.get(item.at.id, ())
        return next((other for other in variants if other.at.language == language), None)


def facts(page: Page, problems: Sequence[Problem]) -> Facts:
    """Extract the facts of a page; `problems` are those of the page itself."""
    entry, macro = page.entry, page.macro
    result = Facts(page.at, allowed=suppressions_in(page.text), problems=problems)
    if entry is None:
        return result
    header = entry.header
    result = result._replace(
        title=header.title,
        audience=header.audience.value,
        status=header.status.value,
        owner=header.owner,
        reviewed=header.reviewed.isoformat() if header.reviewed else "",
        review_days=header.review_every.days if header.review_every else 0,
        related=header.related,
        redirect_from=header.redirect_from,
        lines=page.lines,
        body_line=page.body_line,
        targets=tuple(targets_of(page)),
        minhash=minhash(page.tokens),
    )
    if macro is None:
        return result._replace(anchors=sorted(_anchors(page)))
    return result._replace(
        shortcut=macro.shortcut,
        names=sorted(_names(page)),
        renders=sorted({name for source in page.sources for name in RENDER.findall(source.text)}),
        addresses=[
            (match[1], lines.of(match.start()))
            for source in page.sources
            for lines in (Lines(source.text, source.line),)
            for match in ADDRESS.finditer(source.text)
        ],
    )


def targets_of(page: Page) -> Iterator[Target]:
    """The relative links and pictures of a page."""
    for written, line, is_image in targets(page.tokens):
        if target := target_at(page, written, page.body_line + line - 1):
            yield target._replace(is_image=is_image)


def target_at(page: Page, written: str, line: int) -> Target | None:
    """Resolve a relative link of a page; None for an absolute address or one with Liquid in it."""
    if _SCHEME.match(written) or _TEMPLATE.search(written):
        return None
    before, _, anchor = written.partition("#")
    relative = unquote(before.partition("?")[0])
    folder = posixpath.dirname(page.path)
    path = posixpath.normpath(posixpath.join(folder, relative)) if relative else page.path
    return Target(line, written, path, unquote(anchor), is_image=False)


def _names(page: Page) -> set[str]:
    """The fields of a macro, and the names that its templates mention."""
    names = {item.name for item in page.macro.fields} if page.macro else set()
    try:
        names.update(page.variables)
    except TemplateError:
        return names  # told by another rule
    return {name for name in names if not name.startswith(("reply.", "cursor"))}


def _anchors(page: Page) -> set[str]:
    """What a link may name on this page's site: the ids of headings."""
    body = page.article.body if page.article else ""
    if _INCLUDED.search(body):
        return {ANY_ANCHOR}
    return {name for item in anchors(_headings(page, body)) for name in item if name}


def _headings(page: Page, body: str) -> Iterator[Heading]:
    """The headings of a page; the one that begins it is its title, and stands elsewhere."""
    is_title = TITLE.match(body) is not None
    comment = _MDX_COMMENT if page.path.endswith(".mdx") else _COMMENT
    for opening, inline in pairwise(page.tokens):
        if opening.type != "heading_open":
            continue
        if not is_title:
            yield split_id(comment.sub("", _text(inline)))
        is_title = False


def _text(inline: Token) -> str:
    children = [child for child in inline.children or () if child.type != "image"]
    return "".join(" " if child.type == "softbreak" else child.content for child in children)
