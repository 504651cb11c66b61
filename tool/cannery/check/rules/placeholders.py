"""Holes that a macro's author left: a customer would read them. And names of other help desks."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.page import MAX_PARSED, Page
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content import frontmatter
from cannery.content.desk_names import LIQUID, Foreign, foreign_names, replacement
from cannery.content.fill_texts import fill_texts
from cannery.content.holes import holes_in_template, holes_in_text, without_tags
from cannery.content.rewrite_keys import rewrite_keys
from cannery.content.split import split
from cannery.model.entry import Article
from cannery.model.hole import Hole
from cannery.model.location import Problem, Severity
from cannery.util.spans import Lines


def placeholders(page: Page) -> Iterator[Problem]:
    """What looks like a hole in a macro or a part: no reply is sent with it."""
    for hole in _holes(page):
        message = f"{hole.written:.60} looks like an unfilled placeholder"
        yield Problem(page.path, hole.line, "placeholder", message, _hint(hole))
    item = page.loaded.item
    if item is None or isinstance(item, Article):
        return
    lines = Lines(item.body, page.body_line)
    for name in _foreign(page):
        message = f"{name.written:.60} is a {name.desk} placeholder; here it is {name.ours}"
        hint = "If you keep it, agents are asked for the value."
        line = lines.of(name.start)
        yield Problem(page.path, line, "placeholder", message, hint, Severity.WARNING)


def _hint(hole: Hole) -> str:
    new = replacement(hole)
    if new is None or hole.kind == LIQUID:
        return "Write the text itself, or use a field, such as {{ customer_name }}."
    if new.known:
        return f"Use {new.template}, which is the same as in {new.known.desk}."
    return f"Use {new.template}; agents are asked for the value."


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


def _foreign(page: Page) -> list[Foreign]:
    item = page.loaded.item
    if item is None or isinstance(item, Article):
        return []
    declared = [field.name for field in page.macro.fields] if page.macro else []
    return foreign_names(item.body[:MAX_PARSED], declared)


def filled(page: Page, _: Whole) -> str:
    """The holes of a macro as values, each asked for if new; notes to its author stay.

    The new fields get labels, and stand behind those that the macro has.
    """
    parts = split(page.source)
    if page.macro is None or parts.fault:
        return page.source
    declared = [field.name for field in page.macro.fields]
    subject = page.macro.subject
    given = [subject, parts.body] if subject else [parts.body]
    new = fill_texts(given, declared)  # the same people in both
    text = page.source[: len(page.source) - len(parts.body)] + new.texts[-1]
    if subject and new.texts[0] != subject:
        text = rewrite_keys(text, {"subject": new.texts[0]}, page.settings.front_matter)
    return frontmatter.extend(text, "fields", new.fields) if new.fields else text


_FIELDS = """fields:
- name: customer_name
  label: Customer Name
- name: amount
  label: amount
"""


def _macro(body: str, fields: str = "") -> dict[str, str]:
    return {"macros/refund.md": f"---\ntitle: Refund\n{fields}---\n{body}\n"}


RULES = (
    Rule(
        code="placeholder",
        page=placeholders,
        fix=filled,
        why="A customer who reads “Dear [Name]” knows that no one checked the reply.",
        wrong=_macro("Dear [Customer Name], your refund of ${amount} is on its way."),
        right=_macro(
            "Dear {{ customer_name }}, your refund of {{ amount }} is on its way.", _FIELDS
        ),
    ),
)
