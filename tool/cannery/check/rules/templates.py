"""Macros that can't be filled in as they are meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from cannery.check.page import Page
from cannery.check.rule import Rule
from cannery.content.field_types import type_of
from cannery.content.marks import Url
from cannery.content.patterns import matches
from cannery.errors import TemplateError
from cannery.liquid.portability import unportable
from cannery.liquid.template import refused
from cannery.model.entry import Field
from cannery.model.location import Problem, Severity

_NEAR = 0.85  # of a name's letters: one that is dropped, doubled or swapped
_OBJECTS = ("agent", "kb", "reply", "ticket")
_CLOSED = ("kb", "reply")  # a help desk or an agent may have more than is known here
_MOMENTS = ("cursor", "now", "today")
_CONTEXT = frozenset({
    "agent.name", "agent.email", "agent.team", "kb.name", "kb.site_url", "reply.first",
    "reply.last", "ticket.id", "ticket.subject", "ticket.status", "ticket.url", "ticket.priority",
    "ticket.tags", "ticket.description", "ticket.requester", "ticket.requester.name",
    "ticket.requester.first_name", "ticket.requester.last_name", "ticket.requester.email",
    "ticket.requester.locale", "ticket.requester.phone", "ticket.organization",
    "ticket.organization.name", "ticket.assignee", "ticket.assignee.name",
    "ticket.assignee.email", "ticket.group", "ticket.group.name", "ticket.created_at",
    "ticket.updated_at",
})  # fmt: skip


def templates(page: Page) -> Iterator[Problem]:
    """Templates that can't be filled in, fields that none uses, and names that look like one."""
    macro = page.macro
    if macro is None:
        return
    try:
        used = page.variables
    except TemplateError as error:
        yield Problem(error.path, error.line, "template", error.reason, error.hint)
        return
    yield from _costly(page)
    names = {name.split(".")[0] for name in used}
    for item in macro.fields:
        if item.name not in names:
            message = f"the field {item.name} is never used"
            line = page.line(f"fields.{item.name}")
            yield Problem(page.path, line, "unused-field", message, "Use the field or remove it.")
    yield from _misspelt(page, used)


def _costly(page: Page) -> Iterator[Problem]:
    """What `kb reply` and a browser refuse whatever it is given, with all options and with none."""
    context = replace(page.render_context, article_url=lambda _: Url("https://example.com/"))
    fields = page.macro.fields if page.macro else ()
    problems: dict[tuple[str, int], Problem] = {}
    all_, none = (
        {item.name: type_of(item).examples(item)[which] for item in fields} for which in (0, 1)
    )
    for values in (all_, none) if all_ != none else (all_,):
        for source in page.sources:
            if error := refused(source, values, context):
                hint = error.hint or "See `kb help macro-format` for the limits."
                problem = Problem(error.path, error.line, "template", error.reason, hint)
                problems.setdefault((error.path, error.line), problem)
    yield from problems.values()


def _misspelt(page: Page, used: Mapping[str, int]) -> Iterator[Problem]:
    """Names that are nowhere, and look like one that is: the agent would be asked for them."""
    declared = frozenset(item.name for item in page.macro.fields) if page.macro else frozenset()
    facts = frozenset(f"team.{name}" for name in page.settings.facts(page.at.language))
    for name, line in used.items():
        head = name.split(".")[0]
        is_fact = name != head == "team" and head not in declared
        known = facts if is_fact else _CONTEXT
        names, wanted = (known, name) if is_fact or head in _OBJECTS else (declared, head)
        if wanted in names or wanted in _OBJECTS or head in _MOMENTS:
            continue
        near = get_close_matches(wanted, names, n=1, cutoff=_NEAR)
        if near or is_fact or head in _CLOSED:
            message = f"{name:.60} is not a field or a built-in value"
            hint = (
                f"Did you mean {near[0]}?"
                if near
                else "See `kb help macro-format` for the built-in values."
            )
            if is_fact:
                message = f"{name:.60} is not set below [team] in kb.toml"
                hint = hint if near else "Add it there."
            yield Problem(page.path, line, "undefined", message, hint, Severity.WARNING)


def fields(page: Page) -> Iterator[Problem]:
    """Patterns that are none, and defaults that their own field would refuse."""
    for item in page.macro.fields if page.macro else ():
        if message := _fault(item):
            key = "pattern" if "pattern of" in message else "default"
            line = page.line(f"fields.{item.name}.{key}")
            yield Problem(
                page.path, line, "default", message, "Correct the default or the definition."
            )


def _fault(item: Field) -> str:
    default = item.default or ""
    if "{" in default:
        default = ""  # a template: known when it is filled in
    if item.pattern:
        try:
            fits = matches(item.pattern, default)
        except ValueError as error:
            return f"the pattern of {item.name} {error}"
        if default and not fits:
            return f"the default of {item.name} does not match its own pattern"
    values = {choice.value for choice in item.choices}
    if type_of(item).choices == "one" and default and default not in values:
        return f"the default of {item.name} is not one of its choices"
    return ""


def portable(page: Page) -> Iterator[Problem]:
    """What a browser can't fill in as `kb reply` does."""
    if page.macro is None:
        return
    try:
        uses = [*unportable(page.macro, page.render_context.parts)]
    except TemplateError:
        return  # `template` tells
    for path, line, what in dict.fromkeys(uses):
        message = f"{what} works in `kb reply` but not on the website"
        hint = "See `kb help macro-format` for what works in both."
        yield Problem(path, line, "portable", message, hint, Severity.WARNING)


_FIELDS = "---\ntitle: Refund\nfields:\n- name: invoice\n"
_PATTERN = f"{_FIELDS}  pattern: INV-\\d+\n"

RULES = (
    Rule(
        code="template",
        page=templates,
        why="A template error stops the reply while a customer is waiting.",
        wrong={"macros/refund.md": "---\ntitle: Refund\n---\nInvoice {{ invoice | upcas }}\n"},
        right={"macros/refund.md": "---\ntitle: Refund\n---\nInvoice {{ invoice | upcase }}\n"},
    ),
    Rule(
        code="unused-field",
        page=templates,
        why="Agents are asked for an unused field every time, for nothing.",
        wrong={"macros/refund.md": f"{_FIELDS}- name: amount\n---\nInvoice {{{{ invoice }}}}\n"},
        right={"macros/refund.md": f"{_FIELDS}---\nInvoice {{{{ invoice }}}}\n"},
    ),
    Rule(
        code="undefined",
        page=templates,
        why="A misspelt name asks agents for a new value and leaves the intended field empty.",
        wrong={"macros/refund.md": f"{_FIELDS}---\n{{{{ invoice }}}} {{{{ invoce }}}}\n"},
        right={"macros/refund.md": f"{_FIELDS}---\n{{{{ invoice }}}} {{{{ invoice }}}}\n"},
    ),
    Rule(
        code="default",
        page=fields,
        why="A default that the field rejects can't be used; a broken pattern rejects every value.",
        wrong={"macros/refund.md": f"{_PATTERN}  default: 17\n---\n{{{{ invoice }}}}\n"},
        right={"macros/refund.md": f"{_PATTERN}  default: INV-17\n---\n{{{{ invoice }}}}\n"},
    ),
    Rule(
        code="portable",
        page=portable,
        why="Agents can't use a macro on the website if browsers can't fill it in correctly.",
        wrong={"macros/refund.md": f"{_FIELDS}---\n{{{{ invoice | url_encode }}}}\n"},
        right={"macros/refund.md": f"{_FIELDS}---\n{{{{ invoice | upcase }}}}\n"},
    ),
)  # fmt: skip
