"""Text in the columns of a terminal, where a Japanese letter takes two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wcwidth import wcwidth

_MORE = "…"


def columns(text: str) -> int:
    return sum(_columns_each(text))


def _columns_each(text: Iterable[str]) -> Iterable[int]:
    return (max(0, wcwidth(letter)) for letter in text)


def beginning(text: str, width: int) -> str:
    """The text, or as much of its beginning as fits, then an ellipsis."""
    return text if columns(text) <= width else _fitting(text, width - 1) + _MORE


def ending(text: str, width: int) -> str:
    """The text, or an ellipsis and as much of its end as fits."""
    return text if columns(text) <= width else _MORE + _fitting(text[::-1], width - 1)[::-1]


def _fitting(text: str, width: int) -> str:
    for at, taken in enumerate(_columns_each(text)):
        width -= taken
        if width < 0:
            return text[:at]
    return text


def shares(wanted: Sequence[int], width: int) -> list[int]:
    """The columns for texts side by side: what the short ones leave is for the long ones."""
    left, given = width, dict[int, int]()
    for rank, at in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[at] = min(wanted[at], left // (len(wanted) - rank))
        left -= given[at]
    return [given[at] for at in range(len(wanted))]
