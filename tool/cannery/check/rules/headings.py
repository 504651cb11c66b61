"""The headings of a page."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.page import Page, line_at, with_lines
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.markdown import Token
from cannery.content.pieces import is_piece
from cannery.model.location import Problem, Severity


def headings(page: Page) -> Iterator[Problem]:
    """The first heading more than one level below its predecessor, or one made by chance."""
    yield from _underlined(page)
    if is_piece(page.path):
        return  # its levels go on from those of the pages that it is in
    before = 0
    for token in _headings(page):
        level = _level(token)
        if before and level > before + 1:
            message = f"heading level {level} follows level {before}"
            hint = f"Use {'#' * (before + 1)}, so that no level is skipped."
            line = page.line_of(token)
            yield Problem(page.path, line, "heading", message, hint, Severity.WARNING)
            return  # whoever moves one looks at all of them
        before = level


def _underlined(page: Page) -> Iterator[Problem]:
    """In a macro, a line of dashes right below a text: as a mail parts its signature off."""
    if page.macro is None:
        return
    for token in _headings(page):
        if token.markup in {"-", "="} and token.map:
            message = "the line below makes a heading of this"
            hint = "Leave a line blank between them, or write ## before a heading."
            yield Problem(
                page.path, page.line_of(token), "heading", message, hint, Severity.WARNING
            )


def closed_up(page: Page, _: Whole) -> str:
    """The text with each heading one level below the one that it belongs to."""
    above: list[tuple[int, int]] = []  # the levels as they were and as they are
    changed: dict[int, str] = {}
    for token in _headings(page):
        level = _level(token)
        while above and above[-1][0] >= level:
            above.pop()
        new = above[-1][1] + 1 if above else level
        above.append((level, new))
        if new != level:
            line = page.line_of(token)
            marks = "#" * level
            changed[line] = line_at(page.source, line).replace(marks, "#" * new, 1)
    return with_lines(page.source, changed)


def _headings(page: Page) -> Iterator[Token]:
    return (token for token in page.tokens if token.type == "heading_open" and page.entry)


def _level(token: Token) -> int:
    return int(token.tag[1])


def _page(body: str) -> str:
    return f"---\ntitle: HAR files\n---\n{body}\n"


RULES = (
    Rule(
        code="heading",
        page=headings,
        fix=closed_up,
        why="Screen readers navigate by headings; a skipped level looks like missing content.",
        wrong={"articles/har.md": _page("## Record\n\n#### In Firefox")},
        right={"articles/har.md": _page("## Record\n\n### In Firefox")},
    ),
)
