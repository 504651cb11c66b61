"""Components of MDX and Vue that documentation has in common, by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cannery.adopt.convert.dialect import dropped, inner, rows
from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.html import html_rule
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import alert, details, fence, link, one_line, tab

_TAB = re.compile(r"^=== \"([^\n]*)\"$", re.MULTILINE)
_LABELS = re.compile(
    r"label:\s*+[\"']([^\"'\n]*+)[\"']\s*+,\s*+value:\s*+[\"']([^\"'\n]*+)[\"']"
    r"|value:\s*+[\"']([^\"'\n]*+)[\"']\s*+,\s*+label:\s*+[\"']([^\"'\n]*+)[\"']"
)
_NAME = re.compile(r"\{\s*+(\w++)(?:\.src|\.default)?\s*+\}")
_QUOTED = re.compile(r"[\"']([^\"'\n]++)[\"']")


def _tab(element: Element, notes: Notes) -> str:
    attributes = element.attributes
    label = attributes.get("label") or attributes.get("title") or attributes.get("value", "")
    return tab(label, element.inner)


def _fragment(element: Element, notes: Notes) -> str:
    """What is for one program of several is a tab."""
    slot = element.attributes.get("slot", "")
    return tab(slot, element.inner) if slot in _PROGRAMS and element.is_block else element.inner


_PROGRAMS = frozenset(
    [
        "npm",
        "pnpm",
        "yarn",
        "bun",
        "deno",
        "pip",
        "uv",
        "poetry",
        "conda",
        "cargo",
        "go",
        "maven",
        "gradle",
    ]
)


def _tabs(element: Element, notes: Notes) -> str:
    """The tabs, by the labels that the element itself may have for them."""
    labels: dict[str, str] = {}
    for label, value, value_first, label_behind in _LABELS.findall(
        element.attributes.get("values", "")
    ):
        labels[value or value_first] = label or label_behind
    return _TAB.sub(lambda found: f'=== "{labels.get(found[1], found[1])}"', element.inner)


def _aside(element: Element, notes: Notes) -> str:
    kind = element.attributes.get("type") or _KIND_OF.get(element.name, "note")
    if not element.is_block:
        notes.lose(element.line, element.source, "no box stands in a line; its text is kept")
        return element.inner
    return alert(kind, element.attributes.get("title", ""), element.inner)


_KIND_OF = {
    "Note": "note",
    "Tip": "tip",
    "Info": "info",
    "Warning": "warning",
    "Caution": "caution",
    "Danger": "danger",
    "Important": "important",
    "Check": "success",
}


def _card(element: Element, notes: Notes) -> str:
    """A title, which may lead somewhere, and a text."""
    attributes = element.attributes
    title = attributes.get("title") or attributes.get("label") or attributes.get("name", "")
    target = attributes.get("href") or attributes.get("to", "")
    text = element.inner.strip() or attributes.get("description", "")
    head = (
        link(title or target, notes.target(target))
        if target and not target.startswith("{")
        else title
    )
    if not head:
        return text
    if element.has_inner and element.inner.strip():
        return f"**{head}**\n\n{text}"
    return f"- {head}: {text}" if text else f"- {head}"


def _code(element: Element, notes: Notes) -> str:
    attributes = element.attributes
    code = attributes.get("code") or element.inner.strip("\n")
    if not code.strip() or attributes.get("code", "").startswith("{"):
        notes.lose(element.line, element.source, "the code is made by a script")
        return ""
    if "```" in code and not attributes.get("code"):
        return code
    info = attributes.get("lang") or attributes.get("language", "")
    title = attributes.get("title", "")
    return fence(code, f'{info} title="{title}"' if title and info else info)


def _badge(element: Element, notes: Notes) -> str:
    return element.inner or element.attributes.get("text", "")


def _spoiler(element: Element, notes: Notes) -> str:
    if not element.is_block:
        return element.inner
    attributes = element.attributes
    title = attributes.get("title") or attributes.get("header") or attributes.get("summary", "")
    return details(title, element.inner)


def _picture(element: Element, notes: Notes) -> str:
    """A picture, whose address may be imported, or named within an expression."""
    if element.inner.strip():
        return element.inner
    written = element.attributes.get("src") or element.attributes.get("sources", "")
    named = _NAME.fullmatch(written)
    if named:
        written = notes.variables.get(named[1], written)
    elif written.startswith("{") and (quoted := _QUOTED.search(written)):
        written = quoted[1]
    attributes = {**element.attributes, "src": written}
    return html_rule("img").make(element._replace(attributes=attributes), notes)


def _link(element: Element, notes: Notes) -> str:
    """A link, or a button that is one; what is inside may be an attribute."""
    attributes = element.attributes
    label = (
        element.inner
        if element.inner.strip()
        else attributes.get("label", attributes.get("text", ""))
    )
    target = attributes.get("href") or attributes.get("to", "")
    made = element._replace(inner=one_line(label), attributes={"href": target})
    return html_rule("a").make(made, notes) if target else one_line(label)


COMPONENTS: Mapping[str, Rule] = {
    "": Rule(inner),
    **rows("Fragment", _fragment),
    **rows("Tabs CodeGroup TabGroup PackageManagerTabs", _tabs),
    **rows("TabItem Tab", _tab),
    **rows("Aside Admonition Callout Alert", _aside),
    **rows(" ".join(_KIND_OF), _aside),
    **rows("Steps CardGrid CardGroup Cards FileTree Columns Column BrowserOnly Box", inner),
    **rows("Card LinkCard", _card),
    **rows("Step", _card),
    **rows("Code CodeBlock", _code),
    **rows("Badge", _badge, inline=True),
    **rows("Icon", dropped, inline=True),
    **rows("Accordion Spoiler Details Expandable", _spoiler),
    **rows("Image ThemedImage Img Frame img", _picture, inline=True),
    **rows("Picture", _picture, inline=True),
    **rows("Link LinkButton Button a", _link, inline=True),
    **rows("DocCardList TOCInline Head Content", dropped),
}
