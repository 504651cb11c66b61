"""Hugo's shortcodes as tags: `{{< name "value" key=value >}}` and `{{% name %}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.elements import Shape, Tag
from cannery.adopt.convert.regions import Regions

PREFIX = "{{"  # of the names of tags: shortcodes are called as elements of HTML are
ESCAPED = "{{</*"
IN_CODE = "`"
_BEGINS = re.compile(r"\{\{([<%])-?[ \t\n]*+(?:(/\*)|(/?)[ \t]*+([A-Za-z_][\w./-]{0,80}))")
_ARGUMENT = re.compile(
    r"\s*+(?>(?:([A-Za-z_][\w.-]*+)\s*+=\s*+)?)"
    r"(?:\"((?>(?:[^\"\\]|\\.)*))\"|`([^`]*+)`|((?>(?:(?!/?-?[>%]\}\}|\{\{)[^\s\"`=])+)))",
    re.DOTALL,
)
_END = re.compile(r"\s*+(/?)\s*+-?[>%]\}\}")
_MAX_ADDRESS = 300
_ADDRESS = re.compile(r"(?:\]\(|\]:[ \t]|<https?:|=[\"'])[^\s()]{0,300}+\Z")
IN_ADDRESS = "<"  # the attribute of one that is a part of an address
_MOST = 40  # values of one
_MAX = 3_000  # characters of one
# Their text is no Markdown: only their own end ends them.
RAW = frozenset(("highlight", "mermaid", "katex", "math", "code", "rawhtml", "raw", "comment"))
_RAW_ENDS = {
    name: re.compile(rf"\{{\{{[<%]\s*+/\s*+{name}\s*+[>%]\}}\}}", re.IGNORECASE) for name in RAW
}


def shortcode_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """Those outside of code. Values without a name are called 0, 1 and so on."""
    at = 0
    unclosed: set[str] = set()
    while found := _BEGINS.search(text, at):
        at = found.end()
        if span := kept.around(found.start()):
            at = max(at, span[1])
            continue
        tag = _escaped(text, found) if found[2] else _tag(text, found)
        if tag and tag.shape is Shape.OPENING and tag.name.removeprefix(PREFIX) in RAW:
            tag = _raw(text, tag, unclosed)
        if tag:
            at = tag.end
            yield tag


def shortcodes_in_code(text: str, kept: Regions) -> Iterator[Tag]:
    """Those within code, where Hugo carries them out too."""
    if "{{<" not in text and "{{%" not in text:
        return
    for start, end in kept.spans:
        at = start
        while found := _BEGINS.search(text, at, end):
            at = found.end()
            tag = _escaped(text, found) if found[2] else _tag(text, found)
            if tag and tag.end <= end:
                at = tag.end
                yield tag._replace(name=f"{IN_CODE}{tag.name}", shape=Shape.ALONE)


def _escaped(text: str, found: re.Match[str]) -> Tag | None:
    """One that is shown to the reader as it stands, without the comment's signs."""
    end = text.find("*/", found.end(), found.end() + _MAX)
    close = _END.match(text, end + 2) if end >= 0 else None
    if close is None:
        return None
    shown = f"{text[found.start() : found.start(2)]}{text[found.end() : end]}{close[0]}"
    return Tag(found.start(), close.end(), ESCAPED, Shape.ALONE, {"text": shown})


def _tag(text: str, found: re.Match[str]) -> Tag | None:
    at, most = found.end(), min(len(text), found.start() + _MAX)
    attributes: dict[str, str] = {}
    while len(attributes) < _MOST and (match := _ARGUMENT.match(text, at, most)):
        name, double, raw, bare = match.groups()
        value = double.replace('\\"', '"') if double is not None else raw or bare or ""
        number = sum(key.isdigit() for key in attributes)
        attributes.setdefault(name.lower() if name else str(number), value)
        at = match.end()
    end = _END.match(text, at, most)
    if end is None:
        return None
    if _ADDRESS.search(text, max(0, found.start() - _MAX_ADDRESS), found.start()):
        attributes[IN_ADDRESS] = "yes"
    shape = Shape.CLOSING if found[3] else Shape.ALONE if end[1] else Shape.OPENING
    return Tag(found.start(), end.end(), f"{PREFIX}{found[4].lower()}", shape, attributes)


def _raw(text: str, tag: Tag, unclosed: set[str]) -> Tag:
    closing = None
    if tag.name not in unclosed:
        closing = _RAW_ENDS[tag.name.removeprefix(PREFIX)].search(text, tag.end)
    if closing is None:
        unclosed.add(tag.name)
        return tag
    inside = {**tag.attributes, "": text[tag.end : closing.start()]}
    return Tag(tag.start, closing.end(), tag.name, Shape.ALONE, inside)
