"""What stands around a chart's marks: the axis with its lines, the labels of times, the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cannery.insight.charts.points import Dot, Legend
from cannery.insight.charts.scale import Scale
from cannery.insight.charts.svg import element, label, number, percent, whole

_ABOVE, _BELOW = 18, 24  # pixels for the highest number, and for the labels of times
_START, _END = 7.0, 1.0  # percent of the width that the numbers and the last dot need
_MOST_LABELS, _FEW_LABELS = 8, 4  # on a wide screen, and on a phone


@dataclass(frozen=True)
class Frame:
    """A chart's room: its axis, how many times it shows, and how high the marks may be."""

    scale: Scale
    count: int
    height: int = 180

    def across(self, index: int) -> float:
        """The middle of a time, in percent of the width."""
        return _START + (100 - _START - _END) * (index + 0.5) / self.count

    @property
    def step(self) -> float:
        """The width of a time, in percent."""
        return (100 - _START - _END) / self.count

    def down(self, value: float) -> float:
        """The place of a value, in pixels from the top."""
        return _ABOVE + self.height * (1 - self.scale.at(value) / 100)

    @property
    def bottom(self) -> int:
        return _ABOVE + self.height

    @property
    def whole_height(self) -> int:
        return self.bottom + _BELOW


def stretched(frame: Frame, *shapes: str) -> str:
    """Shapes whose places are percents of the width and of the marks' room."""
    return element(
        "svg",
        *shapes,
        x=0,
        y=_ABOVE,
        width="100%",
        height=frame.height,
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        class_="kb-chart__shapes",
    )


def drawn(frame: Frame, legend: Legend, dots: Sequence[Dot], *marks: str) -> str:
    """A whole chart: the axis, the marks, the labels; named for those who don't see it."""
    title, about = f"{legend.id}-title", f"{legend.id}-about"
    return element(
        "svg",
        element("title", whole(legend.title), id=title),
        element("desc", whole(legend.about), id=about),
        *_axis(frame),
        *marks,
        *_numbers(frame, legend),
        *_labels(frame, dots),
        class_="kb-chart__svg",
        role="img",
        aria_labelledby=f"{title} {about}",
        width="100%",
        height=frame.whole_height,
    )


def _axis(frame: Frame) -> Iterator[str]:
    for tick in frame.scale.ticks:
        y = frame.down(tick)
        kind = "kb-chart__zero" if tick == 0 else "kb-chart__grid"
        yield element("line", x1=0, x2="100%", y1=y, y2=y, class_=kind)


def _numbers(frame: Frame, legend: Legend) -> Iterator[str]:
    """Of the axis, over the marks: a limit that passes through one would strike it out."""
    for tick in frame.scale.ticks:
        y = frame.down(tick) - 4
        yield element("text", label(legend.show(tick)), x=0, y=y, class_="kb-chart__number")


def _labels(frame: Frame, dots: Sequence[Dot]) -> Iterator[str]:
    """Of as many times as there is room for, the last one among them."""
    wide, narrow = (-(-frame.count // most) for most in (_MOST_LABELS, _FEW_LABELS))
    for index, dot in enumerate(dots):
        back = frame.count - 1 - index
        if back % wide and back % narrow:
            continue
        extra = " kb-chart__time--wide" if back % narrow else ""
        extra += " kb-chart__time--narrow" if back % wide else ""
        is_last = back == 0 and frame.count > 1
        yield element(
            "text",
            label(dot.label),
            x="100%" if is_last else percent(frame.across(index)),
            y=frame.bottom + 17,
            class_=f"kb-chart__time{extra}{' kb-chart__time--last' if is_last else ''}",
        )


def circle(x: float, y: float, kind: str) -> str:
    """A dot that stays round, however wide the chart is."""
    return element("circle", cx=percent(x), cy=number(y), r=4, class_=kind)
