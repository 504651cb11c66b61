"""Bars through time: counts, such as arrivals and the backlog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannery.insight.charts.frame import Frame, drawn
from cannery.insight.charts.points import Dot, Legend
from cannery.insight.charts.scale import USUAL, Size, scale_for
from cannery.insight.charts.svg import element, percent

_WIDE = 0.7  # of a time's width


def bar_chart(legend: Legend, unit: str, dots: Sequence[Dot], size: Size = USUAL) -> str:
    """The chart as SVG; its axis begins at zero. A bar of a time that is not over is hollow."""
    values = [dot.value for dot in dots if dot.value is not None]
    frame = Frame(size.scale or scale_for(unit, values), max(1, len(dots)), size.height)
    return drawn(frame, legend, dots, *_bars(frame, dots))


def _bars(frame: Frame, dots: Sequence[Dot]) -> Iterator[str]:
    zero = frame.down(0.0)
    for index, dot in enumerate(dots):
        x = frame.across(index)
        if dot.value is None:
            yield element("text", "×", x=percent(x), y=frame.bottom - 4, class_="kb-chart__gap")
            continue
        top, wide = frame.down(dot.value), frame.step * _WIDE
        kind = "kb-chart__bar" if dot.is_complete else "kb-chart__bar kb-chart__bar--open"
        yield element(
            "rect",
            x=percent(x - wide / 2),
            width=percent(wide),
            y=min(top, zero),
            height=abs(zero - top),
            class_=kind,
        )
