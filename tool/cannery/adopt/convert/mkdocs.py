"""MkDocs' Markdown with the extensions of Material -> ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from cannery.adopt.convert.attribute_lists import ATTRIBUTE_RULES, attribute_tags
from cannery.adopt.convert.dialect import Dialect, dropped, pattern_finder, rows
from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.includes import converted_include
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.liquid_tags import PREFIX, VALUE, liquid_tags
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import code_span
from cannery.util.lazy_pattern import LazyPattern

_SNIPPET = re.compile(
    r"^(?P<indent>[ \t]*+)-{1,9}8<-{1,9}[ \t]+(?:\"(?P<a>[^\"\n]+)\"|'(?P<b>[^'\n]+)')[ \t]*+$",
    re.MULTILINE,
)
_SNIPPETS = re.compile(
    r"^(?P<indent>[ \t]*+)-{1,9}8<-{1,9}[ \t]*+\n(?P<names>(?>(?:(?![ \t]*+-{1,9}8<)[^\n]*+\n){1,50}))[ \t]*+-{1,9}8<-{1,9}[ \t]*+$",
    re.MULTILINE,
)
_MARKED = LazyPattern(r"(?<![=\w\\])==(?P<text>[^=\s](?>(?:[^=\n]|=(?!=)){0,400}))==(?![=\w])")
_INSERTED = LazyPattern(
    r"(?<![\^\w\\])\^\^(?P<text>[^\^\s](?>(?:[^\^\n]|\^(?!\^)){0,400}))\^\^(?![\^\w])"
)
_KEYS = LazyPattern(
    r"(?<![\w+\\])\+\+(?P<keys>[A-Za-z\"][\w\"-]{0,30}(?:\+[\w\"-]{1,30}){0,5})\+\+(?![\w+])"
)
_ICON = LazyPattern(
    r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,60}:(?:\{[^{}\n]{0,200}\})?[ \t]?"
)
_CONTENTS = LazyPattern(r"^\[(?:TOC|toc|\[_?TOC_?\]|\[toc\])\][ \t]*$", re.MULTILINE)
_ABBREVIATION = LazyPattern(r"^\*\[[^\]\n]{1,100}\]:[^\n]*$", re.MULTILINE)
# `::: package.module`, with options below it: a plugin writes a reference of a program there.
_REFERENCE = LazyPattern(
    r"^[ \t]*+:{3}[ \t]++[\w.-]{2,200}[ \t]*+(?>(?:\n(?:[ \t]++[^\n]*+|(?=\n[ \t]{2})))*)$",
    re.MULTILINE,
)
REFERENCE = "::: "
SNIPPET, MARKED, KEYS, ICON, CONTENTS, ABBREVIATION = "8<", "==", "++", ":icon:", "[TOC]", "*["
_SECTION = re.compile(r"-{1,9}8<-{1,9}[ \t]*+\[(start|end):([ \t]*+[\w-]+)\]")
_MAX_NAMES = 50


def snippet_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """The lines that take in other files, also within blocks of code."""
    for pattern in (_SNIPPET, _SNIPPETS):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            names = groups.get("names") or groups.get("a") or groups.get("b") or ""
            start = found.end("indent")
            is_code = kept.around(start) is not None
            if is_code and text[kept.around(start)[0] :][:4] == "<!--":  # type: ignore[index]
                continue
            attributes = {"names": names, "indent": found["indent"]}
            yield Tag(
                start, found.end(), f"{'`' if is_code else ''}{SNIPPET}", Shape.ALONE, attributes
            )


def _snippet(element: Element, notes: Notes) -> str:
    is_code = element.name.startswith("`")
    names = (name.strip() for name in element.attributes["names"].split("\n"))
    wanted = islice((name for name in names if name and not name.startswith(";")), _MAX_NAMES)
    made = [_file(name, element, notes, is_code=is_code) for name in wanted]
    if is_code:
        return "\n".join(made).replace("\n", f"\n{element.attributes['indent']}")
    return "\n\n".join(made)


def _file(named: str, element: Element, notes: Notes, *, is_code: bool) -> str:
    """The text of a file, or of a part of it; its name where it can't be had."""
    plain, _, part = named.partition(":")
    roots = ["", "docs", *notes.variables.get("snippets", "").split("\n")]
    path = notes.find(f"/{plain}", *roots)
    text = notes.text(path) if path else None
    if text is None:
        notes.lose(element.line, named, "the file is not in the source")
        return named if is_code else code_span(named)
    text = _part(text, part)
    return text.strip("\n") if is_code else converted_include(text, path, notes, MKDOCS)


def _part(text: str, part: str) -> str:
    """The lines `3:5`, or those between the marks of a section; without these marks."""
    lines = text.split("\n")
    if part and part[:1].isdigit():
        first, _, last = part.partition(":")
        return "\n".join(
            lines[max(0, int(first[:9]) - 1) : int(last[:9]) if last.isdigit() else None]
        )
    taken, inside = [], not part
    for line in lines:
        if found := _SECTION.search(line):
            if part and found[2].strip() == part:
                inside = found[1] == "start"
        elif inside:
            taken.append(line)
    return "\n".join(taken)


def _marked(element: Element, notes: Notes) -> str:
    return f"**{element.attributes['text']}**"


def _inserted(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "an entry underlines nothing; its text is kept")
    return element.attributes["text"]


def _keys(element: Element, notes: Notes) -> str:
    keys = element.attributes["keys"].replace('"', "").split("+")
    names = (
        key if len(key) == 1 and key.isupper() else key.replace("-", " ").title() for key in keys
    )
    return "+".join(f"<kbd>{name}</kbd>" for name in names)


def _icon(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "an entry has no icons")
    return ""


def _contents(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "the site makes tables of contents by itself")
    return ""


def _macro(element: Element, notes: Notes) -> str:
    """A value of the settings; what is made by a program stays as it is written."""
    name = element.attributes[""].strip()
    value = notes.variables.get(name)
    if value is None:
        notes.lose(
            element.line, element.source, "its value is not known here; it stays as it is written"
        )
        return element.source
    return value


def _logic(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "an entry runs no templates; its text is kept")
    return element.inner


_RULES: Mapping[str, Rule] = {
    SNIPPET: Rule(_snippet),
    MARKED: Rule(_marked, is_inline=True),
    "^^": Rule(_inserted, is_inline=True),
    KEYS: Rule(_keys, is_inline=True),
    ICON: Rule(_icon, is_inline=True),
    CONTENTS: Rule(_contents),
    ABBREVIATION: Rule(dropped),
    REFERENCE: Rule(dropped),
    **ATTRIBUTE_RULES,
    **LINK_RULES,
}
MKDOCS = Dialect(
    (
        snippet_tags,
        pattern_finder(_MARKED, MARKED),
        pattern_finder(_INSERTED, "^^"),
        pattern_finder(_KEYS, KEYS),
        pattern_finder(_ICON, ICON),
        pattern_finder(_CONTENTS, CONTENTS),
        pattern_finder(_ABBREVIATION, ABBREVIATION),
        pattern_finder(_REFERENCE, REFERENCE),
        attribute_tags,
        link_tags,
    ),
    _RULES,
    code=Rule(_snippet, is_inline=True),
)
# With the plugin that makes templates of pages.
MACROS = MKDOCS._replace(
    finders=(liquid_tags, *MKDOCS.finders),
    rules={**_RULES, VALUE: Rule(_macro, is_inline=True), **rows(f"{PREFIX}raw", _logic)},
    unknown=Rule(_logic),
)
