"""The portable profile: what a macro may use so that a browser fills it in to the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cannery.content.portable import FILTERS
from cannery.content.template import Source, Surroundings, filters_used
from cannery.model import Macro, Part
from cannery.util.spans import Lines, between

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_RENDERED = re.compile(r"\{%-?\s*render\s+(?:\"([^\"]+)\"|'([^']+)')")
_WHOLE_FLOAT = re.compile(r"(?<![\w.])\d+\.0+(?![\w.])")
_TIME_ZONE = re.compile(r"\|\s*date:\s*(?:\"[^\"]*%Z|'[^']*%Z)")
_AND, _OR = re.compile(r"\band\b"), re.compile(r"\bor\b")


def parts_used(macro: Macro, parts: Mapping[str, Part]) -> tuple[str, ...]:
    """The names of the parts that a macro renders, and of those that they render."""
    found: dict[str, None] = {}
    texts = [macro.subject, macro.body, *(item.default or "" for item in macro.fields)]
    while texts:
        names = [one or two for one, two in _RENDERED.findall(texts.pop())]
        fresh = [name for name in names if name in parts and name not in found]
        found |= dict.fromkeys(fresh)
        texts += [parts[name].body for name in fresh]
    return tuple(found)


def unportable(macro: Macro, parts: Mapping[str, Part]) -> Iterator[tuple[str, int, str]]:
    """What of a macro is outside the profile: the file, its 1-based line, and what it is.

    Raises TemplateError for a template that nothing can fill in.
    """
    around = Surroundings(macro.at.language, parts)
    sources = [Source(macro.subject, macro.at.path, 2)]
    sources += [Source(item.default or "", macro.at.path, 2) for item in macro.fields]
    sources.append(Source(macro.body, macro.at.path, macro.body_line))
    for name in parts_used(macro, parts):
        part = parts[name]
        sources.append(Source(part.body, part.at.path, part.body_line))
    for source in sources:
        yield from _outside(source, around)
    for item in macro.fields:
        if browser_pattern(item.pattern) is None:
            yield macro.at.path, 2, f"the pattern of {item.name}"


def _outside(source: Source, around: Surroundings) -> Iterator[tuple[str, int, str]]:
    for name, line in filters_used(source, around).items():
        if name not in FILTERS:
            yield source.path, line, f"the filter {name}"
    lines = Lines(source.text, source.line)
    for start, end in between(source.text, {"{{": "}}", "{%": "%}"}):
        line, said = lines.of(start), source.text[start + 2 : end - 2]
        bare = _QUOTED.sub("", said)
        if _WHOLE_FLOAT.search(bare):
            yield source.path, line, "a whole number with a point, such as 2.0"
        if _TIME_ZONE.search(said):
            yield source.path, line, "the name of a time zone (%Z)"
        if _AND.search(bare) and _OR.search(bare):
            yield source.path, line, "`and` with `or` in one condition"


# What only Python's patterns have, and what can take a browser, which has no time limit, forever.
_NESTED = re.compile(r"[+*}]\??\)+[+*{]")
_ONLY_PYTHON = re.compile(r"\(\?(?!:|=|!|<[=!]|P<)|\\[AZGKLMmNRXUx]|\[\[|&&|\(\?P[=>&]|[+*?}]\+")
_CLASSES = {"d": r"\p{Nd}", "w": r"\p{L}\p{M}\p{N}\p{Pc}"}
_KEPT = frozenset("bBnrtfvsSDpPu0123456789^$\\.*+?()[]{}|/")


def browser_pattern(pattern: str) -> str | None:
    """A field's pattern as a browser reads it; None where it can't, or might take forever."""
    if _NESTED.search(pattern) or _ONLY_PYTHON.search(pattern):
        return None
    inside = False
    pieces: list[str | None] = []
    for piece in re.findall(r"\\.|.", pattern.replace("(?P<", "(?<"), re.DOTALL):
        if len(piece) > 1:
            pieces.append(_escape(piece[1], inside=inside))
        else:
            inside = (inside or piece == "[") and piece != "]"
            pieces.append(piece)
    known = [piece for piece in pieces if piece is not None]
    return "".join(known) if len(known) == len(pieces) else None


def _escape(char: str, *, inside: bool) -> str | None:
    if char in _CLASSES:
        return _CLASSES[char] if inside else f"[{_CLASSES[char]}]"
    if char == "D":
        return r"\P{Nd}"
    if char == "W":
        return None if inside else rf"[^{_CLASSES['w']}]"
    if char == "-" and inside:
        return r"\-"
    return f"\\{char}" if char in _KEPT else char
