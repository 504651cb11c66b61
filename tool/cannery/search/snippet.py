"""The passage of a text with the most search terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from cannery.model.hit import Snippet
from cannery.search.spelling import in_usual_letters
from cannery.search.strip_markup import strip_markup
from cannery.search.tokens import places
from cannery.util.text import fold

_SNIPPET = 160  # columns: about two lines of a terminal
_LEAD = 4  # one part of so many stands before the first match
_MAX_SCAN = 40_000  # characters of a body that are looked at
_BEFORE, _AFTER = 120, 300  # characters around a match that are read closely
# What is left of a link, a tag or a field where it was cut.
_HALF_MARK = re.compile(
    r"\A[^\[\]()\n]*\]\([^()\n]*\)|\A[^(){}<>\s]*\)|\A[^{}\n]*[}%]\}"
    r"|!?\[[^\[\]\n]*(?:\]\([^()\n]*)?\Z|<[A-Za-z/][^<>\n]*\Z|\{[{%][^{}\n]*\Z"
)
_HALF_FIELD = re.compile(r"[^{}]{0,40}\}\s*")
_MAX_PLACES = 20  # of a term
_TRIES = 3


def excerpt(body: str, wanted: frozenset[str]) -> Snippet:
    """The passage of a Markdown body with the most different wanted terms."""
    body = body[:_MAX_SCAN]
    folded = body.lower()
    places = _places(folded, wanted)
    if not places:  # half-width kana, full-width letters, forms of letters
        folded = in_usual_letters(fold(body))
        places = _places(folded, wanted)
    for _ in range(_TRIES):
        if not places:
            break
        best = _best_start(places, _SNIPPET)
        # The letters are the same, but for some ㍿ and ｶﾞ: the place is about the same.
        start, end = _lines(body, best * len(body) // len(folded))
        piece = _HALF_MARK.sub("", body[start:end])
        shown = snippet(strip_markup(piece), wanted, before=start > 0, after=end < len(body))
        if shown.spans:
            return shown
        # They stood in addresses and marks: look elsewhere.
        places = [position for position in places if abs(position[0] - best) > _SNIPPET]
    return snippet(strip_markup(body[:_AFTER]), wanted, after=len(body) > _AFTER)


def _lines(body: str, position: int) -> tuple[int, int]:
    """Whole lines around a place, unless they are long."""
    lead = max(position - _SNIPPET // _LEAD, 0)
    start = max(body.rfind("\n", 0, lead) + 1, position - _BEFORE, 0)
    line = body.find("\n", position + _SNIPPET)
    return start, min(line if line >= 0 else len(body), position + _AFTER)


def _places(text: str, wanted: frozenset[str]) -> list[tuple[int, int, str]]:
    """Where terms seem to stand, in order, by a look at letters alone."""
    return sorted(
        (at, at + len(term), term) for term in wanted for at in _occurrences(text, _root(term))
    )


def _root(term: str) -> str:
    """What the words of a stem have in common: `proxi` is proxy, too."""
    return term[:-1] if term.isascii() and len(term) > 2 and term[-1] in "ei" else term  # noqa: PLR2004


def _occurrences(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    for _ in range(_MAX_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(piece, at + 1)


def snippet(
    text: str, wanted: frozenset[str], *, before: bool = False, after: bool = False
) -> Snippet:
    """The passage with the most different wanted terms, and where they stand in it.

    `before` and `after`: whether the text goes on there.
    """
    text = " ".join(text.split())
    size = _characters(text)
    spans = list(_spans(text, wanted, size))
    if not spans:
        return Snippet(_cut(text, 0, _boundary(text, size, -1), after=after))
    first = _best_start(spans, size)
    start = _boundary(text, max(0, first - size // _LEAD), 1)
    if half := start and _HALF_FIELD.match(text, start):
        start = half.end()
    start += text[start : start + 1] == " "
    end = _boundary(text, start + size, -1)
    inside = [(a - start, b - start) for a, b, _ in spans if start <= a and b <= end]
    lead = "…" if start or before else ""
    shown = _cut(text, start, end, after=after)
    marks = _merged((a + len(lead), b + len(lead)) for a, b in inside)
    return Snippet(lead + shown, marks)


def _spans(text: str, wanted: frozenset[str], size: int) -> Iterator[tuple[int, int, str]]:
    """Where wanted terms stand, up to the end of the first passage that has them all."""
    missing, end = set(wanted), len(text)
    for term in places(text, wanted):
        if term.start > end:
            return
        yield term.start, term.end, term.text
        missing.discard(term.text)
        if not missing:
            end = min(end, term.start + size)


def _characters(text: str) -> int:
    """How many characters of this text a snippet has: a Japanese one takes two columns."""
    sample = text[:_SNIPPET]
    if sample.isascii():
        return _SNIPPET
    wide = sum(east_asian_width(char) in "WF" for char in sample)
    return _SNIPPET * len(sample) // (len(sample) + wide) if sample else _SNIPPET


def _best_start(spans: list[tuple[int, int, str]], size: int) -> int:
    best, best_count, first = spans[0][0], 0, 0
    counts: dict[str, int] = {}
    for start, _, term in spans:
        counts[term] = counts.get(term, 0) + 1
        while start - spans[first][0] > size - size // _LEAD:
            left = spans[first][2]
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            first += 1
        if len(counts) > best_count:
            best, best_count = spans[first][0], len(counts)
    return best


def _cut(text: str, start: int, end: int, *, after: bool) -> str:
    return text[start:end].rstrip() + ("…" if after or end < len(text) else "")


def _boundary(text: str, at: int, step: int) -> int:
    """The nearest place, from `at` on by `step`, where no word is cut: where the script changes."""
    for position in range(at, at + step * _LONGEST_WORD, step):
        if not 0 < position < len(text) or _script(text[position - 1]) != _script(text[position]):
            return min(max(position, 0), len(text))
    return at


def _script(char: str) -> str:
    """Letters of one script go together to words; anything else is a word by itself."""
    if char.isascii():
        return "latin" if char.isalnum() else char
    for name, (low, high) in _SCRIPTS.items():
        if low <= char <= high:
            return name
    return "letter" if char.isalpha() else char


_LONGEST_WORD = 16  # that is looked for the end of
_SCRIPTS = {
    "hiragana": ("\u3041", "\u309f"),
    "katakana": ("\u30a0", "\u30ff"),
    "han": ("\u3400", "\u9fff"),
}


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
