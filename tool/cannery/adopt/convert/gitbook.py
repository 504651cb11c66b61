"""GitBook's Markdown -> ours: hints, tabs, files, embeds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cannery.adopt.convert.dialect import Dialect, inner, rows
from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.fences import FENCE, fence_tags
from cannery.adopt.convert.fences import NAME as FENCES
from cannery.adopt.convert.includes import included
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.liquid_tags import PREFIX, VALUE, liquid_tags
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import alert, details, link, tab

_OPENING = re.compile(r"^(`{3,}|~{3,})([\w#+.-]*)[^\n]*", re.MULTILINE)


def _hint(element: Element, notes: Notes) -> str:
    return alert(element.attributes.get("style", "info"), "", element.inner)


def _tab(element: Element, notes: Notes) -> str:
    return tab(element.attributes.get("title", ""), element.inner)


def _code(element: Element, notes: Notes) -> str:
    """A block of code with a title, which stands around it."""
    title = element.attributes.get("title", "").replace('"', "'")
    text = element.attributes.get("inner", element.inner).strip("\n")
    found = _OPENING.match(text)
    if not (title and found):
        return text
    return f'{found[1]}{found[2] or "text"} title="{title}"{text[found.end() :]}'


def _reference(element: Element, notes: Notes) -> str:
    """A link that is a block of its own; its text is the link below it, if there is one."""
    target = notes.target(element.attributes.get("url", ""))
    return element.inner.strip() or link("", target)


def _embed(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "it is a link now: an entry shows no other sites")
    made = link("", element.attributes.get("url", ""))
    return f"{made}\n\n{element.inner}" if element.inner.strip() else made


def _file(element: Element, notes: Notes) -> str:
    target = element.attributes.get("src", "")
    name = element.inner.strip() or target.rpartition("/")[2].partition("?")[0]
    return link(name, notes.target(target))


def _include(element: Element, notes: Notes) -> str:
    named = element.attributes[""].strip("\"' ")
    return included(element, notes, named, [""], GITBOOK)


def _expandable(element: Element, notes: Notes) -> str:
    return details(element.attributes.get("title", ""), element.inner)


def _unknown(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "nothing here does the same; its text is kept")
    return element.inner


def _value(element: Element, notes: Notes) -> str:
    notes.lose(
        element.line, element.source, "its value is not known here; it stays as it is written"
    )
    return element.source


_RULES: Mapping[str, Rule] = {
    **rows("hint", _hint),
    **rows("tabs stepper step columns column", inner),
    **rows("tab", _tab),
    **rows("code", _code),
    **rows("content-ref page-ref", _reference),
    **rows("embed", _embed),
    **rows("file", _file),
    **rows("include", _include),
    **rows("expandable", _expandable),
}
GITBOOK = Dialect(
    (liquid_tags, fence_tags, link_tags),
    {
        **{f"{PREFIX}{name}": rule for name, rule in _RULES.items()},
        **LINK_RULES,
        VALUE: Rule(_value, is_inline=True),
        FENCES: FENCE,
    },
    unknown=Rule(_unknown),
)
