"""`kb sync`: the team's changes into your files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def sync(
    json: Annotated[bool, typer.Option("--json", help="Print what came as JSON.")] = False,
) -> None:
    """Bring the team's changes into your files.

    What you have changed yourself stays. Where both have changed a file it is merged: front
    matter key by key, the text line by line.
    Where that can't be done your text stays, and theirs stands beside it.

    Example: kb sync
    """
    from cannery.cli.progress import shown
    from cannery.git.clone import THEIRS
    from cannery.operations.sync import sync as operation
    from cannery.workspace import open_workspace

    with shown() as listener:
        outcomes = operation(open_workspace(Path.cwd()), listener)
    for item in outcomes:
        if item.how == "merged":
            output.note(f"merged   {item.path}")
        if item.how == "conflict":
            output.error(
                f"{item.path}: you and the team have both changed: {', '.join(item.what)}",
                f"Take from {item.path}{THEIRS} what is right, then delete that file.",
            )
    if json:
        output.as_json([item._asdict() for item in outcomes])
    else:
        count = Counter(item.how for item in outcomes)
        kinds = [how for how in ("taken", "merged", "conflict") if count[how]]
        summary = ", ".join(f"{count[how]} {how}" for how in kinds)
        output.note(f"Up to date: {summary}." if summary else "Up to date; nothing new.")
    if any(item.how == "conflict" for item in outcomes):
        raise typer.Exit(1)
