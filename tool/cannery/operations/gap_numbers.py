"""The numbers that gaps were listed by, kept so that they stay."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cannery.insight.gaps.numbers import Numbered, numbers, remembered
from cannery.util import dated_lines, trust
from cannery.util.atomic import locked
from cannery.util.dated import DAY
from cannery.util.tidy import GAPS
from cannery.workspace import Workspace


def numbered(workspace: Workspace, groups: Sequence[Sequence[str]]) -> list[int]:
    """A number for each group of questions, the same as before where it is the same gap.

    Where they can't be kept, they are those of this listing alone.
    """
    if workspace.memory_days:
        with contextlib.suppress(OSError):  # these numbers hold for this list alone then
            trust.make(workspace.state)
            return _kept(workspace.state / GAPS, groups)
    return numbers(groups, ())


def _kept(path: Path, groups: Sequence[Sequence[str]]) -> list[int]:
    with locked(path):
        known = {gap.number: (at, gap) for at, gap in _known(path)}
        found = numbers(groups, [gap for _, gap in known.values()])
        now = time.time()
        listed = {
            number: (now, remembered(number, texts))
            for number, texts in zip(found, groups, strict=True)
        }
        if any(_is_news(known.get(number), row) for number, row in listed.items()):
            all_ = (known | listed).values()
            dated_lines.write(path, ({"time": at, **gap._asdict()} for at, gap in all_))
    return found


def _is_news(old: tuple[float, Numbered] | None, new: tuple[float, Numbered]) -> bool:
    """Whether a row has to be written: for its questions, or so that it isn't too old soon."""
    return old is None or old[1] != new[1] or new[0] - old[0] > DAY


def _known(path: Path) -> Iterator[tuple[float, Numbered]]:
    with contextlib.suppress(FileNotFoundError):
        for row in dated_lines.rows(path):
            match row:
                case {
                    "time": int() | float() as at,
                    "number": int() as number,
                    "members": list() as members,
                }:
                    if not isinstance(number, bool) and 0 < number < 10**9:
                        yield float(at), Numbered(number, tuple(map(str, members)))
