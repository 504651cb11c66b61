"""What a reader of an article stumbles over: links, pictures, headings, age, and leaks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from unicodedata import category, normalize
from urllib.parse import unquote

from cannery.check.rule import Checked, Rule
from cannery.content.files import ENDINGS
from cannery.content.links import targets
from cannery.model import Article, Audience, Entry, Macro
from cannery.place import Problem, Severity

_MAX_IMAGE = 2_000_000  # bytes; more is a photograph straight from the camera
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_EXPLICIT_ANCHOR = re.compile(r"\{#([\w.:-]+)|\b(?:id|name)=[\"']([^\"']+)")


def links(checked: Checked) -> Iterator[Problem]:
    """Relative links and pictures of articles that lead nowhere, or to too much."""
    for article in checked.articles:
        for target, line, is_image in targets(checked.tokens(article)):
            path = unquote(re.split("[?#]", target, maxsplit=1)[0])
            if not path or _SCHEME.match(target) or path.startswith("/"):
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(article.at.path), path))
            where = article.body_line + line - 1
            if is_image:
                yield from _image(checked, article, place, where)
            elif path.endswith(ENDINGS) and place not in checked.found.stamps:
                message = f"the link to {target:.100} leads nowhere"
                yield Problem(article.at.path, where, "link", message, "Correct or remove it.")


def _image(checked: Checked, article: Article, place: str, line: int) -> Iterator[Problem]:
    file = checked.workspace.root / place
    if not place.startswith("kb/") or not file.is_file() or file.is_symlink():
        message = f"the picture {place.removeprefix('kb/'):.100} is not there"
        yield Problem(article.at.path, line, "image", message, "Add it below kb/, or remove it.")
    elif (size := file.stat().st_size) > _MAX_IMAGE:
        message = f"the picture {place.removeprefix('kb/'):.100} has {size / 1e6:.0f} MB"
        hint = f"Readers wait for it: make it smaller than {_MAX_IMAGE / 1e6:.0f} MB."
        yield Problem(article.at.path, line, "image", message, hint, Severity.WARNING)


def anchors(checked: Checked) -> Iterator[Problem]:
    """Links to a heading that is not there, in this article or another."""
    known: dict[str, set[str]] = {}
    for article in checked.articles:
        for target, line, is_image in targets(checked.tokens(article)):
            path, hash_, anchor = target.partition("#")
            if is_image or not hash_ or not anchor or _SCHEME.match(target) or path[:1] == "/":
                continue
            if "/" in anchor:  # another engine's: a tab, a route
                continue
            place = article.at.path
            if path:
                place = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path)))
            other = checked.by_path.get(place)
            if not isinstance(other, Article):
                continue  # another rule's business
            if place not in known:
                known[place] = _anchors(checked, other)
            if unquote(anchor).lower() not in known[place]:
                message = f"there is no heading #{unquote(anchor):.80} in {other.at.path}"
                where = article.body_line + line - 1
                hint = "Correct or remove it."
                yield Problem(article.at.path, where, "anchor", message, hint, Severity.WARNING)


def _anchors(checked: Checked, article: Article) -> set[str]:
    """What a link may name: headings as MkDocs and as Git hosts spell them, and explicit ids."""
    found = {
        name.lower() for pair in _EXPLICIT_ANCHOR.findall(article.body) for name in pair if name
    }
    tokens = checked.tokens(article)
    for heading, inline in pairwise(tokens):
        if heading.type != "heading_open":
            continue
        text = "".join(child.content for child in inline.children or [])
        text = re.sub(r"\{[:#][^}]*\}", "", text).strip()
        ascii_text = normalize("NFKD", text).encode("ascii", "ignore").decode()
        for spelt in (text, ascii_text):
            words = "".join(char for char in spelt.lower() if _in_slug(char))
            found |= {re.sub(r"[-\s]+", "-", words.strip()), re.sub(r"\s", "-", words)}
    return found | {f"{name}{mark}{n}" for name in found for mark in "_-" for n in range(1, 6)} | {
        f"_{n}" for n in range(1, 30)
    }  # fmt: skip


def _in_slug(char: str) -> bool:
    return char in "-_" or char.isspace() or char.isalnum() or category(char).startswith("M")


def leaks(checked: Checked) -> Iterator[Problem]:
    """A public article that links to what its readers can't open."""
    for article in checked.articles:
        if article.header.audience is not Audience.PUBLIC:
            continue
        for target, line, _ in targets(checked.tokens(article)):
            path = unquote(re.split("[?#]", target, maxsplit=1)[0])
            place = posixpath.normpath(posixpath.join(posixpath.dirname(article.at.path), path))
            other = checked.by_path.get(place)
            if kind := _hidden(other):
                message = f"a public article links to {kind}, {place.removeprefix('kb/'):.100}"
                hint = "Customers can't open it: remove the link, or make both public."
                where = article.body_line + line - 1
                yield Problem(article.at.path, where, "leak", message, hint)


def _hidden(entry: Entry | None) -> str:
    if isinstance(entry, Macro):
        return "a macro"
    internal = entry is not None and entry.header.audience is not Audience.PUBLIC
    return "an internal one" if internal else ""


def headings(checked: Checked) -> Iterator[Problem]:
    """A heading more than one level below the one before it."""
    for entry in checked.shelf.entries:
        before = 0
        for token in checked.tokens(entry):
            if token.type == "heading_open" and token.map:
                level = int(token.tag[1])
                if before and level > before + 1:
                    message = f"a heading of level {level} below one of level {before}"
                    hint = f"Write {'#' * (before + 1)}: a table of contents has no holes."
                    where = entry.body_line + token.map[0]
                    warning = Severity.WARNING
                    yield Problem(entry.at.path, where, "heading", message, hint, warning)
                before = level


def overdue(checked: Checked) -> Iterator[Problem]:
    """Entries that nobody has vouched for in time."""
    today = date.today()  # noqa: DTZ011 - the team's own day
    for entry in checked.shelf.entries:
        header = entry.header
        every = header.review_every or checked.workspace.settings.review_every
        if header.reviewed and today - header.reviewed > every:
            late = (today - header.reviewed - every).days
            line = checked.line(entry.at.path, "reviewed")
            who = f" {header.owner} knows it." if header.owner else ""
            message = f"the review is {late} days overdue"
            hint = f"Read it, mend it, and write today's date.{who}"
            yield Problem(entry.at.path, line, "overdue", message, hint, Severity.WARNING)


def _page(body: str, more: str = "") -> str:
    return f"---\ntitle: HAR files\n{more}---\n{body}\n"


_OTHER = "---\ntitle: Proxies\n---\n## Behind a proxy\n"

RULES = (
    Rule(
        "link",
        links,
        "A link that leads nowhere costs the reader the answer.",
        {"articles/har.md": _page("See [proxies](proxy.md).")},
        {"articles/har.md": _page("See [proxies](proxy.md)."), "articles/proxy.md": _OTHER},
    ),
    Rule(
        "image",
        links,
        "A picture that is not there, or that takes a minute to load, explains nothing.",
        {"articles/har.md": _page("![The menu](menu.png)")},
        {"articles/har.md": _page("Open the menu at the top right.")},
    ),
    Rule(
        "anchor",
        anchors,
        "A link to a heading that is not there ends at the top of the page, without an answer.",
        {"articles/har.md": _page("[Why](proxy.md#firewall)"), "articles/proxy.md": _OTHER},
        {"articles/har.md": _page("[Why](proxy.md#behind-a-proxy)"), "articles/proxy.md": _OTHER},
    ),
    Rule(
        "leak",
        leaks,
        "Customers can't open what is internal: the link is dead, and its words tell too much.",
        {
            "articles/har.md": _page("[Ask so](../macros/har.md)", "audience: public\n"),
            "macros/har.md": "---\ntitle: Ask\n---\nHello\n",
        },
        {
            "articles/har.md": _page("[Ask so](../macros/har.md)"),
            "macros/har.md": "---\ntitle: Ask\n---\nHello\n",
        },
    ),
    Rule(
        "heading",
        headings,
        "Screen readers walk a page by its headings; a level that is left out is a hole.",
        {"articles/har.md": _page("## Record\n\n#### In Firefox")},
        {"articles/har.md": _page("## Record\n\n### In Firefox")},
    ),
    Rule(
        "overdue",
        overdue,
        "Old answers are wrong answers, sooner or later: somebody has to read them again in time.",
        {"articles/har.md": _page("One.", "reviewed: 2020-01-31\nreview_every: 180d\n")},
        {"articles/har.md": _page("One.")},
    ),
)  # fmt: skip
