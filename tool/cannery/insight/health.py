"""The state of a knowledge base's sections: what there is to do, and a score that it explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_STEP = 5  # a score is no more exact than that
WHOLE = 100


class Need(NamedTuple):
    """A kind of thing to do. An entry that has it loses `weight` of its 100 points, once.

    `title` is short, for a column; `words` say what it is.
    """

    name: str
    title: str
    weight: int
    words: str


NEEDS = (
    Need("errors", "Errors", 40, "errors"),
    Need("broken_links", "Links", 30, "broken links"),
    Need("overdue", "Overdue", 20, "an overdue review"),
    Need("behind", "Behind", 20, "a translation behind its original"),
    Need("duplicates", "Alike", 15, "a near-duplicate"),
    Need("missing_languages", "Lang.", 10, "a missing language"),
    Need("unused", "Unused", 10, "no known use"),
    Need("warnings", "Warn.", 5, "other warnings"),
)
_WEIGHTS = {need.name: need.weight for need in NEEDS}


class Subject(NamedTuple):
    """An entry that is looked at, by its id."""

    entry: str
    section: str
    owner: str


class ToDo(NamedTuple):
    """One thing to do: for which entry, of which kind, why, and the command that begins it.

    `path` is the file that it is about; `entry` is empty for a file that is no entry.
    """

    need: str
    entry: str
    path: str
    why: str
    command: str


@dataclass(frozen=True, slots=True)
class Card:
    """A section or an owner: how many entries, what there is to do; the score of a section.

    `score` is from 0 to 100, None for an owner: nobody is graded.
    """

    name: str
    entries: int
    todo: Sequence[ToDo]
    score: int | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many entries have each kind of thing to do; files count where they are none."""
        having = {(item.need, item.entry or item.path) for item in self.todo}
        counted = Counter(need for need, _ in having)
        return {need.name: counted[need.name] for need in NEEDS}


def score(entries: Sequence[str], todo: Iterable[ToDo]) -> int | None:
    """The mean of the entries' points, in steps of five; None without entries.

    Only if nothing is left to do is it 100, however large the section.
    """
    if not entries:
        return None
    lost: dict[str, set[str]] = {}
    for item in todo:
        lost.setdefault(item.entry, set()).add(item.need)
    points = (max(0, WHOLE - sum(map(_WEIGHTS.__getitem__, needs))) for needs in lost.values())
    mean = (sum(points) + WHOLE * (len(entries) - len(lost))) / len(entries)
    rounded = int(mean / _STEP + 0.5) * _STEP
    return min(rounded, WHOLE - _STEP) if lost else rounded


def by_section(subjects: Iterable[Subject], todo: Iterable[ToDo]) -> list[Card]:
    """A card for each section, by name."""
    return [
        Card(name, len(entries), items, score(entries, items))
        for name, (entries, items) in _grouped(subjects, todo, "section").items()
    ]


def by_owner(subjects: Iterable[Subject], todo: Iterable[ToDo]) -> list[Card]:
    """A card for each owner, by name: what is theirs to do, and no score."""
    return [
        Card(name, len(entries), items)
        for name, (entries, items) in _grouped(subjects, todo, "owner").items()
    ]


_Group = tuple[list[str], list[ToDo]]


def _grouped(subjects: Iterable[Subject], todo: Iterable[ToDo], by: str) -> dict[str, _Group]:
    name_of = {subject.entry: str(getattr(subject, by)) for subject in subjects}
    groups: dict[str, _Group] = {name: ([], []) for name in sorted({*name_of.values()})}
    for entry, name in name_of.items():
        groups[name][0].append(entry)
    for item in todo:
        if item.entry in name_of:
            groups[name_of[item.entry]][1].append(item)
    return groups


def urgent(todo: Iterable[ToDo]) -> list[ToDo]:
    """What there is to do, what weighs most first; one thing for each command."""
    order = {need.name: number for number, need in enumerate(NEEDS)}
    ranked = sorted(todo, key=lambda item: (order[item.need], item.entry, item.path))
    by_command: dict[str, ToDo] = {}
    for item in ranked:
        by_command.setdefault(item.command, item)
    return [*by_command.values()]
