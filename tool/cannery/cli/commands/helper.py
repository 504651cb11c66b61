"""`kb helper`: answer searches, with everything loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cannery.cli.front_ends import Program


def helper(context: typer.Context) -> None:
    """Run a background process for faster searches.

    It stops by itself when it is not used. With `helper = true` in your config.toml, a search
    starts it. Set KB_NO_HELPER=1 to run a command without it.

    Example: kb helper
    """
    program: Program = context.obj
    program.front_ends.helper()
