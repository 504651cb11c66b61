"""A dialect of Markdown: what in it is foreign to ours, and what becomes of that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from cannery.adopt.convert.elements import (
    Element,
    Rule,
    RuleOf,
    Shape,
    Tag,
    convert_elements,
    merged,
)
from cannery.adopt.convert.html import html_rule, without_signs
from cannery.adopt.convert.markup_tags import Syntax, markup_tags
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.quotes import NAME as QUOTE
from cannery.adopt.convert.quotes import quote_rule, quote_tags
from cannery.adopt.convert.regions import Regions, regions
from cannery.util.lazy_pattern import LazyPattern

_MAX_PASSES = 3
MAX_TAGS = 50_000  # of one text: no page that people wrote has as many
Finder = Callable[[str, Regions], Iterable[Tag]]


class Dialect(NamedTuple):
    """How a source writes Markdown.

    `finders` tell the tags of its constructs, `rules` what becomes of those by their names.
    `code` is the rule of those within code, whose names begin with a backtick.
    `unknown` is the rule of names that have none, where they are no elements of HTML.
    """

    finders: tuple[Finder, ...] = ()
    rules: Mapping[str, Rule] = {}
    syntax: Syntax = Syntax()
    unknown: Rule | None = None
    indented_code: bool = True
    code: Rule | None = None


def convert_text(text: str, dialect: Dialect, notes: Notes, first_line: int = 1) -> str:
    """A text in our Markdown; `first_line` is the number of its first line in the file.

    What is left where something was taken away may be foreign again, or want a blank line: so it
    is looked at until nothing changes.
    """
    made = convert_part(text, dialect, notes, first_line)
    for _ in range(_MAX_PASSES if made != text else 0):
        again = notes.again()
        before, made = made, convert_part(made, dialect, again)
        notes.take_new(again)
        if made == before:
            break
    return made


def convert_part(text: str, dialect: Dialect, notes: Notes, first_line: int = 1) -> str:
    """A part of a text, in one pass."""
    kept = regions(text, indented_code=dialect.indented_code)
    found = (finder(text, kept) for finder in (quote_tags, *dialect.finders))
    tags = merged(*found, markup_tags(text, kept, dialect.syntax))
    if len(tags) > MAX_TAGS:
        notes.lose(0, "the page", f"it has more than {MAX_TAGS:,} constructs, and stays as it is")
        return text
    made = convert_elements(text, tags, rule_of(dialect), notes, first_line)
    return made if made == text else without_signs(made)


def rule_of(dialect: Dialect) -> RuleOf:
    unknown = dialect.unknown or Rule(kept_text)

    def rule(name: str) -> Rule:
        if found := dialect.rules.get(name):
            return found
        if name == QUOTE:
            return quote_rule(lambda text, notes, line: convert_part(text, dialect, notes, line))
        if dialect.code and name.startswith("`"):
            return dialect.code
        is_html = name[:1].islower() and name.isalnum()
        return html_rule(name) if is_html else unknown

    return rule


def kept_text(element: Element, notes: Notes) -> str:
    """What is inside, and a loss for the rest."""
    notes.lose(element.line, element.source, "nothing here does the same; its text is kept")
    return element.inner


def dropped(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "nothing here does the same")
    return ""


def nothing(element: Element, notes: Notes) -> str:
    """Of what shows nothing where it comes from."""
    return ""


def inner(element: Element, notes: Notes) -> str:
    """What is inside: the construct itself says nothing."""
    return element.inner


def left(element: Element, notes: Notes) -> str:
    """What stays as it is written, and is told."""
    notes.lose(
        element.line, element.source, "nothing here does the same; it stays as it is written"
    )
    return element.source


def pattern_finder(pattern: re.Pattern[str] | LazyPattern, name: str) -> Finder:
    """Tags that stand alone, each where a pattern is found; its named groups are the attributes."""

    def find(text: str, kept: Regions) -> Iterator[Tag]:
        for found in pattern.finditer(text):
            if kept.around(found.start()) is None:
                groups = {key: value or "" for key, value in found.groupdict().items()}
                yield Tag(*found.span(), name, Shape.ALONE, groups)

    return find


def rows(
    names: str, make: Callable[[Element, Notes], str], *, inline: bool = False
) -> Mapping[str, Rule]:
    """One rule for each of the names."""
    return {name: Rule(make, is_inline=inline) for name in names.split()}
