"""Holes that a macro's author left: a customer would read them."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.page import MAX_PARSED, Page
from cannery.check.rule import Rule
from cannery.content.holes import holes_in_template, holes_in_text, without_tags
from cannery.model.entry import Article
from cannery.model.hole import Hole
from cannery.model.location import Problem


def placeholders(page: Page) -> Iterator[Problem]:
    """What looks like a hole in a macro or a part: no reply is sent with it."""
    for hole in _holes(page):
        message = f"{hole.written:.60} looks like a hole that nobody fills in"
        hint = "Make it a field, as in {{ customer_name }}, or write what belongs there."
        yield Problem(page.path, hole.line, "placeholder", message, hint)


def _holes(page: Page) -> Iterator[Hole]:
    item = page.loaded.item
    if item is None or isinstance(item, Article):
        return
    for hole in holes_in_template(item.body[:MAX_PARSED]):
        yield hole._replace(line=hole.line + page.body_line - 1)
    if macro := page.macro:
        yield from holes_in_text(without_tags(macro.subject), page.line("subject"))
        for field in macro.fields:
            for hole in holes_in_text(without_tags(field.default or "")):
                yield hole._replace(line=page.line(f"fields.{field.name}.default"))


def _macro(body: str) -> dict[str, str]:
    return {"macros/refund.md": f"---\ntitle: Refund\n---\n{body}\n"}


RULES = (
    Rule(
        code="placeholder",
        page=placeholders,
        why="A customer who reads “Dear [Name]” knows that nobody has read the reply.",
        wrong=_macro("Dear [Customer Name], your refund of ${amount} is on its way."),
        right=_macro("Dear {{ customer_name }}, your refund of {{ amount }} is on its way."),
    ),
)
