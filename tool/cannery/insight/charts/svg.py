"""SVG as text: elements whose texts and values break out of nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from cannery.util.plain import one_line

_LONGEST = 32  # letters of a label; the whole text stands in the table beside the chart


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element. `inside` is SVG; `class_` is the attribute class, `stroke_width` stroke-width."""
    told = "".join(
        f' {key.strip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>"


def label(value: str) -> str:
    """A text as what stands in an element: cut where it is long."""
    line = one_line(value)
    return escape(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…", quote=False)


def whole(value: str) -> str:
    """A text as what stands in an element, all of it."""
    return escape(one_line(value), quote=False)


def number(value: float) -> str:
    """A number of at most two places, the same on each machine."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def percent(value: float) -> str:
    """A place or a length, as a share of the chart's width."""
    return f"{number(value)}%"


def path(points: Iterable[tuple[float, float]], *, is_closed: bool = False) -> str:
    """The `d` of a path through points."""
    steps = "L".join(f"{number(across)} {number(down)}" for across, down in points)
    return f"M{steps}{'Z' if is_closed else ''}"


def _value(value: object) -> str:
    return escape(number(value) if isinstance(value, int | float) else one_line(str(value)))
