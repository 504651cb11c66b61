"""What customers answered in a column of a CSV: good or bad, or points on a scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cannery.insight.sources.columns import fold
from cannery.insight.sources.csv_rows import Table, rows
from cannery.insight.sources.source import Options
from cannery.model.insight_settings import SCALE
from cannery.model.ticket_event import EventKind, TicketEvent

_GOOD = frozenset(
    ("good", "good with comment", "satisfied", "happy", "positive", "満足", "良い", "よい")
)
_BAD = frozenset(
    (
        "bad",
        "bad with comment",
        "dissatisfied",
        "unsatisfied",
        "unhappy",
        "negative",
        "不満",
        "悪い",
    )
)
_OFFERED = frozenset(("offered", "sent", "unanswered", "no response", "未回答"))
_HIGHEST = (5, 7, 10, 100)  # points of the scales that are in use


class Scale(NamedTuple):
    """The scale of a file: its name, and the most points on it; 0 for words alone."""

    name: str
    most: float

    def events(self, text: str, at: int) -> Iterator[TicketEvent]:
        """What an answer comes to; nothing for a word that is none. Raises ValueError."""
        word = fold(text)
        points = _points(text)
        if word in _OFFERED:
            yield TicketEvent(at, EventKind.OFFERED)
        elif word in _GOOD or word in _BAD:
            yield TicketEvent(at, EventKind.OFFERED, detail="good-bad")
            yield TicketEvent(at, EventKind.RATED, detail="good-bad", value=float(word in _GOOD))
        elif points is not None and self.most:
            if points > self.most:
                raise ValueError(f"satisfaction is more than {self.most:g}")
            yield TicketEvent(at, EventKind.OFFERED, detail=self.name)
            yield TicketEvent(at, EventKind.RATED, detail=self.name, value=points)


def scale_of(table: Table, places: Mapping[str, int], options: Options) -> Scale | None:
    """The scale, as kb.toml has it, or else the smallest one in use that all answers are on."""
    place = places.get("satisfaction")
    if place is None:
        return None
    given = _points(options.columns.get(SCALE, ""))
    if given is not None:
        return Scale(f"csat-{given:g}", given)
    found = (_points(row.cells[place]) for row in rows(table, Options()))
    most = max((points for points in found if points is not None), default=0.0)
    if not most:
        return Scale("", 0)
    scale = next((highest for highest in _HIGHEST if most <= highest), 0)
    if scale:
        options.reading.note(
            f"Satisfaction is taken to be of {scale} points; if it is of others, write"
            ' satisfaction_scale = "10" in kb.toml: [insight.columns]'
        )
    return Scale(f"csat-{scale}", scale)


def _points(text: str) -> float | None:
    text = text.strip()
    if len(text) > 6 or not text.replace(".", "", 1).isdecimal():  # noqa: PLR2004 - digits
        return None
    return float(text)
