"""Charts of a word's size, beside their numbers: for eyes alone, as the numbers stand in text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cannery.insight.charts.points import Dot
from cannery.insight.charts.scale import Scale, scale_for
from cannery.insight.charts.svg import element, path, percent

_WIDTH, _HEIGHT, _EDGE = 96, 24, 3


def spark(dots: Sequence[Dot]) -> str:
    """The last values as a line, from the lowest to the highest of them."""
    there = [(index, dot.value) for index, dot in enumerate(dots) if dot.value is not None]
    if not there:
        return ""
    values = [value for _, value in there]
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    wide, tall = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    places = {
        index: (
            _EDGE + wide * index / max(1, len(dots) - 1),
            _EDGE + tall * (1 - (value - low) / reach if high > low else 0.5),
        )
        for index, value in there
    }
    lines = [
        element("path", d=path([places[one], places[two]]), class_="kb-spark__line")
        for one, two in pairwise(places)
        if two == one + 1
    ]
    x, y = places[there[-1][0]]
    end = element("circle", cx=x, cy=y, r=2.5, class_="kb-spark__end")
    return _hidden(*lines, end, class_="kb-spark", viewBox=f"0 0 {_WIDTH} {_HEIGHT}")


def whisker(dot: Dot, scale: Scale) -> str:
    """A value and its interval on an axis that all rows of a table share."""
    if dot.value is None:
        return ""
    marks = [element("line", x1=0, x2="100%", y1=12, y2=12, class_="kb-whisker__axis")]
    if dot.low is not None and dot.high is not None:
        low, high = percent(scale.at(dot.low)), percent(scale.at(dot.high))
        marks.append(element("line", x1=low, x2=high, y1=12, y2=12, class_="kb-whisker__reach"))
    x = percent(scale.at(dot.value))
    marks.append(element("circle", cx=x, cy=12, r=4, class_="kb-whisker__dot"))
    return _hidden(*marks, class_="kb-whisker", width="100%", height=_HEIGHT)


def _hidden(*marks: str, **attributes: object) -> str:
    return element("svg", *marks, aria_hidden="true", focusable="false", **attributes)


def shared_scale(unit: str, dots: Sequence[Dot]) -> Scale:
    """The axis of the rows of a table, or of small charts side by side."""
    values = [
        value for dot in dots for value in (dot.value, dot.low, dot.high) if value is not None
    ]
    return scale_for(unit, values)
