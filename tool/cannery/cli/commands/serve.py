"""`kb serve`: take what readers of the site send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.cli.front_ends import Program


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 for all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8010,
) -> None:
    """Take votes, comments and failed searches from the site.

    Pages send them to the address of `feedback` under [site] in kb.toml: have your web server pass
    its path /feedback on to this one. `kb readers` lists what came in. Nothing about who sent it is
    kept.

    Example: kb serve --port 8010
    """
    from cannery.workspace import open_workspace

    program: Program = context.obj
    workspace = open_workspace(Path.cwd())
    program.front_ends.serve(workspace, host, port, _started)


def _started(address: str) -> None:
    output.note(f"Serving {address}/feedback (Ctrl+C to stop).")
