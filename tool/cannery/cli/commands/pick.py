"""`kb pick`: the picker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli.completers import query_filters
from cannery.cli.options import TicketOption

if TYPE_CHECKING:
    from cannery.cli.front_ends import Program


def pick(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Words to start the search with.", autocompletion=query_filters),
    ] = None,
    ticket: TicketOption = "",
) -> None:
    """Open the picker: search, fill in and copy on one screen.

    Same as `kb` without a command.

    Example: kb pick 返金 --ticket clipboard
    """
    program: Program = context.obj
    program.front_ends.pick(words or (), ticket)
