"""The relative links and pictures of a text, each with the file that it names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from cannery.content.files import ENDINGS
from cannery.content.links import targets
from cannery.content.markdown import Token, parse_where
from cannery.content.split import line_feeds

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*+:|//|/", re.IGNORECASE)
_BRACKET = re.compile(r"\]")


class RelativeLink(NamedTuple):
    """A relative link or picture: its 1-based line in the body, and where it leads.

    `path` is from the root, `anchor` is without its #. What begins with # or ? leads to the file
    itself.
    """

    line: int
    written: str
    path: str
    anchor: str = ""
    is_image: bool = False


def is_page(link: RelativeLink) -> bool:
    """Whether a link names a Markdown file, which a site has as a page."""
    return link.path.endswith(ENDINGS)


def relative_links(path: str, tokens: Iterable[Token]) -> Iterator[RelativeLink]:
    """Those of a file's tokens; `path` is the file's, from the root."""
    for written, line, is_image in targets(tokens):
        if link := relative_link(path, written, line):
            yield link._replace(is_image=is_image)


def relative_link(path: str, written: str, line: int) -> RelativeLink | None:
    """Where an address in the file at `path` leads; None for one that is not relative."""
    if _OUTSIDE.match(written):
        return None
    before, _, anchor = written.partition("#")
    named = unquote(before.partition("?")[0])
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), named)) if named else path
    return RelativeLink(line, written, target, unquote(anchor))


def as_written(link: RelativeLink) -> str:
    """The path that a link would name if # and ? were letters of it."""
    piece = unquote(link.written)
    named = unquote(link.written.partition("#")[0].partition("?")[0])
    return link.path + piece.removeprefix(named)


def link_tokens(text: str) -> list[Token]:
    """The tokens of a text, as far as there are links in it."""
    if "](" not in text and "]:" not in text:
        return []  # every link has one of them
    return parse_where(text, _BRACKET)


def without_comments(path: str, body: str) -> str:
    """A file's body without what no page shows; lines stay where they are."""
    is_mdx = path.endswith(".mdx")
    if "<!--" not in body and not (is_mdx and "{/*" in body):
        return line_feeds(body)
    from cannery.content.comments import strip_html_comments  # most files have no comments

    return strip_html_comments(body, mdx=is_mdx)
