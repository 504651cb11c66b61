"""HTML and other engines' syntax: a site and a reply show it as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cannery.check.page import MAX_PARSED, Page
from cannery.check.rule import Rule
from cannery.content.markup import Markup, markup
from cannery.content.unsupported import lost_footnotes, unsupported
from cannery.model.location import Problem, Severity

_ENDS = re.compile(r"(?<=[<{%] )/|(?<=[<{%])/")  # of a tag or a shortcode that ends one
_CONTAINER = "the container :::"


def raw_html(page: Page) -> Iterator[Problem]:
    """What would run in a browser, and tags that nobody makes anything of."""
    item = page.loaded.item
    if item is None:
        return
    body = item.body[:MAX_PARSED]
    uses = [*markup(body), *unsupported(body)]
    for use in uses:
        if use.is_active:
            message = f"{use.what} would run in a reader's browser"
            hint = "Remove it, or show it as code in backticks. The site can't be built with it."
            yield Problem(page.path, page.body_line + use.line - 1, "active", message, hint)
    for use in _once(use for use in uses if not use.is_active):
        yield _unsupported(page, use.line, f"{use.what} is shown to readers as literal text")
    for at, label in lost_footnotes(body):
        message = f"the footnote {label:.40} is not shown: nothing refers to it"
        yield _unsupported(
            page, at, message, f"Write [^{label:.40}] where it belongs, or remove it."
        )


def _unsupported(
    page: Page, at: int, message: str, hint: str = "Use Markdown, or show it as code in backticks."
) -> Problem:
    line = page.body_line + at - 1
    return Problem(page.path, line, "unsupported", message, hint, Severity.WARNING)


def _once(uses: Iterable[Markup]) -> Iterator[Markup]:
    """The first use of each syntax: one decision is for all of a page, and for what ends it."""
    told: dict[str, Markup] = {}
    for use in sorted(uses, key=lambda use: use.line):
        told.setdefault(_ENDS.sub("", use.what), use)
    is_named = any(what.startswith(_CONTAINER) and what != _CONTAINER for what in told)
    yield from (use for what, use in told.items() if what != _CONTAINER or not is_named)


def _page(body: str) -> dict[str, str]:
    return {"articles/har.md": f"---\ntitle: HAR files\n---\n{body}\n"}


RULES = (
    Rule(
        code="active",
        page=raw_html,
        why="Scripts, event handlers and script URLs are either sample code or an attack.",
        wrong=_page('Open <img src="har.png" onclick="record()"> to record.'),
        right=_page('The page has `<img src="har.png" onclick="record()">`.'),
    ),
    Rule(
        code="unsupported",
        page=raw_html,
        why="HTML tags and the syntax of other tools are shown to readers as literal text.",
        wrong=_page("Press <b>Record</b>."),
        right=_page("Press **Record**."),
    ),
)
