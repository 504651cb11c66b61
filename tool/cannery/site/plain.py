"""A Python-Markdown extension: raw HTML is text, and nothing of a page runs.

Articles come from pull requests by strangers, and what they write runs in a reader's browser.
Every engine that knows Python-Markdown loads this by the name that `markdown_extensions` has:
`cannery.site.plain`. Whatever the other extensions made, it is held to a list at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from cannery.errors import ContentError
from cannery.site.clean import active, anchor, cleaned, plain
from cannery.util.charrefs import bounded, unescape

_LAST = -1_000_000  # of all processors: after whatever another extension does
_ALIGNED = re.compile(r"text-align: (left|center|right);")

# The file whose text is being made HTML of, where whoever makes it has said so: its name below
# the knowledge base, and where it is.
reading: ContextVar[tuple[str, Path] | None] = ContextVar("reading", default=None)


class _Bounds(Preprocessor):
    """Whoever parses the page afterwards makes numbers of its references, of any length."""

    def run(self, lines: list[str]) -> list[str]:
        return [bounded(line) for line in lines]


class _Alignment(Treeprocessor):
    """How a table's cells are aligned, as an attribute: the pages' policy allows no styles."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("td", "th") and (found := _ALIGNED.fullmatch(cell.get("style", ""))):
                del cell.attrib["style"]
                cell.set("align", found[1])


class _Cleaner(Postprocessor):
    """Looks at what a browser will read: entities and what was put aside are resolved by then.

    Of headings as well, whose HTML and ids the theme prints in its table of contents.
    """

    def run(self, text: str) -> str:
        if "<" not in text:  # most headings: nothing in it is an element
            return text
        if found := active(text):
            raise _refused(found)
        _clean_contents(getattr(self.md, "toc_tokens", ()))
        return cleaned(text)


def _clean_contents(tokens: Iterable[dict[str, Any]]) -> None:
    for token in tokens:
        token["id"] = anchor(token["id"])
        for name in ("name", "data-toc-label"):
            token[name] = plain(token.get(name, ""))
        token["html"] = cleaned(token.get("html", ""))
        _clean_contents(token["children"])


def _refused(found: tuple[str, ...]) -> ContentError:
    what = ", ".join(f"{tag:.80}" for tag in found[:3])
    there = reading.get()
    before = f"{there[0]}{_line(there[1], found[0])}: " if there else ""
    hint = "Take it out. What is meant to be read belongs in a block of code, or between backticks."
    return ContentError(f"{before}this would run in a reader's browser: {what}", hint)


_PIECE = re.compile(r'(?<![^\s<>="])[^\s<>="]++(?==")|(?<=")[^"]{3,}(?=")|<[a-z]+')


def _line(file: Path, tag: str) -> str:
    """The line that a tag was most likely made of, as `:7`; empty where none looks like it."""
    lines = file.read_text("utf-8", "replace").split("\n") if file.is_file() else []
    name, *said = _PIECE.findall(unescape(tag))
    wanted = [*sorted(said, key=lambda item: not item.startswith("on")), name]
    for piece in wanted:
        for number, line in enumerate(lines, 1):
            if piece.lower() in unescape(line).lower():
                return f":{number}"
    return ""


class PlainExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        md.preprocessors.register(_Bounds(md), "kb_bounds", -_LAST)
        md.treeprocessors.register(_Alignment(md), "kb_alignment", _LAST)
        md.postprocessors.register(_Cleaner(md), "kb_cleaner", _LAST)


def makeExtension(**options: object) -> PlainExtension:  # noqa: N802 - likewise
    return PlainExtension(**options)
