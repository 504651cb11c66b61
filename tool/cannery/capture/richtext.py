"""HTML from a help desk or a mail program -> Markdown. The only room of markdownify and bs4."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from cannery.content.markdown import safe_address

# What mail programs put around an answer: what it answers, and what nobody sees.
_QUOTED = "blockquote[type=cite], .gmail_quote, .gmail_signature, .yahoo_quoted, #divRplyFwdMsg"
_UNSEEN = "script, style, head, title, template, noscript, iframe, object, embed, form, img, svg"
_MAX_CHARS = 2_000_000
_MAX_DEPTH = 200
_BLOCKS = ["div", "p", "ul", "ol", "table", "pre", "blockquote"]
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_UNCLOSED = frozenset(
    "p li td th tr dt dd option br hr img input meta link col area base wbr source".split()
)
_BLANKS = re.compile(r"\n{3,}")


def as_markdown(html: str) -> str:
    """The text that a person sees, with its links, lists, emphasis and code.

    Without scripts, pictures, unsafe links and quoted mails. Raises ValueError for what is too
    large or nested too deep to be a reply.
    """
    if len(html) > _MAX_CHARS:
        raise ValueError(f"more than {_MAX_CHARS:,} characters of HTML")
    if _depth(html) > _MAX_DEPTH:
        raise ValueError("HTML that is nested too deep")
    try:
        soup = BeautifulSoup(html, "html.parser")
        _clean(soup)
        text = MarkdownConverter(
            heading_style="ATX",
            bullets="-",
            escape_misc=False,
            escape_asterisks=True,
            escape_underscores=False,
            newline_style="backslash",
        ).convert_soup(soup)
    except RecursionError as error:
        raise ValueError("HTML that is nested too deep") from error
    lines = (line.rstrip() for line in str(text).replace("\u00a0", " ").splitlines())
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


def _clean(soup: BeautifulSoup) -> None:
    for element in soup.select(f"{_QUOTED}, {_UNSEEN}"):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for link in soup.find_all("a"):
        address = str(link.get("href") or "")
        if not address or not safe_address(address):
            link.unwrap()
        elif address.removeprefix("mailto:") == link.get_text():
            link.replace_with(link.get_text())
        else:
            link.attrs = {"href": address}
    _join_lines(soup)


def _join_lines(soup: BeautifulSoup) -> None:
    """A `div` a line, as Gmail and Outlook write, becomes paragraphs, an empty one their gap."""
    before: Tag | None = None  # the paragraph that the next line may belong to
    for line in soup.find_all("div"):
        if line.find(_BLOCKS):
            continue
        if not line.get_text(strip=True):
            line.decompose()
            before = None
            continue
        line.name = "p"
        if before is not None and _neighbour(line) is before:
            before.append(soup.new_tag("br"))
            before.extend([*line.contents])
            line.decompose()
        else:
            before = line


def _neighbour(line: Tag) -> object:
    """The element before it, with nothing but blanks between."""
    found = line.previous_sibling
    while isinstance(found, NavigableString) and not found.strip():
        found = found.previous_sibling
    return found


def _depth(html: str) -> int:
    """How deep elements are nested at most, of those that have to be closed."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _UNCLOSED:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest
