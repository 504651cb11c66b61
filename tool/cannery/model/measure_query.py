"""Which figures a team's own page shows: what a line of a fenced block asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from cannery.model.ticket_event import DIMENSIONS

PERIODS = ("month", "week")
EXAMPLE = "Example: solved_within by language since 2026-01"
_MONTH = re.compile(r"(?:19[7-9][0-9]|2[01][0-9]{2})-(?:0[1-9]|1[0-2])")  # that tickets have
_HOLE = re.compile(r"\{[a-z]{1,20}\}")
_MOST_WORDS = 21  # the measure, and ten pairs


class MeasureQuery(NamedTuple):
    """A measure, by what it is cut, and from which month on.

    `by` are dimensions and periods, at most one of each; `since` is a month such as 2026-01, or
    empty. `line` is the 1-based line in the file.
    """

    measure: str
    by: tuple[str, ...] = ()
    since: str = ""
    line: int = 0

    @property
    def dimension(self) -> str:
        return next((name for name in self.by if name in DIMENSIONS), "")

    @property
    def period(self) -> str:
        return next((name for name in self.by if name in PERIODS), "")


class QueryFault(NamedTuple):
    """A line that asks for nothing: 1-based, with why, and what to write."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class QueryPage:
    """A team's page: `name` is its file's without language and ending.

    In `body` a paragraph `TOKEN` stands for what the query of that name shows. `source` is the
    file's path.
    """

    name: str
    language: str
    source: str
    title: str
    body: str
    queries: dict[str, MeasureQuery] = field(default_factory=dict)
    faults: tuple[QueryFault, ...] = ()


def read_query(text: str, line: int = 0) -> MeasureQuery | QueryFault:
    """What a line asks for: `MEASURE by DIMENSION by month since 2026-01`."""
    measure, *rest = text.split()[:_MOST_WORDS]
    by: list[str] = []
    since = ""
    for word, value in zip(rest[::2], rest[1::2], strict=False):
        if word == "by" and value in (*DIMENSIONS, *PERIODS):
            by.append(value)
        elif word == "since" and _MONTH.fullmatch(value):
            since = value
        else:
            return _unread(word, value, line)
    if len(rest) % 2:
        return QueryFault(line, f"nothing follows {rest[-1]:.40}", EXAMPLE)
    if any(sum(name in kind for name in by) > 1 for kind in (DIMENSIONS, PERIODS)):
        return QueryFault(line, "by may name one dimension and one period", EXAMPLE)
    return MeasureQuery(measure, tuple(by), since, line)


def _unread(word: str, value: str, line: int) -> QueryFault:
    if word == "by":
        names = (*DIMENSIONS, *PERIODS)
        near = get_close_matches(value[:40], names, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Write one of {', '.join(names)}."
        return QueryFault(line, f"no dimension named {value:.40}", hint)
    if word == "since":
        return QueryFault(line, f"{value:.40} is not a month", EXAMPLE)
    return QueryFault(line, f"{word:.40} is neither by nor since", EXAMPLE)


def stem(key: str) -> str:
    """The short name of a measure, without the numbers of the settings: `solved_within`."""
    return key.partition("_{")[0]


def unknown_measure(query: MeasureQuery, keys: Sequence[str]) -> QueryFault | None:
    """Why a query's measure is none of those with these keys, such as solved_within_{days}d."""
    if any(_fits(query.measure, key) for key in keys):
        return None
    names = list(dict.fromkeys(map(stem, keys)))
    near = get_close_matches(query.measure[:60], names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Measures: {', '.join(names)}."
    return QueryFault(query.line, f"no measure named {query.measure:.60}", hint)


def meant_measure(name: str, there: Iterable[tuple[str, str]]) -> str:
    """The name of the measure that is meant, of names with their keys; empty for none."""
    found = list(there)
    exact = (one for one, _ in found if one == name)
    return next(exact, next((one for one, key in found if stem(key) == name), ""))


def _fits(name: str, key: str) -> bool:
    if name == stem(key):
        return True
    pieces = _HOLE.split(key)
    return re.fullmatch(r"[a-z0-9_-]{1,40}".join(map(re.escape, pieces)), name) is not None
