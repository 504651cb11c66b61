"""Bring the index up to date, then search it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from unicodedata import east_asian_width, normalize

from cannery.content.files import PARTS, Scan, locate
from cannery.content.library import load
from cannery.content.synonyms import load_synonyms
from cannery.model import Changes, Entry, Hit, Part, Query, Snippet, Stamp
from cannery.search.analysis import places, query_terms
from cannery.search.freshness import diff
from cannery.search.index import Index
from cannery.search.plain import plain
from cannery.search.query import Asked, parse
from cannery.search.rank import Match, matches
from cannery.workspace import Workspace

_SNIPPET = 160  # columns: about two lines of a terminal
_LEAD = 4  # one part of so many stands before the first match
_MAX_SCAN = 8_000  # characters of a text that are looked at for a snippet
_SUGGESTIONS = 3
_SPARE = 20  # hits beyond the limit, among which a better language variant may be
_WORD = re.compile(r"\w{3,}")


def changes(opened: Index, found: Scan) -> Changes:
    """What the index doesn't know yet of the files; parts are no entries and stay out."""
    stamps = {path: stamp for path, stamp in found.stamps.items() if not path.startswith(PARTS)}
    return diff(opened.stamps(), stamps)


def refresh(opened: Index, workspace: Workspace, found: Scan, todo: Changes) -> Iterator[str]:
    """Bring the index up to date; yields each path done."""
    return opened.apply(_read(workspace, found, (*todo.added, *todo.changed)), todo.removed)


def _read(
    workspace: Workspace, found: Scan, paths: Iterable[str]
) -> Iterator[tuple[str, Stamp, Entry | None]]:
    for path in paths:
        item = load(workspace, path).item
        yield path, found.stamps[path], None if isinstance(item, Part) else item


def search(opened: Index, workspace: Workspace, query: Query) -> tuple[Hit, ...]:
    """The best entries, each once: in the preferred language where that variant matched too."""
    asked = parse(query)
    found = _best(opened, workspace, query, asked)
    if not found and asked.phrases:  # nothing has them as they stand: the words will do
        asked = replace(asked, phrases=())
        found = _best(opened, workspace, query, asked)
    wanted = frozenset(query_terms(asked.words))
    hits = (_hit(workspace, match, wanted) for match in found)
    return tuple(islice((hit for hit in hits if hit), query.limit))


def _best(opened: Index, workspace: Workspace, query: Query, asked: Asked) -> tuple[Match, ...]:
    best: dict[str, Match] = {}
    for match in matches(opened, asked, load_synonyms(workspace)):
        chosen = best.get(match.id)
        if chosen is None:
            if len(best) >= query.limit + _SPARE:
                break
            if all(_holds(workspace, match, phrase) for phrase in asked.phrases):
                best[match.id] = match
        elif query.prefer and _is_better(match, chosen, query.prefer, workspace):
            best[match.id] = replace(match, score=chosen.score)
    return tuple(best.values())


def _is_better(match: Match, chosen: Match, language: str, workspace: Workspace) -> bool:
    here, there = (locate(item.path, workspace.settings).language for item in (match, chosen))
    return here == language != there


def _holds(workspace: Workspace, match: Match, phrase: str) -> bool:
    """Whether the phrase stands in the entry's title or text as it was typed."""
    item = load(workspace, match.path).item
    if item is None or isinstance(item, Part):
        return False
    text = f"{item.header.title}\n{item.header.summary}\n{plain(item.body)}"
    return _comparable(phrase) in _comparable(text)


def _comparable(text: str) -> str:
    return " ".join(normalize("NFKC", text).lower().split())


def _hit(workspace: Workspace, match: Match, wanted: frozenset[str]) -> Hit | None:
    item = load(workspace, match.path).item
    if item is None or isinstance(item, Part):
        return None  # gone between the search and now
    return Hit(
        at=item.at,
        title=item.header.title,
        summary=item.header.summary,
        status=item.header.status.value,
        tags=item.header.tags,
        score=round(match.score, 4),
        snippet=snippet(plain(item.body[: 2 * _MAX_SCAN]), wanted),
    )


def snippet(text: str, wanted: frozenset[str]) -> Snippet:
    """The passage with the most different wanted terms, and where they stand in it."""
    text = " ".join(text[:_MAX_SCAN].split())
    size = _characters(text)
    spans = list(_spans(text, wanted, size))
    if not spans:
        return Snippet(_cut(text, 0, _boundary(text, size, -1)))
    first = _best_start(spans, size)
    start = _boundary(text, max(0, first - size // _LEAD), 1)
    start += text[start] == " "
    end = _boundary(text, start + size, -1)
    inside = [(a - start, b - start) for a, b, _ in spans if start <= a and b <= end]
    lead = "…" if start else ""
    shown = _cut(text, start, end)
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


def _cut(text: str, start: int, end: int) -> str:
    return text[start:end].rstrip() + ("…" if end < len(text) else "")


def _boundary(text: str, at: int, step: int) -> int:
    """The nearest place, from `at` on by `step`, where no word is cut: where the script changes."""
    for place in range(at, at + step * _LONGEST_WORD, step):
        if not 0 < place < len(text) or _script(text[place - 1]) != _script(text[place]):
            return min(max(place, 0), len(text))
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


def suggest(opened: Index, words: str) -> tuple[str, ...]:
    """Words of titles that look like those that found nothing."""
    known = sorted({word.lower() for title in opened.titles() for word in _WORD.findall(title)})
    near = (difflib.get_close_matches(word, known, n=1) for word in words.lower().split())
    return tuple(dict.fromkeys(word for found in near for word in found))[:_SUGGESTIONS]
