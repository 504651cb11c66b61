"""Bring the index up to date, then search it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from cannery.content.files import Scan, locate
from cannery.content.library import load
from cannery.model import Changes, Entry, Hit, Kind, Part, Query, Snippet, Stamp
from cannery.search.analysis import query_terms, terms
from cannery.search.freshness import diff
from cannery.search.index import Index, Match
from cannery.search.plain import plain
from cannery.workspace import Workspace

_SNIPPET = 160  # columns: about two lines of a terminal
_LEAD = 4  # one part of so many stands before the first match
_MAX_SCAN = 200_000
_SUGGESTIONS = 3
_WORD = re.compile(r"\w{3,}")


def changes(opened: Index, found: Scan, workspace: Workspace) -> Changes:
    """What the index doesn't know yet of the files; parts are no entries and stay out."""
    stamps = {
        path: stamp
        for path, stamp in found.stamps.items()
        if locate(path, workspace.settings).kind is not Kind.PART
    }
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


def search(opened: Index, workspace: Workspace, asked: Query) -> tuple[Hit, ...]:
    """The best entries, each once: in the preferred language where that variant matched too."""
    best: dict[str, Match] = {}
    for match in opened.search(asked):
        chosen = best.get(match.id)
        preferred = locate(match.path, workspace.settings).language == asked.prefer
        if chosen is None or (
            preferred and locate(chosen.path, workspace.settings).language != asked.prefer
        ):
            best[match.id] = Match(match.path, match.id, chosen.score if chosen else match.score)
    wanted = frozenset(query_terms(asked.words))
    hits = (_hit(workspace, match, wanted) for match in list(best.values())[: asked.limit])
    return tuple(hit for hit in hits if hit)


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
        snippet=snippet(plain(item.body), wanted),
    )


def snippet(text: str, wanted: frozenset[str]) -> Snippet:
    """The passage with the most different wanted terms, and where they stand in it."""
    text = " ".join(text[:_MAX_SCAN].split())
    size = _characters(text)
    spans = [
        (term.start, term.end, term.text)
        for term in terms(text)
        if term.text in wanted or (len(term.text) > 1 and term.text[0] in wanted)
    ]
    if not spans:
        return Snippet(_cut(text, 0, size))
    start = max(0, _best_start(spans, size) - size // _LEAD)
    end = start + size
    inside = [(a - start, b - start) for a, b, _ in spans if start <= a and b <= end]
    lead = "…" if start else ""
    shown = _cut(text, start, end)
    marks = _merged((a + len(lead), b + len(lead)) for a, b in inside)
    return Snippet(lead + shown, marks)


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
