"""The other front ends, as the command line knows them: functions that are handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.workspace import Workspace


class FrontEnds(NamedTuple):
    """Each returns when its user leaves, or raises CanneryError.

    `pick` takes the words to look for at first, and the ticket as `--ticket` has it. `serve` takes
    where to listen (address, port), and a function that is told where it does.
    """

    pick: Callable[[Sequence[str], str], None]
    helper: Callable[[], None]
    serve: Callable[[Workspace, str, int, Callable[[str], None]], None]


class Program(NamedTuple):
    """What a command gets beside its options, as the `obj` of Typer's context.

    `resident` is a knowledge base that is open already, and up to date; None if there is none.
    """

    front_ends: FrontEnds
    resident: KnowledgeBase | None = None
