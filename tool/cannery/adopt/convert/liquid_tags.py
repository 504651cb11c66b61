"""Template tags as Jekyll and GitBook write them: `{% name arguments %}` and `{{ value }}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.elements import Shape, Tag
from cannery.adopt.convert.regions import Regions

PREFIX = "{%"  # of the names of tags
VALUE = "{{ }}"
RAW_NAMES = frozenset(("raw", "highlight", "comment", "code", "mermaid"))
_BEGINS = re.compile(r"\{%-?[ \t\n]*+([A-Za-z_][\w-]{0,60})|\{\{(?![<%])")
_TAG_END = re.compile(r"((?>(?:[^%\"'{]|\{(?!%)|\"[^\"\n]*+\"|'[^'\n]*+'|%(?!\})|[\"'])*))%\}")
_VALUE_END = re.compile(r"([^{}\n]{0,300})\}\}")
_ARGUMENT = re.compile(r"(?<![\w-])([\w-]++)=(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"',]++))")
_RAW = re.compile(
    r"(?:(?<=\n)[ \t]*+\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}[ \t]*+\n)|\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}"
)
RAW_MARK = "{% raw"
_MAX = 2_000  # characters of one
_RAW_ENDS = {name: re.compile(rf"\{{%-?\s*+end{name}\s*+-?%\}}") for name in RAW_NAMES}


def liquid_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """Those outside of code. The attribute without a name is what stands behind a tag's name.

    Of tags whose text is no template, the attribute `inner` is that text.
    """
    at = 0
    unclosed: set[str] = set()
    while found := _BEGINS.search(text, at):
        start, at = found.span()
        if span := kept.around(start):
            at = max(at, span[1])
            continue
        if text[start - 1 : start] == "\\":
            continue
        tag = _tag(text, found) if found[1] else _value(text, found)
        if tag and tag.name.removeprefix(PREFIX) in RAW_NAMES:
            tag = _with_text(text, tag, unclosed)
        if tag:
            at = tag.end
            yield tag


def raw_marks(text: str, kept: Regions) -> Iterator[Tag]:
    """`{% raw %}` and its end within code, where they show nothing."""
    if "raw" not in text:
        return
    for start, end in kept.spans:
        for found in _RAW.finditer(text, start, end):
            yield Tag(*found.span(), RAW_MARK, Shape.ALONE)


def _tag(text: str, found: re.Match[str]) -> Tag | None:
    end = _TAG_END.match(text, found.end(), min(len(text), found.end() + _MAX))
    if end is None:
        return None
    name, rest = found[1].lower(), end[1].rstrip("- \t\n").strip()
    attributes = {
        key: double or single or bare for key, double, single, bare in _ARGUMENT.findall(rest)
    }
    shape = Shape.CLOSING if name.startswith("end") and name != "end" else Shape.OPENING
    return Tag(
        found.start(),
        end.end(),
        f"{PREFIX}{name.removeprefix('end') if shape is Shape.CLOSING else name}",
        shape,
        {"": rest, **attributes},
    )


def _value(text: str, found: re.Match[str]) -> Tag | None:
    end = _VALUE_END.match(text, found.end())
    if end is None:
        return None
    return Tag(found.start(), end.end(), VALUE, Shape.ALONE, {"": end[1].strip("- \t")})


def _with_text(text: str, tag: Tag, unclosed: set[str]) -> Tag:
    """The tag with the text up to its end, as one that stands alone."""
    name = tag.name.removeprefix(PREFIX)
    if tag.shape is Shape.CLOSING:
        return tag
    closing = None if name in unclosed else _RAW_ENDS[name].search(text, tag.end)
    if closing is None:
        unclosed.add(name)
        return tag
    inside = {**tag.attributes, "inner": text[tag.end : closing.start()]}
    return Tag(tag.start, closing.end(), tag.name, Shape.ALONE, inside)
