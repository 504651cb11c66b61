"""Type-ahead: the choices that what is typed may become."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from cannery.util.text import fold_name

_T = TypeVar("_T")


def matching(typed: str, items: Iterable[_T], names: Callable[[_T], Sequence[str]]) -> list[_T]:
    """The items with a name that has what is typed in it, those that begin with it first.

    Half-width kana and full-width letters are the same as the usual ones, hiragana as katakana.
    """
    wanted = fold_name(typed)
    folded = [(item, [fold_name(name) for name in names(item)]) for item in items]
    if not wanted:
        return [item for item, _ in folded]
    begin = [
        item for item, spellings in folded if any(name.startswith(wanted) for name in spellings)
    ]
    inside = [item for item, spellings in folded if any(wanted in name for name in spellings)]
    return begin + [item for item in inside if item not in begin]
