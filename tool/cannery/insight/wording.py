"""Figures in words: a value, its interval, how many it is of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_skeleton

from cannery.insight.report import Report, Unit
from cannery.model.figure import Figure
from cannery.util.plain import one_line

LANGUAGES = ("en", "ja")
_FILE = Path(__file__).with_name("wording.json")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_FEW_PERCENT, _FEW = 10, 10  # below, a decimal says more than it feigns
_MANY = 50  # tickets: of fewer it is no wonder that none is open
_LONGEST = 60  # letters of a value of a dimension
_SPACE = "\u00a0"  # between a number and its unit no line ends


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = json.loads(_FILE.read_text("utf-8"))
    return found


def word(language: str, name: str, **values: object) -> str:
    """One of our words, in a language or in English, with these values in it."""
    found = _words().get(language, _words()["en"])[name]
    return str(found).format_map(values) if values else str(found)


def phrase(language: str, key: str) -> str:
    """How a sentence tells a measure, with {value} in it; empty for one without its own."""
    phrases: Mapping[str, str] = _words().get(language, _words()["en"])["phrases"]
    return phrases.get(key, "")


def value_text(unit: Unit, value: float, language: str) -> str:
    """A value with its unit."""
    if unit == "share":
        return word(language, "unit_share", value=_percent(value))
    if unit == "seconds":
        return _duration(value, language).replace(" ", _SPACE)
    return f"{value:,.0f}" if unit == "count" else f"{value:.2f}"


def interval_text(unit: Unit, figure: Figure, language: str) -> str:
    """The interval of a figure; empty for one that has none."""
    ends = _ends(unit, figure, language)
    return word(language, "to", low=ends[0], high=ends[1]) if ends else ""


def span_text(unit: Unit, figure: Figure, language: str) -> str:
    """The interval where room is scarce."""
    return "–".join(_ends(unit, figure, language))


def _ends(unit: Unit, figure: Figure, language: str) -> Sequence[str]:
    """Both ends of an interval in the unit of the value, which stands once; none without one."""
    if figure.low is None or figure.high is None:
        return ()
    if unit != "seconds":
        low, high = (value_text(unit, value, language) for value in (figure.low, figure.high))
        return low.removesuffix("%") if unit == "share" else low, high
    like = figure.high if figure.value is None else figure.value
    low, high = (_duration(value, language, like) for value in (figure.low, figure.high))
    return low.partition(" ")[0], high.replace(" ", _SPACE)


def sure_text(unit: Unit, figure: Figure, language: str) -> str:
    """How sure a figure is: its interval, and of how many it is."""
    n = word(language, "n", n=f"{figure.n:,}").replace(" ", _SPACE)
    return word(language, "comma").join(filter(None, (interval_text(unit, figure, language), n)))


def figure_text(unit: Unit, figure: Figure, language: str) -> str:
    """The value of a figure, or why it is not shown."""
    if figure.value is None:
        return word(language, "not shown", why=why_text(figure, language))
    return value_text(unit, figure.value, language)


def why_text(figure: Figure, language: str) -> str:
    """Why a figure is suppressed, in a language that has words for it."""
    return str(_words().get(language, {}).get(figure.why, figure.why))


def mark_text(mark: str, language: str) -> str:
    """A mark of a point, which ends with its day."""
    return word(language, "definition_changed", day=mark.rpartition(" ")[2])


def month_text(label: str, language: str, *, is_short: bool = False) -> str:
    """A month such as 2026-10 in words."""
    year, month = map(int, label.split("-"))
    locale = Locale.parse("ja" if language == "ja" else "en")
    return str(
        format_skeleton("yMMM" if is_short else "yMMMM", date(year, month, 1), locale=locale)
    )


def basis(report: Report, language: str) -> list[tuple[str, str]]:
    """What all figures rest on: until when the data reach, and by which clock, each by its name."""
    return [
        (word(language, "until"), f"{report.known_until:%Y-%m-%d %H:%M}"),
        (word(language, "zone"), report.time_zone),
        (word(language, "calendar"), report.calendar or word(language, "calendar_none")),
    ]


def doubts(report: Report, language: str) -> list[str]:
    """Why figures may be wrong that look right.

    What is open in a source may only be so because nothing comes from it any more; and a source
    without open tickets may have left them out, which is how shares of closed tickets come about.
    """
    ended = [
        word(language, "ended_source", source=shortened(name), day=f"{end:%Y-%m-%d}")
        for name, end in report.ended
    ]
    return [
        *ended,
        *(word(language, "none_open", source=shortened(name)) for name in _without_open(report)),
    ]


def _without_open(report: Report) -> list[str]:
    """The sources of many tickets of which none is open; none of a part, which has no sources.

    Those that never tell a solution are in neither.
    """
    times, backlog = (report.measures.get(name) for name in ("resolution_time", "backlog"))
    if times is None or backlog is None:
        return []
    some = backlog.groups.get("source", {})
    many = times.groups.get("source", {})
    return [name for name, each in many.items() if each.n >= _MANY and name not in some]


def period_text(label: str, language: str) -> str:
    """A month or a week beside an axis or in a table."""
    return label if "W" in label else month_text(label, language, is_short=True)


def shortened(value: str) -> str:
    """A value of a dimension, which may be any text, in a line."""
    line = one_line(value)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _percent(value: float) -> str:
    percent = 100 * value
    return f"{percent:.1f}" if 0 < percent < _FEW_PERCENT else f"{percent:.0f}"


def _duration(seconds: float, language: str, like: float | None = None) -> str:
    """In the unit that is natural to it, or to another time that it stands beside."""
    measured = abs(seconds if like is None else like)
    for name, size in (("days", 2 * _DAY), ("hours", 2 * _HOUR), ("minutes", 2 * _MINUTE)):
        if measured >= size:
            value = 2 * seconds / size
            return word(language, f"unit_{name}", value=_short(value))
    return word(language, "unit_seconds", value=_short(seconds))


def _short(value: float) -> str:
    text = f"{value:.1f}" if abs(value) < _FEW else f"{value:,.0f}"
    return text.removesuffix(".0")
