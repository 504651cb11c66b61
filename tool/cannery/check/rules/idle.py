"""Values of the front matter that change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.page import Page
from cannery.check.rule import Rule
from cannery.content.idle_values import idle_values
from cannery.model.location import Problem, Severity


def idle(page: Page) -> Iterator[Problem]:
    """Values that nothing reads, so that their author believes what isn't so."""
    for item in idle_values(page.entry) if page.entry else ():
        line, warning = page.line(item.key), Severity.WARNING
        yield Problem(page.path, line, "no-effect", item.message, item.hint, warning)


_MACRO = "---\ntitle: Refunds\n{}---\nHello\n"

RULES = (
    Rule(
        code="no-effect",
        page=idle,
        why="Whoever wrote a value that nothing reads believes that it does something.",
        wrong={"macros/refund.md": _MACRO.format("audience: public\n")},
        right={"macros/refund.md": _MACRO.format("")},
    ),
)
