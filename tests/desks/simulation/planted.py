"""Faults that a simulation has to find: each makes `kb` do what it must never do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def overwrite() -> None:
    """A push that does not look whether the record was changed meanwhile, nor before."""
    from cannery.exchange.desks.compare import compare
    from cannery.operations import desk_push, desk_survey

    def careless(work: Any, step: Any) -> Any:  # noqa: ANN401 - as the module has it
        return work.desk.read(step.item.kind, step.item.agreed.record)

    def blind(agreed: Any, wanted: Any, seen: Any) -> Any:  # noqa: ANN401
        found = compare(agreed, wanted, seen)
        return found._replace(there=()) if found.here else found

    vars(desk_push)["_unchanged"] = careless
    vars(desk_survey)["compare"] = blind


def forget() -> None:
    """A push that writes down nothing of what it is about to make."""
    from cannery.operations.desk_lock import LockWriter

    LockWriter.begin = lambda *_: None  # type: ignore[method-assign]
    LockWriter.done = lambda *_: None  # type: ignore[method-assign]


FAULTS: Mapping[str, Callable[[], None]] = {"overwrite": overwrite, "forget": forget}
