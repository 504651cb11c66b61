"""HTML and other engines' syntax: a site and a reply show it as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.page import MAX_PARSED, Page
from cannery.check.rule import Rule
from cannery.content.markup import markup
from cannery.content.unsupported import lost_footnotes, unsupported
from cannery.model.location import Problem, Severity


def raw_html(page: Page) -> Iterator[Problem]:
    """What would run in a browser, and tags that nobody makes anything of."""
    item = page.loaded.item
    if item is None:
        return
    body = item.body[:MAX_PARSED]
    for use in (*markup(body), *unsupported(body)):
        line = page.body_line + use.line - 1
        if use.is_active:
            message = f"{use.what} would run in a reader's browser"
            hint = "Remove it, or show it as code in backticks. The site can't be built with it."
            yield Problem(page.path, line, "active", message, hint)
        else:
            message = f"{use.what} is shown to readers as literal text"
            hint = "Use Markdown, or show it as code in backticks."
            yield Problem(page.path, line, "unsupported", message, hint, Severity.WARNING)
    for at, label in lost_footnotes(body):
        message = f"the footnote {label:.40} is not shown: nothing refers to it"
        hint = f"Write [^{label:.40}] where it belongs, or remove it."
        line = page.body_line + at - 1
        yield Problem(page.path, line, "unsupported", message, hint, Severity.WARNING)


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
