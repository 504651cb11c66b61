"""The team's terms in a page's text: where one stands first, it tells what it means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import east_asian_width, normalize

from cannery.model.glossary import Term
from cannery.site.groups import Row, grouped
from cannery.site.visibility import PublishedView

# For the pages of a build: a file of the theme with a dot before its name, which no site shows.
GLOSSARY = ".kb-glossary.json"
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")


class Found(NamedTuple):
    """A term in a text: where, and what it means."""

    start: int
    end: int
    means: str


class TermIndex:
    """Finds terms in texts: the longest at each place, and each but once.

    Looks at each letter of a text a bounded number of times, however many terms there are: a name
    is looked up by its length, and the lengths are those of names that begin with this letter.
    """

    def __init__(self, terms: Iterable[Sequence[str]]) -> None:
        """Of names, each with what it means."""
        self._exact: dict[str, str] = {}  # capitals and what has no case: IT is not it
        self._lower: dict[str, str] = {}
        lengths: dict[str, set[int]] = {}
        for written, means in terms:
            name = normalize("NFC", written)
            key = name if name.upper() == name else _lower(name)
            (self._exact if name.upper() == name else self._lower).setdefault(key, means)
            for first in {key[0], key[0].upper()}:
                lengths.setdefault(first, set()).add(len(key))
        self._lengths = {first: sorted(there, reverse=True) for first, there in lengths.items()}
        self._begins = re.compile(f"[{re.escape(''.join(sorted(lengths)))}]") if lengths else None

    def found(self, text: str, told: set[str]) -> Iterator[Found]:
        """The terms of a text, from its beginning, but for those that were `told` before."""
        if self._begins is None:
            return
        lower, end = _lower(text), 0
        for begin in self._begins.finditer(text):
            at = begin.start()
            if at < end:
                continue
            if found := self._at(text, lower, at):
                end = found.end
                if found.means not in told:
                    told.add(found.means)
                    yield found

    def _at(self, text: str, lower: str, at: int) -> Found | None:
        """The longest name that stands there, whole."""
        for length in self._lengths[text[at]]:
            end = at + length
            means = self._exact.get(text[at:end]) or self._lower.get(lower[at:end])
            if means and end <= len(text) and _is_whole(text, at, end):
                return Found(at, end, means)
        return None


NO_TERMS = TermIndex(())


def terms_of(site: PublishedView, language: str) -> list[Term]:
    """The terms that this site's readers may know, in a language."""
    found = [entry.terms[language] for entry in site.glossary.shown if language in entry.terms]
    return sorted(found, key=lambda term: (term.term.casefold(), term.term))


def glossary_data(site: PublishedView) -> dict[str, list[list[str]]]:
    """The names of terms by language, each with what it means."""
    return {
        language: [[name, term.means] for term in terms for name in term.names]
        for language in site.languages
        if (terms := terms_of(site, language))
    }


def term_indexes(theme: Path) -> dict[str, TermIndex]:
    """What finds the terms of each language, as a stage has written them."""
    file = theme / GLOSSARY
    data = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {language: TermIndex(terms) for language, terms in data.items()}


def glossary_groups(site: PublishedView, language: str) -> list[list[Any]]:
    """The terms by their first letters: each with its other names, and what it means."""
    rows = [Row(term.term, "", term.means, tags=term.also) for term in terms_of(site, language)]
    return grouped(rows, language)


def _lower(text: str) -> str:
    """In lower case, letter by letter in the same place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(char.lower()[:1] for char in text)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_joins(before, text[start]) or _joins(text[end - 1], after))


def _joins(left: str, right: str) -> bool:
    """Whether two letters are of one word: of two words of Japanese, only where both are kana."""
    if not left or not right:
        return False
    if _KATAKANA.match(left) and _KATAKANA.match(right):
        return True
    return _is_letter(left) and _is_letter(right)


def _is_letter(char: str) -> bool:
    return (char.isalnum() or char == "_") and east_asian_width(char) not in "WF"
