"""A query -> hits: the best entries, each once, with the passage that tells most."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from cannery.content.files import locate
from cannery.model.hit import Hit, Query, Snippet
from cannery.search.body import Bodies
from cannery.search.index import Index
from cannery.search.query import ParsedQuery, parse
from cannery.search.rank import Ranked, rank
from cannery.search.reader import Reader
from cannery.search.snippet import excerpt
from cannery.search.synonyms import Groups, synonyms
from cannery.search.tokens import has_cjk, pairs
from cannery.util.text import fold
from cannery.workspace import Workspace

_SUGGESTIONS = 3
_SLIPS = 50  # words that are looked at for them
_SPARE = 15  # entries beyond the limit, which may pass it by when all is known of them
_VARIANTS = 3  # documents of an entry that are looked at first
_OVERDUE = 0.9  # of the score is left to an entry that nobody vouched for in time
_USAGE = 0.2  # of the score comes on top for the most used entry
_WITHOUT_BLANKS = frozenset(("ja", "ko", "zh"))
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class _Match:
    """A document that answers, and what the index keeps of it."""

    score: float
    kept: dict[str, Any]


def search(opened: Index, workspace: Workspace, query: Query) -> tuple[Hit, ...]:
    """The best entries, each once: in the language that suits, where that variant matched too."""
    asked = parse(query)
    reader, bodies = opened.reader(), Bodies(workspace)
    same = synonyms(workspace, opened.folder)
    found, terms = _best(reader, workspace, query, asked, same, bodies)
    if not found and asked.phrases:  # nothing has them as they stand: the words will do
        asked = replace(asked, phrases=())
        found, terms = _best(reader, workspace, query, asked, same, bodies)
    hits = (_hit(workspace, match, bodies, terms if query.snippets else None) for match in found)
    return tuple(islice((hit for hit in hits if hit), query.limit))


def _best(  # noqa: PLR0913, PLR0917
    reader: Reader,
    workspace: Workspace,
    query: Query,
    asked: ParsedQuery,
    same: Groups,
    bodies: Bodies,
) -> tuple[list[_Match], frozenset[str]]:
    wanted = query.limit + _SPARE
    count = sys.maxsize if asked.phrases else wanted * _VARIANTS  # words are seldom a phrase
    while True:
        ranked = rank(reader, asked, same, count, typing=query.typing)
        found = _entries(reader, workspace, query, ranked, asked.phrases, bodies)
        if len(found) >= wanted or count >= ranked.total:
            return found, ranked.terms
        count = ranked.total  # many variants were among them


def _entries(  # noqa: PLR0913, PLR0917 - all that decides which documents stay
    reader: Reader,
    workspace: Workspace,
    query: Query,
    ranked: Ranked,
    phrases: tuple[str, ...],
    bodies: Bodies,
) -> list[_Match]:
    best: dict[str, _Match] = {}
    side_by_side = [number for phrase in phrases for _, _, number in pairs(phrase)]
    for score, number in ranked.best:
        if reader.is_deleted(number) or not all(reader.has_pairs(number, side_by_side)):
            continue
        kept = reader.kept(number)
        id_ = kept["entry"]
        chosen = best.get(id_)
        if chosen is None:
            if len(best) >= query.limit + _SPARE:
                break
            if all(bodies.holds(kept["path"], phrase) for phrase in phrases):
                best[id_] = _Match(score * _factor(kept, query, workspace), kept)
        elif _suits(kept, query, workspace) and not _suits(chosen.kept, query, workspace):
            best[id_] = replace(chosen, kept=kept)
    return sorted(best.values(), key=lambda match: -match.score)


def _factor(kept: dict[str, Any], query: Query, workspace: Workspace) -> float:
    """What age and use make of a score."""
    factor = 1 + _USAGE * min(max(query.usage.get(kept["entry"], 0.0), 0.0), 1.0)
    reviewed, every = kept.get("review") or (None, None)
    if reviewed and _is_overdue(reviewed, every or workspace.settings.review_every):
        factor *= _OVERDUE
    return factor


def _is_overdue(reviewed: date, every: timedelta) -> bool:
    return (date.today() - reviewed) > every  # noqa: DTZ011 - the user's own day


def _suits(kept: dict[str, Any], query: Query, workspace: Workspace) -> bool:
    """Whether a variant is in the language preferred, else in one written like the query."""
    language = locate(kept["path"], workspace.settings).language
    if query.prefer:
        return language == query.prefer
    return (language in _WITHOUT_BLANKS) == has_cjk(query.words)


def _hit(
    workspace: Workspace, match: _Match, bodies: Bodies, terms: frozenset[str] | None
) -> Hit | None:
    kept = match.kept
    body = bodies.body(kept["path"]) if terms is not None else ""
    if body is None or not kept["entry"]:
        return None  # gone between the search and now, or no entry at all
    return Hit(
        at=locate(kept["path"], workspace.settings),
        title=kept["shown"],
        summary=kept["summary"],
        status=kept["state"],
        tags=kept["tags"],
        score=round(match.score, 4),
        snippet=excerpt(body, terms) if terms is not None else Snippet(""),
    )


def suggest(opened: Index, words: str) -> tuple[str, ...]:
    """Words of titles that look like those that found nothing."""
    from difflib import get_close_matches  # rarely wanted

    titles = opened.reader().titles()
    known = sorted({word for title in titles for word in _WORD.findall(fold(title))})
    near = (get_close_matches(word, known, n=1) for word in fold(words).split()[:_SLIPS])
    return tuple(dict.fromkeys(word for found in near for word in found))[:_SUGGESTIONS]
