"""Block quotes, whose text is converted on its own; those that begin with a kind are boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cannery.adopt.convert.elements import KEEP, Element, Rule, Shape, Tag
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions
from cannery.adopt.convert.shapes import KINDS, alert, dedented, details, quoted

NAME = "> "
_FIRST = re.compile(r"^[ \t]{0,40}+>", re.MULTILINE)
_KIND = re.compile(
    r"[ \t]*+\[!([\w-]{1,40})(?:\|[^\]\n]{0,100}|[ \t]class=[^\]\n]{0,100})?\]([+-]?)[ \t]*+([^\n]*)"
)
_QUOTE = re.compile(r"[ \t]*+>[ \t]?")
_OURS = frozenset(("note", "tip", "important", "warning", "caution"))
# Kinds that are titles, where a box has no other.
_NAMED = frozenset(
    [
        "abstract",
        "summary",
        "tldr",
        "todo",
        "question",
        "help",
        "faq",
        "bug",
        "example",
        "success",
        "check",
        "done",
        "failure",
        "missing",
    ]
)
_MAX_DEPTH = 8
Convert = Callable[[str, Notes, int], str]


def quote_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """Each block quote as one tag, where it isn't code or within a comment."""
    at = 0
    while found := _FIRST.search(text, at):
        start = found.end() - 1
        end = _end_of_quote(text, start)
        at = end
        span = kept.around(start)
        if span is None or (
            text[span[0] : span[0] + 4] != "<!--" and text[span[0] : start].isspace()
        ):
            yield Tag(start, end, NAME, Shape.ALONE)
        elif span:
            at = max(found.end(), min(span[1], end))


def _end_of_quote(text: str, at: int) -> int:
    """Where the quote ends whose first line begins at a place: with its last line that has a `>`."""
    end = text.find("\n", at)
    while end >= 0 and _QUOTE.match(text, end + 1):
        at = end + 1
        end = text.find("\n", at)
    return len(text) if end < 0 else end


def quote_rule(convert: Convert) -> Rule:
    """The rule for quotes; `convert` makes Markdown of what is in one."""

    def make(element: Element, notes: Notes) -> str:
        inside = "\n".join(map(_without_sign, element.source.split("\n")))
        found = _KIND.match(inside)
        is_box = found is not None and not _is_ours(found)
        if notes.depth >= _MAX_DEPTH:
            if is_box:
                notes.lose(element.line, element.source, "boxes are nested too deep")
            return KEEP
        notes.depth += 1
        body = inside[found.end() :].lstrip("\n") if found and is_box else inside
        first = element.line + bool(is_box)
        made = convert(dedented(body) if is_box else body, notes, first).strip("\n")
        title = convert(found[3], notes, element.line) if found and is_box else ""
        notes.depth -= 1
        if found and is_box:
            return _box(found, title, made)
        return KEEP if not is_box and made == body.strip("\n") else quoted(made)

    return Rule(make)


def _without_sign(line: str) -> str:
    found = _QUOTE.match(line)
    return line[found.end() :] if found else line


def _is_ours(found: re.Match[str]) -> bool:
    return found[1].lower() in _OURS and not found[2] and not found[3].strip()


def _box(found: re.Match[str], title: str, text: str) -> str:
    kind, fold, title = found[1].lower(), found[2], title.strip()
    shown = title or (kind.capitalize() if kind in _NAMED else "")
    if fold:
        return details(shown or kind.capitalize(), text, is_open=fold == "+")
    if kind == "div":
        return text
    if kind in {"quote", "cite"}:
        return quoted(f"**{title}**\n\n{text}" if title else text)
    return alert(kind if kind in KINDS else "note", shown, text)
