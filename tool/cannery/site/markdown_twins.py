"""Each public page as Markdown beside it, for programs that read text: `articles/net/har.md`.

Its links lead to other such pages, for they lie as the pages of a stage do.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

_KINDS = ("article", "section", "front")
_MARKS = re.compile(r"[\\`\[\]<>*_]")
_BLANKS = re.compile(r"\s+")


def has_twin(meta: Mapping[str, Any]) -> bool:
    """Whether a page has one: those of a public site that say something of their own."""
    kb = meta.get("kb", {})
    return kb.get("kind") in _KINDS and not kb.get("internal")


def twin(meta: Mapping[str, Any], body: str, here: str, is_page: Callable[[str], bool]) -> str:
    """A page as Markdown: its title, its summary, its text, and what it lists.

    `meta` and `body` are those of the staged page at `here`; `is_page` tells the others.
    """
    kb = meta["kb"]
    parts = [f"# {line(html.unescape(meta.get('title', '')))}"]
    if summary := html.unescape(meta.get("description", "")):
        parts.append(f"> {line(summary)}")
    parts.append(_with_links(body, kb.get("links", {})).strip("\n"))
    parts.append("\n".join(_items(kb.get("sections", ()), here, is_page)))
    for name, rows in kb.get("groups", ()):
        parts += [f"## {line(name)}" if name else "", "\n".join(_items(rows, here, is_page))]
    return "\n\n".join(part for part in parts if part) + "\n"


def line(text: str) -> str:
    """A text as one line of Markdown, which means nothing but its letters."""
    return _MARKS.sub(lambda found: f"\\{found[0]}", _BLANKS.sub(" ", text).strip())


def link(title: str, address: str, summary: str = "") -> str:
    """An item of a list that leads to a page."""
    said = f": {line(summary)}" if summary else ""
    return f"- [{line(title)}]({address}){said}"


def _items(
    items: Sequence[Sequence[Any]], here: str, is_page: Callable[[str], bool]
) -> Iterator[str]:
    for title, address, summary, *_ in items:
        bare = unquote(address).rstrip("/")
        path = f"{bare}.md" if is_page(f"{bare}.md") else f"{bare}/index.md"
        yield link(title, quote(posixpath.relpath(path, posixpath.dirname(here))), summary)


def _with_links(body: str, links: Mapping[str, str]) -> str:
    """The text with the addresses that are written in an odd way, too."""
    for before, now in links.items():
        for mark in ("(", "<", ": "):
            body = body.replace(f"{mark}{before}", f"{mark}{now}")
    return body
