"""A line through time, with the interval of each value and the limits of what is noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cannery.insight.charts.frame import Frame, circle, drawn, stretched
from cannery.insight.charts.points import Dot, Legend
from cannery.insight.charts.scale import USUAL, Size, scale_for
from cannery.insight.charts.svg import element, label, path, percent
from cannery.insight.noise import Limits


def line_chart(
    legend: Legend,
    unit: str,
    dots: Sequence[Dot],
    limits: Limits | None = None,
    size: Size = USUAL,
) -> str:
    """The chart as SVG. `size` has the axis of charts that are to be compared."""
    values = [
        value for dot in dots for value in (dot.value, dot.low, dot.high) if value is not None
    ]
    values += limits or ()
    frame = Frame(size.scale or scale_for(unit, values), max(1, len(dots)), size.height)
    shapes = [*_bands(frame, dots), *_limits(frame, limits), *_lines(frame, dots)]
    return drawn(frame, legend, dots, stretched(frame, *shapes), *_marks(frame, dots))


def _runs(dots: Sequence[Dot]) -> Iterator[list[tuple[int, Dot]]]:
    """The times between gaps."""
    run: list[tuple[int, Dot]] = []
    for index, dot in enumerate(dots):
        if dot.value is not None:
            run.append((index, dot))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _bands(frame: Frame, dots: Sequence[Dot]) -> Iterator[str]:
    for run in _runs(dots):
        there = [(index, dot) for index, dot in run if dot.low is not None and dot.high is not None]
        ends = [(frame.across(index), dot.low or 0.0, dot.high or 0.0) for index, dot in there]
        if len(ends) > 1:
            upper = [(x, _up(frame, high)) for x, _, high in ends]
            lower = [(x, _up(frame, low)) for x, low, _ in reversed(ends)]
            yield element("path", d=path([*upper, *lower], is_closed=True), class_="kb-chart__band")


def _up(frame: Frame, value: float) -> float:
    return 100 - frame.scale.at(value)


def _limits(frame: Frame, limits: Limits | None) -> Iterator[str]:
    if limits is None:
        return
    kinds = ("kb-chart__limit", "kb-chart__middle", "kb-chart__limit")
    for value, kind in zip(limits, kinds, strict=True):
        y = _up(frame, value)
        yield element("path", d=path([(0, y), (100, y)]), class_=kind)


def _lines(frame: Frame, dots: Sequence[Dot]) -> Iterator[str]:
    """A piece between each two times: a dashed one to a time that is not over."""
    for run in _runs(dots):
        for (first, one), (second, other) in pairwise(run):
            ends = [(first, one.value or 0.0), (second, other.value or 0.0)]
            places = [(frame.across(index), _up(frame, value)) for index, value in ends]
            is_open = not (one.is_complete and other.is_complete)
            kind = "kb-chart__line kb-chart__line--open" if is_open else "kb-chart__line"
            yield element("path", d=path(places), class_=kind)


def _marks(frame: Frame, dots: Sequence[Dot]) -> Iterator[str]:
    for index, dot in enumerate(dots):
        x = frame.across(index)
        if dot.mark:
            yield from _change(frame, x - frame.step / 2, dot.mark)
        if dot.value is None:
            yield element("text", "×", x=percent(x), y=frame.bottom - 4, class_="kb-chart__gap")
            continue
        if dot.low is not None and dot.high is not None:
            high, low = frame.down(dot.high), frame.down(dot.low)
            place = percent(x)
            yield element("line", x1=place, x2=place, y1=high, y2=low, class_="kb-chart__reach")
        yield _dot(frame, x, dot)


def _dot(frame: Frame, x: float, dot: Dot) -> str:
    y = frame.down(dot.value or 0.0)
    if dot.is_signal:
        mark = element("path", d="M0-6.5L6.5 0L0 6.5L-6.5 0Z", class_="kb-chart__signal")
        inner = element(
            "svg", mark, x=percent(x), y=y, width=1, height=1, class_="kb-chart__shapes"
        )
        return element("g", inner)
    return circle(x, y, "kb-chart__dot" if dot.is_complete else "kb-chart__dot kb-chart__dot--open")


def _change(frame: Frame, x: float, mark: str) -> Iterator[str]:
    """Where a definition changed: what is left of it can't be compared with what is right."""
    place = percent(x)
    top = frame.down(frame.scale.high)
    yield element("line", x1=place, x2=place, y1=top, y2=frame.bottom, class_="kb-chart__change")
    yield element("text", label(mark), x=place, y=top + 12, dx=4, class_="kb-chart__mark")
