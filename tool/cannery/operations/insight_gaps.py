"""What is asked for and not answered: what to write next, or which entry no one finds."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cannery.content.synonyms import load_synonyms
from cannery.errors import NotFoundError
from cannery.insight.gaps import fit as fits
from cannery.insight.gaps.cluster import Cluster, Text, clusters, together
from cannery.insight.gaps.fit import Fit
from cannery.insight.gaps.question import SOURCES, Question, Source
from cannery.insight.gaps.trend import Trend, trend
from cannery.model.event import Listener, Remark, counting, ignore
from cannery.operations.gap_entries import Entries
from cannery.operations.gap_numbers import numbered
from cannery.operations.gap_questions import questions
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search.tokens import has_cjk
from cannery.search.topic_terms import synonym_terms, topic_terms
from cannery.util.text import fold
from cannery.workspace import Workspace

LEAST_TICKETS = 5  # in a gap: of fewer, no text is shown
_SAMPLES = 5
_MOST = 20_000  # different questions: they take seconds, and a hundred thousand minutes
_LOOKED_AT = 200  # gaps that entries are looked for: who reads more?
_WITHOUT_BLANKS = ("ja", "ko", "zh")


class Gap(NamedTuple):
    """What people ask for in similar words.

    `number` stays the same from one listing to the next. `title` is how it is asked for most often,
    `samples` are other ways. `sources` tells how often it was asked where. `nearest` are entries,
    the nearest first, `verdict` what to do, and `keywords` what an entry that exists lacks.
    """

    number: int
    title: str
    language: str
    times: int
    sources: Mapping[Source, int]
    trend: Trend
    samples: tuple[str, ...]
    nearest: tuple[Fit, ...]
    verdict: fits.Verdict
    keywords: tuple[str, ...]


class Gaps(NamedTuple):
    """All gaps, the most frequent first; `hidden` is how many are of too few tickets to show."""

    gaps: tuple[Gap, ...]
    hidden: int = 0


class Group(NamedTuple):
    """A group of questions, with what it is about and what is near."""

    cluster: Cluster
    asked: tuple[Question, ...]
    samples: tuple[str, ...]
    nearest: tuple[Fit, ...] = ()


def gap(workspace: Workspace, number: int, listener: Listener = ignore) -> Gap:
    """The gap of that number. Raises NotFoundError."""
    found = next(
        (one for one in gaps(workspace, listener=listener).gaps if one.number == number), None
    )
    if found is None:
        raise NotFoundError(f"no gap has the number {number}", "Run `kb insight gaps`.")
    return found


def gaps(workspace: Workspace, since: float = 0.0, listener: Listener = ignore) -> Gaps:
    """The gaps of what was asked from `since` on (seconds since the epoch).

    Their numbers are kept for the next time. Raises CanneryError.
    """
    asked = [question for question in questions(workspace) if question.time >= since]
    if not asked:
        return Gaps(())
    found = groups(workspace, asked, listener)
    shown = [group for group in found if group.samples]
    now, begins = time.time(), min(question.time for question in asked)
    texts = [[question.text for question in group.asked] for group in shown]
    numbers = numbered(workspace, texts)
    made = [
        _gap(workspace, number, group, trend(_times(group), now, begins))
        for number, group in zip(numbers, shown, strict=True)
    ]
    ordered = sorted(made, key=lambda one: (-one.times, one.number))
    return Gaps(tuple(ordered), len(found) - len(shown))


def groups(
    workspace: Workspace, asked: Sequence[Question], listener: Listener = ignore
) -> list[Group]:
    """The questions put together, with the entries near them. Raises CanneryError."""
    terms = _terms_of(workspace, asked)
    found = _grouped(asked, terms, listener)
    with KnowledgeBase(workspace) as knowledge_base:
        knowledge_base.update(listener)
        found = _with_entries(found, Entries(knowledge_base, terms), listener)
    return _joined(found)


def _terms_of(workspace: Workspace, asked: Iterable[Question]) -> Callable[[str], tuple[str, ...]]:
    """What a text is about, in a way that is the same for all of these questions."""
    synonyms = synonym_terms(load_synonyms(workspace))
    pairs = {
        question.text[at : at + 2] for question in asked for at in range(len(question.text) - 1)
    }
    return lambda text: topic_terms(text, synonyms, pairs.__contains__)


def _grouped(
    asked: Sequence[Question], terms: Callable[[str], tuple[str, ...]], listener: Listener
) -> list[Group]:
    """The questions in groups, the largest first."""
    by_text: dict[str, list[Question]] = defaultdict(list)
    for question in asked:
        by_text[fold(question.text)].append(question)
    texts = [Text(key, terms(same[0].text), len(same)) for key, same in _bounded(by_text, listener)]
    groups = []
    for cluster in clusters(texts, listener):
        same = tuple(question for at in cluster.texts for question in by_text[texts[at].key])
        groups.append(Group(cluster, same, _samples(same)))
    return groups


def _bounded(
    by_text: Mapping[str, Sequence[Question]], listener: Listener
) -> Iterable[tuple[str, Sequence[Question]]]:
    """The texts, of very many those that were asked last: who sends them may mean ill."""
    if len(by_text) <= _MOST:
        return by_text.items()
    listener(Remark(f"Of {len(by_text):,} different questions, the last {_MOST:,} are compared."))
    latest = sorted(by_text, key=lambda key: (-max(one.time for one in by_text[key]), key))
    return ((key, by_text[key]) for key in latest[:_MOST])


def _samples(asked: Sequence[Question]) -> tuple[str, ...]:
    """The texts that may be shown, in their order: of few tickets none."""
    tickets = sum(question.source == "ticket" for question in asked)
    shown = (one.text for one in asked if one.source != "ticket" or tickets >= LEAST_TICKETS)
    return tuple({fold(text): text for text in shown}.values())


def _with_entries(groups: Sequence[Group], entries: Entries, listener: Listener) -> list[Group]:
    """The groups with the entries near the largest of them."""
    most = min(len(groups), _LOOKED_AT)
    found = []
    for group in counting(groups[:most], most, "Comparing", listener):
        led = Counter(question.then for question in group.asked if question.then)
        near = entries.near(group.samples, group.cluster.weights, led)
        found.append(group._replace(nearest=near))
    return [*found, *groups[most:]]


def _joined(groups: Iterable[Group]) -> list[Group]:
    """One group of those that one entry is named after, as of two languages."""
    found: list[Group] = []
    by_entry: dict[str, int] = {}
    for group in groups:
        near = fits.best(group.nearest)
        at = by_entry.get(near.entry) if near else None
        if near and at is not None and fits.are_same(near, fits.best(found[at].nearest)):
            found[at] = _both(found[at], group)
            continue
        if near:
            by_entry.setdefault(near.entry, len(found))
        found.append(group)
    return found


def _both(one: Group, other: Group) -> Group:
    nearest = {fit.entry: fit for fit in (*other.nearest, *one.nearest)}
    return Group(
        together(one.cluster, other.cluster),
        (*one.asked, *other.asked),
        (*one.samples, *other.samples),
        tuple(nearest[entry] for entry in dict.fromkeys(fit.entry for fit in one.nearest)),
    )


def _times(group: Group) -> list[float]:
    return [question.time for question in group.asked]


def _gap(workspace: Workspace, number: int, group: Group, trend_: Trend) -> Gap:
    language = _language(workspace, group.asked)
    verdict = fits.verdict(group.nearest)
    is_wide = language in _WITHOUT_BLANKS
    titles = [text for text in group.samples if has_cjk(text) == is_wide] or group.samples
    sources = Counter(question.source for question in group.asked)
    others = _distinct(titles[0], group.samples)
    return Gap(
        number,
        titles[0],
        language,
        len(group.asked),
        {source: sources[source] for source in SOURCES if sources[source]},
        trend_,
        others[:_SAMPLES],
        group.nearest,
        verdict,
        (titles[0], *others[:1]) if verdict == "hard to find" else (),
    )


def _distinct(title: str, samples: Iterable[str]) -> tuple[str, ...]:
    """The samples without those that only add words to another one."""
    kept = [fold(title)]
    found = []
    for text in samples:
        plain = fold(text)
        if not any(one in plain for one in kept):
            kept.append(plain)
            found.append(text)
    return tuple(found)


def _language(workspace: Workspace, asked: Iterable[Question]) -> str:
    """The language that most of the questions are written like."""
    settings = workspace.settings
    wide = [has_cjk(question.text) for question in asked]
    is_wide = 2 * sum(wide) > len(wide)
    fitting = (name for name in settings.languages if (name[:2] in _WITHOUT_BLANKS) == is_wide)
    return next(fitting, settings.default_language)
