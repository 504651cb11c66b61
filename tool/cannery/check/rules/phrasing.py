"""Phrases that a native support engineer would not send.

They stand in `check/phrases.json`, by language. What the team says otherwise, below `[check.avoid]`
and `[check.keep]` of kb.toml, goes first.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

from cannery.check.page import Page
from cannery.check.prose import Block, base_language, blocks, for_language, whole_word
from cannery.check.rule import Rule
from cannery.model.location import Problem, Severity
from cannery.util.spans import Lines
from cannery.util.text import small_letters

_FILE = Path(__file__).parents[1] / "phrases.json"


class _Row(TypedDict):
    """A row of `listed`: a star in `phrases` and `unless` is each of `each`."""

    say: str
    phrases: list[str]
    each: NotRequired[list[str]]
    unless: NotRequired[list[str]]


class _Twice(TypedDict):
    """A row of `twice`: what stands once in a paragraph, or in a reply."""

    say: str
    phrases: list[str]
    scope: str


class _Known(NamedTuple):
    """The phrases of a language: `say` has no entry for what is fine as it stands."""

    phrases: Sequence[str]
    say: Mapping[str, str]


def phrased(page: Page) -> Iterator[Problem]:
    """The phrases of the page that are listed, and those that stand twice."""
    language = base_language(page.at.language)
    known = _known(language)
    if known is None:
        return
    tables = (page.settings.avoid, page.settings.keep)
    left_alone = {
        word.lower() for table in tables for word in for_language(table, page.at.language)
    }
    read = [*blocks(page)]
    if not read:
        return
    for lines, match in _found(known.phrases, read):
        phrase = " ".join(match[0].split())
        say = known.say.get(phrase.lower())
        if say and phrase.lower() not in left_alone:
            yield _problem(page, lines, match, f"Say {say}.")
    for row in _data()["twice"].get(language, ()):
        yield from _twice(page, read, row)


def _found(phrases: Sequence[str], read: Sequence[Block]) -> Iterator[tuple[Lines, re.Match[str]]]:
    """Where the phrases stand in the blocks, with the block's lines.

    A pattern of all of them would be tried at each letter: it is made of those whose letters are
    there, which are few, or none.
    """
    letters = _letters(" ".join(block.text for block in read))
    if there := tuple(phrase for phrase in phrases if _letters_of(phrase) in letters):
        pattern = _any_of(there)
        for block in read:
            lines = block.lines()
            for match in pattern.finditer(block.text):
                yield lines, match


def _letters(text: str) -> str:
    return small_letters(" ".join(text.split()))


_letters_of = cache(_letters)


def _twice(page: Page, read: Sequence[Block], row: _Twice) -> Iterator[Problem]:
    found = [*_found(row["phrases"], read)]
    for (before, _), (lines, match) in itertools.pairwise(found):
        if row["scope"] == "reply" or before is lines:
            yield _problem(page, lines, match, f"Used before in this reply. Say {row['say']}.")


def _problem(page: Page, lines: Lines, match: re.Match[str], hint: str) -> Problem:
    message = f"stiff phrase: “{' '.join(match[0].split()):.60}”"
    line = lines.of(match.start())
    return Problem(page.path, line, "phrasing", message, hint, Severity.WARNING)


@cache
def _data() -> dict[str, dict[str, list[_Twice]]]:
    content: dict[str, dict[str, list[_Twice]]] = json.loads(_FILE.read_text("utf-8"))
    return content


@cache
def _known(language: str) -> _Known | None:
    rows: list[_Row] | None = json.loads(_FILE.read_text("utf-8"))["listed"].get(language)
    if rows is None:
        return None
    say = {phrase: row["say"] for row in rows for phrase in _spelt_out(row["phrases"], row)}
    fine = {phrase for row in rows for phrase in _spelt_out(row.get("unless", []), row)}
    wanted = {phrase.lower(): text for phrase, text in say.items() if phrase not in fine}
    return _Known((*say, *fine), wanted)


def _spelt_out(phrases: Sequence[str], row: _Row) -> Iterator[str]:
    for phrase in phrases:
        for word in row.get("each", [""]) if "*" in phrase else [""]:
            yield phrase.replace("*", word)


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(map(whole_word, ordered)), re.IGNORECASE)


def _macro(body: str) -> dict[str, str]:
    return {"macros/fix.md": f"---\ntitle: Fix\n---\n{body}\n"}


RULES = (
    Rule(
        code="phrasing",
        page=phrased,
        why="Readers notice phrases that no native speaker would write, and trust the rest less.",
        wrong=_macro("As per your request, please revert back to us with the informations."),
        right=_macro(
            "As you asked, here's the list. Please reply with the version you're running."
        ),
    ),
)
