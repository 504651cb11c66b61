"""`kb sync`: the team's changes into your files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output

# What became of a file, as its user calls it.
_WORDS = {"taken": "updated", "merged": "merged", "conflict": "in conflict"}


def sync(
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Merge the team's changes into your files.

    Your own changes are kept. A file that both sides changed is merged: front matter key by key,
    text line by line. On a conflict, your version stays and the team's is put next to it.

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
                f"{item.path}: you and the team both changed: {', '.join(item.what)}",
                f"Copy what you need from {item.path}{THEIRS}, then delete that file.",
            )
    if json:
        output.as_json([item._asdict() for item in outcomes])
    else:
        count = Counter(item.how for item in outcomes)
        kinds = [how for how in _WORDS if count[how]]
        summary = ", ".join(f"{count[how]} {_WORDS[how]}" for how in kinds)
        output.note(f"Synced: {summary}." if summary else "Already up to date.")
    if any(item.how == "conflict" for item in outcomes):
        raise typer.Exit(1)
