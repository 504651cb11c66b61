"""The portable profile: what a macro may use so that a browser fills it in to the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cannery.content.patterns import browser_program
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.portable_filters import FILTERS
from cannery.liquid.template import filters_used
from cannery.model.entry import Macro, Part
from cannery.util.spans import Lines, between

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_RENDERED = re.compile(r"\{%-?\s*render\s+(?:\"([^\"]+)\"|'([^']+)')")
_DOC = re.compile(r"\s*doc\s*")
_WHOLE_FLOAT = re.compile(r"(?<![\w.])\d+\.0+(?![\w.])")
_TIME_ZONE = re.compile(r"\|\s*date:\s*(?:\"[^\"]*%Z|'[^']*%Z)")
_AND, _OR = re.compile(r"\band\b"), re.compile(r"\bor\b")


def parts_used(macro: Macro, parts: Mapping[str, Part]) -> tuple[str, ...]:
    """The names of the parts that a macro renders, directly or through other parts."""
    used: dict[str, None] = {}
    texts = [macro.subject, macro.body, *(item.default or "" for item in macro.fields)]
    while texts:
        names = [one or two for one, two in _RENDERED.findall(texts.pop())]
        new_names = [name for name in names if name in parts and name not in used]
        used |= dict.fromkeys(new_names)
        texts += [parts[name].body for name in new_names]
    return tuple(used)


def unportable(macro: Macro, parts: Mapping[str, Part]) -> Iterator[tuple[str, int, str]]:
    """The constructs of a macro that browsers render differently: path, 1-based line, description.

    Raises TemplateError for a template that can't be rendered at all.
    """
    context = RenderContext(macro.at.language, parts)
    sources = [Source(macro.subject, macro.at.path, 2)]
    sources += [Source(item.default or "", macro.at.path, 2) for item in macro.fields]
    sources.append(Source(macro.body, macro.at.path, macro.body_line))
    for name in parts_used(macro, parts):
        part = parts[name]
        sources.append(Source(part.body, part.at.path, part.body_line))
    for source in sources:
        yield from _outside(source, context)
    for item in macro.fields:
        if browser_program(item.pattern) is None:
            yield macro.at.path, 2, f"the pattern of {item.name}"


def _outside(source: Source, context: RenderContext) -> Iterator[tuple[str, int, str]]:
    for name, line in filters_used(source, context).items():
        if name not in FILTERS:
            yield source.path, line, f"the filter {name}"
    lines = Lines(source.text, source.line)
    for start, end in between(source.text, {"{{": "}}", "{%": "%}"}):
        line, inside = lines.of(start), source.text[start + 2 : end - 2]
        bare = _QUOTED.sub("", inside)
        if _WHOLE_FLOAT.search(bare):
            yield source.path, line, "a whole number with a decimal point, such as 2.0"
        if _DOC.fullmatch(inside):
            yield source.path, line, "the tag doc"
        if _TIME_ZONE.search(inside):
            yield source.path, line, "a time zone name (%Z)"
        if _AND.search(bare) and _OR.search(bare):
            yield source.path, line, "`and` with `or` in one condition"
