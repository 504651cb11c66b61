"""`kb helper`: answer searches, with everything loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cannery.cli.front_ends import Program


def helper(context: typer.Context) -> None:
    """Answer searches until nobody asks any more, so that each takes a fraction of its time.

    With `helper = true` in your config.toml, a search starts it by itself. KB_NO_HELPER=1 does
    without it for once.

    Example: kb helper
    """
    program: Program = context.obj
    program.front_ends.helper()
