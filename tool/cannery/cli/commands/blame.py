"""`kb blame`: who has written which line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names, language_names
from cannery.cli.options import ENTRY


def blame(
    name: Annotated[str, typer.Argument(help=ENTRY, autocompletion=entry_names)],
    lang: Annotated[
        str,
        typer.Option(metavar="LANG", help="The language version.", autocompletion=language_names),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show who last changed each line of an entry, and when.

    Example: kb blame refund --lang ja
    """
    from cannery.operations.entry import supported
    from cannery.operations.history import blame as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    rows = operation(workspace, name, supported(lang, workspace.settings.languages))
    if json:
        output.as_json([item._asdict() for item in rows])
        return
    width = max((len(item.author) for item in rows), default=0)
    for item in rows:
        day = item.day or ("not yet" if item.commit else "unknown")
        who = f"{day!s:<10}  {item.author:<{width}}"
        output.say(who, "  ", item.text)
