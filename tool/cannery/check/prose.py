"""The words of a page as its reader sees them, and patterns of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cannery.check.page import Page
from cannery.model.entry import Article
from cannery.util.spans import Lines


class Block(NamedTuple):
    """A paragraph, heading or list item as a reader sees it: `line` is where it begins."""

    line: int
    text: str

    def lines(self) -> Lines:
        return Lines(self.text, self.line)


def blocks(page: Page, *, articles: bool = False) -> Iterator[Block]:
    """The prose of a macro or a part: code and addresses are no prose."""
    if isinstance(page.loaded.item, Article) and not articles:
        return
    for token in page.tokens:
        if token.type == "inline":
            pieces = [
                {"softbreak": "\n", "hardbreak": "\x1e\n"}.get(child.type, child.content)
                for child in token.children or []
                if child.type != "code_inline"
            ]
            yield Block(page.line_of(token), "".join(pieces))


def whole_word(word: str) -> str:
    """The word as a pattern: between other letters only where its language writes no spaces."""
    pattern = r"\s++".join(re.escape(piece) for piece in word.split())
    left = r"(?<!\w)" if word[:1].isascii() and word[:1].isalnum() else ""
    right = r"(?!\w)" if word[-1:].isascii() and word[-1:].isalnum() else ""
    return f"{left}{pattern}{right}"


def base_language(code: str) -> str:
    """The language without its region, as `en` of `en-GB` or `en_GB`."""
    return _hyphened(code).split("-")[0]


def for_language(table: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    """What tables by language have for one: `en-GB` has what `en` has, and its own goes first."""
    wanted = dict.fromkeys((base_language(language), _hyphened(language)))
    found = (rows for code in wanted for key, rows in table.items() if _hyphened(key) == code)
    return {word: text for rows in found for word, text in rows.items()}


def _hyphened(code: str) -> str:
    return code.replace("_", "-").lower()
