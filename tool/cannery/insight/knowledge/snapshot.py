"""A knowledge base as it stood at a time: published entries, and translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cannery.insight.knowledge.replay import PUBLISHED, File, Replay


class EntryAt(NamedTuple):
    """A published entry. `due` is the ordinal of the day by which it is to be reviewed.

    `people` is how many know it: have changed it, and are still at work. `first` is when it was
    published first. `words` are the titles and keywords, `earlier` former ids.
    """

    id: str
    section: str
    due: int
    people: int
    first: int
    words: str = ""
    earlier: tuple[str, ...] = ()


class TranslationAt(NamedTuple):
    """A published translation, and for how many seconds its original has said something else."""

    section: str
    behind: int


class Snapshot(NamedTuple):
    """At a time in seconds, on the day of an ordinal."""

    at: int
    day: int
    entries: Sequence[EntryAt]
    translations: Sequence[TranslationAt]


class Terms(NamedTuple):
    """What the team has settled: the language of originals, and the usual days until a review."""

    language: str
    review_days: int


def snapshot(replay: Replay, terms: Terms, at: int, day: int) -> Snapshot:
    """As it stood then, when the changes until then were replayed."""
    by_entry: dict[str, list[tuple[str, File]]] = {}
    for path, file in replay.files.items():
        if file.edition.status == PUBLISHED:
            by_entry.setdefault(file.place.entry, []).append((path, file))
    entries = [_entry(replay, terms, at, files) for files in by_entry.values()]
    translations = [each for files in by_entry.values() for each in _translations(terms, at, files)]
    return Snapshot(at, day, entries, translations)


_Files = Sequence[tuple[str, File]]


def _entry(replay: Replay, terms: Terms, at: int, files: _Files) -> EntryAt:
    place = files[0][1].place
    first = replay.first[place.entry]
    due = min(_due(file, terms, first) for _, file in files)
    people = set[str]().union(*(replay.active_people(path, at) for path, _ in files))
    words = " ".join(file.edition.words for _, file in files)
    earlier = tuple(id_ for _, file in files for id_ in file.edition.earlier)
    return EntryAt(place.entry, place.section, due, len(people), first, words, earlier)


def _due(file: File, terms: Terms, first: int) -> int:
    """One that nobody has reviewed was looked at when the entry was published."""
    edition = file.edition
    reviewed = edition.reviewed or datetime.fromtimestamp(first, UTC).date().toordinal()
    return reviewed + (edition.review_days or terms.review_days)


def _translations(terms: Terms, at: int, files: _Files) -> list[TranslationAt]:
    by_language: Mapping[str, File] = {file.place.language: file for _, file in files}
    original = by_language.get(terms.language)
    if original is None:
        return []
    return [
        TranslationAt(file.place.section, at - since if since is not None else 0)
        for language, file in by_language.items()
        if language != terms.language
        for since in (original.behind_since(file.changed),)
    ]
