"""VitePress' Markdown with Vue -> ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.components import COMPONENTS
from cannery.adopt.convert.containers import CONTAINER, container_tags
from cannery.adopt.convert.containers import NAME as CONTAINERS
from cannery.adopt.convert.dialect import Dialect, kept_text, left, pattern_finder
from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.fences import FENCE, fence_tags
from cannery.adopt.convert.fences import NAME as FENCES
from cannery.adopt.convert.includes import included
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.markup_tags import Syntax
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import code_span, fence
from cannery.util.lazy_pattern import LazyPattern

_CONTENTS = LazyPattern(r"^\[\[toc\]\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_FILE = LazyPattern(
    r"^(?P<indent>[ \t]*+)<<<[ \t]*+(?P<path>[^\s{\[#]++)(?P<region>#[\w-]++)?(?:[ \t]*+\{(?P<lines>[^{}\n]*+)\})?"
    r"(?:[ \t]*+\[(?P<label>[^\]\n]*+)\])?[ \t]*+$",
    re.MULTILINE,
)
_INCLUDE = re.compile(r"<!--[ \t]*@include:[ \t]*(?P<path>[^\s{}#]{1,300})[^\n]{0,200}?-->")
_VUE = LazyPattern(r"\{\{(?![<%])[^{}\n]{1,300}\}\}")
_REGION = re.compile(r"#(end)?region[ \t]++([\w-]++)")
CONTENTS, FILE, INCLUDE, VUE = "[[toc]]", "<<<", "<!--@include", "{{ }}"


def include_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """The comments that take in another file."""
    for start, end in kept.spans:
        found = _INCLUDE.match(text, start, end)
        if found and found.end() == end:
            yield Tag(start, end, INCLUDE, Shape.ALONE, {"path": found["path"]})


def _contents(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "the site makes tables of contents by itself")
    return ""


def _include(element: Element, notes: Notes) -> str:
    named = element.attributes["path"].removeprefix("@/")
    return included(element, notes, named, ["", "docs"], VITEPRESS)


def _file(element: Element, notes: Notes) -> str:
    """A file of the source as code."""
    attributes = element.attributes
    named = attributes["path"].removeprefix("@/").removeprefix("@")
    path = notes.find(named, "", "docs")
    text = notes.text(path) if path else None
    if text is None:
        notes.lose(element.line, element.source, "the file is not in the source")
        return code_span(named)
    words = attributes["lines"].split()
    language = next((word for word in words if word.isalpha()), path.rpartition(".")[2])
    label = attributes["label"].replace('"', "'")
    code = _region(text, attributes["region"].removeprefix("#")).strip("\n")
    return fence(code, f'{language} title="{label}"' if label else language)


def _region(text: str, name: str) -> str:
    if not name:
        return text
    taken, inside = [], False
    for line in text.split("\n"):
        found = _REGION.search(line)
        if found and found[2] == name:
            inside = not found[1]
        elif inside:
            taken.append(line)
    return "\n".join(taken)


_FINDERS = (
    pattern_finder(_CONTENTS, CONTENTS),
    pattern_finder(_FILE, FILE),
    include_tags,
    pattern_finder(_VUE, VUE),
    container_tags,
    fence_tags,
    link_tags,
)
VITEPRESS = Dialect(
    _FINDERS,
    {
        **{name: rule for name, rule in COMPONENTS.items() if name[:1].isupper()},
        **LINK_RULES,
        CONTAINERS: CONTAINER,
        FENCES: FENCE,
        CONTENTS: Rule(_contents),
        FILE: Rule(_file),
        INCLUDE: Rule(_include),
        VUE: Rule(left, is_inline=True),
    },
    Syntax(components=True),
    Rule(kept_text),
)
