"""How much a function does: each line of Python that runs, and each call of what is built in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

SIZES = (20, 80, 320)
# What `.ci/run` measures coverage with is no work of the function.
_MEASURING = {f"slipcover.{name}" for name in ("branch", "bytecode", "probe", "slipcover")}


def work(act: Callable[[], object]) -> int:
    """The lines and calls of one run. No clock is asked, so it is the same everywhere."""
    count = paused = 0

    def begin(frame: FrameType, event: str, given: object) -> Any:  # noqa: ANN401 - a tracer is anything
        nonlocal paused
        if frame.f_globals.get("__name__") not in _MEASURING:
            return line(frame, event, given)
        paused += 1
        return leave

    def leave(_: FrameType, event: str, __: object) -> Any:  # noqa: ANN401
        nonlocal paused
        paused -= event == "return"
        return leave

    def line(_: FrameType, __: str, ___: object) -> Any:  # noqa: ANN401
        nonlocal count
        count += not paused
        return line

    def call(_: FrameType, event: str, called: object) -> None:
        nonlocal count
        if event == "c_call" and not paused:
            count += getattr(called, "__module__", None) not in _MEASURING

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(begin)
    sys.setprofile(call)
    try:
        act()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return count
