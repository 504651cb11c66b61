"""A query -> hits: the best entries, each once, with the passage that tells most."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Any

from cannery.content.layout import locate
from cannery.content.search_words import is_stop_word
from cannery.model.hit import Answer, Hit, Query, Snippet
from cannery.model.location import Kind, Status
from cannery.search.body import Bodies
from cannery.search.index import Index
from cannery.search.query import ParsedQuery, parse
from cannery.search.query_terms import query_terms
from cannery.search.rank import Ranked, rank
from cannery.search.reader import Reader
from cannery.search.snippet import excerpt
from cannery.search.synonyms import Groups, synonyms
from cannery.search.title_words import spelt_like, title_words
from cannery.search.tokens import has_cjk, pairs
from cannery.user_settings import Meaning
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.model.explanation import Explanation, Reason

_SPARE = 15  # entries beyond the limit, which may pass it by when all is known of them
_LOOKED_AT = 50  # entries for what is text in them and looks like an exclusion
_VARIANTS = 3  # documents of an entry that are looked at first
_OVERDUE = 0.9  # of the score is left to an entry that nobody vouched for in time
_USAGE = 0.2  # of the score comes on top for the most used entry
_WITHOUT_BLANKS = frozenset(("ja", "ko", "zh"))


@dataclass(frozen=True, slots=True)
class _Search:
    """A parsed query, and the index that it searches."""

    reader: Reader
    workspace: Workspace
    query: Query
    parsed: ParsedQuery
    synonyms: Groups
    bodies: Bodies

    @property
    def wanted(self) -> int:
        """How many entries to retrieve before ranking."""
        return self.query.limit + _SPARE


@dataclass(frozen=True, slots=True)
class _Match:
    """A document that answers: its score among the ranked ones, what is made of it, its fields.

    `stored` is of the variant that is shown, `number` and `path` of the one that has the score.
    """

    ranked: float
    number: int
    path: str
    score: float
    stored: Mapping[str, Any]
    explanation: Explanation | None = None


def search(opened: Index, workspace: Workspace, query: Query) -> Answer:
    """The best entries, best first, each once, at most `query.limit`.

    Of several variants that match, the one in the language that suits is shown. What leaves
    nothing is no syntax but part of a command or an error, and looked for as words. Raises
    SpoiltIndexError.
    """
    groups, reader = synonyms(workspace, opened.folder), opened.reader()
    bodies = Bodies(workspace)
    for parsed in _readings(reader, workspace, bodies, query):
        context = _Search(reader, workspace, query, parsed, groups, bodies)
        matches, terms = _best(context)
        found = (_hit(context, match, terms if query.snippets else None) for match in matches)
        if hits := tuple(islice((hit for hit in found if hit), query.limit)):
            return Answer(hits, as_words=parsed.as_words or parsed != parse(query))
    return Answer(())


def _readings(
    reader: Reader, workspace: Workspace, bodies: Bodies, query: Query
) -> Iterator[ParsedQuery]:
    """What a query may mean: as it was typed, then without its phrases, then without its filters.

    What entries call themselves may be a word too; `lang:ja` is what it says, found or not.
    """

    def stands(piece: str) -> bool:
        """Whether an entry has an exclusion with its dash, as `tar -xzf`; all have a stop word."""
        terms = list(query_terms(piece))
        if is_stop_word(piece.lstrip("-")):
            return True
        having = sorted(reader.having_all(terms))[:_LOOKED_AT]
        return any(bodies.has(reader.stored(number)["path"], piece) for number in having)

    named = {"kind": Kind, "language": workspace.settings.languages, "status": Status}

    def is_named(name: str, value: str) -> bool:
        return value in tuple(named.get(name, ()))

    def is_known(name: str, value: str) -> bool:
        return is_named(name, value) or bool(reader.documents(name, value))

    typed = parse(query, is_known, stands)
    yield typed
    if typed.phrases:
        yield replace(typed, phrases=(), lifted=typed.phrases)
    words = parse(query, is_named, stands)
    if words.filters != typed.filters:
        yield replace(words, phrases=())


def _best(context: _Search) -> tuple[list[_Match], frozenset[str]]:
    """The best entries and some to spare, and the terms that they were found by."""
    # Words are seldom a phrase: then all documents with the words are looked at.
    count = sys.maxsize if context.parsed.phrases else context.wanted * _VARIANTS
    while True:
        ranked = _ranked(context, count)
        matches = _entries(context, ranked)
        if len(matches) >= context.wanted or count >= ranked.total:
            if context.query.explain:
                matches = _explained(context, matches, count)
            return matches, ranked.terms
        count = ranked.total  # many variants were among them


def _ranked(context: _Search, count: int) -> Ranked:
    """The best documents by their words, and by what they mean where the user has a model."""
    reader, query, words = context.reader, context.query, context.parsed.words
    ranked = rank(reader, context.parsed, context.synonyms, count, typing=query.typing)
    is_asked = context.workspace.user.meaning.model and words.strip() and not query.typing
    if not is_asked or not ranked.best:
        return ranked
    title = reader.stored(ranked.best[0][1])["shown"]  # an error message has no language itself
    if not _has_model(context.workspace.user.meaning, f"{words} {title}"):
        return ranked
    from cannery.search.meaning import by_meaning  # an extra, which few have installed

    before = {number: score for score, number in ranked.best}
    best = by_meaning(
        context.workspace, words, [*ranked.best], lambda number: reader.stored(number)["path"]
    )
    for score, number in best:
        reader.trace.raised("meaning", number, score - before[number])
    return replace(ranked, best=tuple(best))


def _has_model(meaning: Meaning, words: str) -> bool:
    """Whether the user's model is for what is written so."""
    named = {language in _WITHOUT_BLANKS for language in meaning.languages}
    return not named or has_cjk(words) in named


def _entries(context: _Search, ranked: Ranked) -> list[_Match]:
    """The ranked documents, one for each entry, with what age and use make of their scores."""
    best: dict[str, _Match] = {}
    reader, phrases = context.reader, context.parsed.phrases
    adjacent = [number for phrase in phrases for _, _, number in pairs(phrase)]
    for score, number in ranked.best:
        if reader.is_deleted(number) or not all(reader.has_pairs(number, adjacent)):
            continue
        stored = reader.stored(number)
        id_ = stored["entry"]
        chosen = best.get(id_)
        if chosen is None:
            if len(best) >= context.wanted:
                break
            if all(context.bodies.holds(stored["path"], phrase) for phrase in phrases):
                shown = score * prod(factor for _, factor in _factors(context, stored))
                best[id_] = _Match(score, number, stored["path"], shown, stored)
        elif _suits(context, stored) and not _suits(context, chosen.stored):
            best[id_] = replace(chosen, stored=stored)
    return sorted(best.values(), key=lambda match: -match.score)


def _factors(context: _Search, stored: Mapping[str, Any]) -> Iterator[tuple[Reason, float]]:
    """What a score is multiplied by for the entry's use and for an overdue review."""
    if usage := min(max(context.query.usage.get(stored["entry"], 0.0), 0.0), 1.0):
        yield "usage", 1 + _USAGE * usage
    reviewed, every = stored.get("review") or (None, None)
    if reviewed and _is_overdue(reviewed, every or context.workspace.settings.review_every):
        yield "overdue", _OVERDUE


def _explained(context: _Search, matches: list[_Match], count: int) -> list[_Match]:
    """The matches with the parts of their scores, from a ranking that takes notes."""
    from cannery.model.explanation import Explanation, ScorePart
    from cannery.search.explain import Recorder, rounded

    recorder = Recorder(context.parsed.words, [match.number for match in matches])
    with context.reader.traced(recorder):
        _ranked(context, count)
    explained = []
    for match in matches:
        score = match.ranked
        parts = recorder.parts(match.number, score)
        for name, factor in _factors(context, context.reader.stored(match.number)):
            parts.append(ScorePart(name, score * factor - score))
            score *= factor
        why = Explanation(match.path, rounded(parts, round(match.score, 4)))
        explained.append(replace(match, explanation=why))
    return explained


def _is_overdue(reviewed: date, every: timedelta) -> bool:
    return (date.today() - reviewed) > every  # noqa: DTZ011 - the user's own day


def _suits(context: _Search, stored: Mapping[str, Any]) -> bool:
    """Whether a variant is in the language preferred, else in one written like the query."""
    language = locate(stored["path"], context.workspace.settings).language
    if context.query.prefer:
        return language == context.query.prefer
    return (language in _WITHOUT_BLANKS) == has_cjk(context.query.words)


def _hit(context: _Search, match: _Match, terms: frozenset[str] | None) -> Hit | None:
    """A match as it is shown, with a snippet unless `terms` is None.

    None for a file that is gone since the index looked, and for one that is no entry.
    """
    stored = match.stored
    body = context.bodies.body(stored["path"]) if terms is not None else ""
    if body is None or not stored["entry"]:
        return None
    return Hit(
        at=locate(stored["path"], context.workspace.settings),
        title=stored["shown"],
        summary=stored["summary"],
        status=stored["state"],
        tags=stored["tags"],
        score=round(match.score, 4),
        snippet=excerpt(body, terms) if terms is not None else Snippet(""),
        explanation=match.explanation,
    )


def suggest(opened: Index, words: str) -> tuple[str, ...]:
    """Up to three words of titles, folded, that are spelt like words that no title has."""
    return spelt_like(words, title_words(opened.reader().titles()))
