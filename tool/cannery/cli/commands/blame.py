"""`kb blame`: who has written which line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names, language_names


def blame(
    name: Annotated[
        str, typer.Argument(help="An entry or a macro's shortcut.", autocompletion=entry_names)
    ],
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Its language.", autocompletion=language_names)
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell who has written each line of an entry, and when.

    Example: kb blame refund --lang ja
    """
    from cannery.cli.options import language_of
    from cannery.content.files import scan
    from cannery.content.library import resolve
    from cannery.git.clone import open_local
    from cannery.git.history import lines
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    asked = language_of(lang, workspace.settings.languages)
    entry = resolve(workspace, scan(workspace), name)
    at = entry.choose((asked,), workspace.settings)
    found = list(lines(open_local(workspace.root), at.path))
    if json:
        output.as_json([item._asdict() for item in found])
        return
    width = max((len(item.author) for item in found), default=0)
    for item in found:
        who = f"{item.day or 'not yet   '}  {item.author:<{width}}"
        output.say(who, "  ", item.text)
