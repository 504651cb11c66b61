"""`kb pick`: the picker."""

from __future__ import annotations

from typing import Annotated

import typer

from cannery.cli.options import TicketOption


def pick(
    words: Annotated[list[str] | None, typer.Argument(help="What to look for at first.")] = None,
    ticket: TicketOption = "",
) -> None:
    """Find, fill in and copy on one screen, for as many tickets as there are.

    The same as `kb` alone.

    Example: kb pick 返金 --ticket clipboard
    """
    from cannery.cli.commands.edit import edit_file
    from cannery.tui.open import open_picker

    open_picker(words or (), ticket, edit_file)
