"""Jekyll's kramdown with Liquid -> our Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cannery.adopt.convert.attribute_lists import ATTRIBUTE_RULES, attribute_tags
from cannery.adopt.convert.dialect import Dialect, inner, nothing, rows
from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.fences import FENCE, fence_tags
from cannery.adopt.convert.fences import NAME as FENCES
from cannery.adopt.convert.includes import converted_include
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.liquid_tags import PREFIX, RAW_MARK, VALUE, liquid_tags, raw_marks
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import KINDS, address, alert, code_span, fence

_BASE = re.compile(r"site\.(?:baseurl|url|github\.url)")
_POST = re.compile(r"(?:[\w/-]*/)?\d{4}-\d{1,2}-\d{1,2}-[^\s/]+")
_FILTERED = re.compile(r"[\"']([^\"']*)[\"'][ \t]*\|[ \t]*(?:relative_url|absolute_url)")
_ADDRESS = re.compile(r"(?<=\]\()\{\{[^{}\n]{1,300}\}\}[^\s()<>]{0,300}")
ADDRESS = "]({{"
_TEMPLATE = re.compile(r"\{[{%]")
_CODE = re.compile(r"(?<!`)(\{(?:\{[^{}\n`]{0,300}\}|%[^{}\n`]{0,300})\})(?!`)")
_GENERIC = "a template's value is not known here; it stays as it is written"


def _link(element: Element, notes: Notes) -> str:
    """The file that `link` names from the top, or `post_url` by its date, as the page names it."""
    named = element.attributes[""].strip("\"' ").lstrip("/")
    is_post = element.name == f"{PREFIX}post_url"
    path = _post(named, notes) if is_post else notes.find(f"/{named}", *_tops(notes))
    if not path:
        notes.lose(element.line, element.source, "no page of the source is called so")
        return named
    return notes.way(path)


def _tops(notes: Notes) -> list[str]:
    """The folders above the page: the site may be a folder of the source."""
    pieces = notes.page.path.split("/")[:-1]
    return ["/".join(pieces[:size]) for size in range(len(pieces) + 1)]


def _post(named: str, notes: Notes) -> str:
    if not _POST.fullmatch(named):
        return ""
    name = named.rpartition("/")[2]
    by_name = notes.page.tree.by_name
    endings = (".md", ".markdown")
    found = [path for ending in endings for path in by_name.get(f"{name}{ending}".lower(), ())]
    return found[0] if found else ""


def _highlight(element: Element, notes: Notes) -> str:
    language = element.attributes[""].partition(" ")[0]
    return fence(element.attributes.get("inner", element.inner).strip("\n"), language)


def _raw(element: Element, notes: Notes) -> str:
    """The text, in which what looks like a template is code."""
    text = element.attributes.get("inner", element.inner)
    if not element.is_block:
        return code_span(text) if _TEMPLATE.search(text) and "`" not in text else text
    return _CODE.sub(r"`\1`", text) if "```" not in text else text


def _comment(element: Element, notes: Notes) -> str:
    text = element.attributes.get("inner", element.inner).strip()
    return f"<!-- {text.replace('--', '- -')} -->" if text else ""


def _include(element: Element, notes: Notes) -> str:
    """A file of `_includes`, if it is Markdown; of themes' boxes the text they are given."""
    rest = element.attributes[""]
    named = rest.split()[0].strip("\"'") if rest else ""
    stem = named.rpartition("/")[2].partition(".")[0].lower()
    said = element.attributes.get("content") or element.attributes.get("text", "")
    kind = element.attributes.get("type") or stem
    if kind in KINDS and said:
        return alert(kind, element.attributes.get("title", ""), said)
    roots = [f"{top}/_includes" for top in _tops(notes)]
    path = notes.find(f"/{named}", *roots, *_tops(notes))
    if path.endswith((".md", ".markdown")) and (text := notes.text(path)) is not None:
        return converted_include(text, path, notes, JEKYLL)
    notes.lose(element.line, element.source, "an entry takes in no templates")
    return said


def address_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """Addresses of links that begin with a value, which is the site's own most often."""
    for found in _ADDRESS.finditer(text):
        if kept.around(found.start()) is None:
            yield Tag(*found.span(), ADDRESS, Shape.ALONE, {"target": found[0]})


def _address(element: Element, notes: Notes) -> str:
    written = element.attributes["target"]
    filled = notes.filled(written)
    if "{{" in filled:
        notes.lose(element.line, written, _GENERIC)
        return written
    return address(notes.target(filled))


def _value(element: Element, notes: Notes) -> str:
    """`{{ site.baseurl }}` is the top of the site; what else is known is its value."""
    expression = element.attributes[""]
    name = expression.partition("|")[0].strip()
    if _BASE.fullmatch(name):
        return ""
    if found := _FILTERED.match(expression):
        return notes.target(found[1])
    if (value := notes.variables.get(name)) is not None:
        return value
    notes.lose(element.line, element.source, _GENERIC)
    return element.source


def _logic(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "an entry runs no templates; its text is kept")
    return element.inner


_RULES: Mapping[str, Rule] = {
    **rows("link post_url", _link, inline=True),
    **rows("highlight", _highlight),
    **rows("raw", _raw),
    **rows("comment", _comment),
    **rows("include include_relative include_cached", _include),
    **rows("capture", inner),
}
_BOX = {
    name: Rule(
        lambda element, _: alert(
            element.name.removeprefix(PREFIX), element.attributes[""].strip("\"' "), element.inner
        )
    )
    for name in KINDS
}
JEKYLL = Dialect(
    (address_tags, liquid_tags, raw_marks, attribute_tags, fence_tags, link_tags),
    {
        **{f"{PREFIX}{name}": rule for name, rule in (_BOX | {**_RULES}).items()},
        **ATTRIBUTE_RULES,
        **LINK_RULES,
        VALUE: Rule(_value, is_inline=True),
        ADDRESS: Rule(_address, is_inline=True),
        RAW_MARK: Rule(nothing, is_inline=True),
        FENCES: FENCE,
    },
    unknown=Rule(_logic),
)
