"""`kb sync`: the team's changes into your files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.hunks import places, show_hunks

if TYPE_CHECKING:
    from cannery.proposals.incoming import FileOutcome

# What became of a file, as its user calls it.
_WORDS = {"taken": "updated", "merged": "merged", "conflict": "in conflict"}


def sync(
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Merge the team's changes into your files.

    Your own changes are kept. A file that both sides changed is merged: front matter key by key,
    text line by line. Where both changed the same lines, yours stay, and a file next to it
    has the team's: everything else is merged.

    Example: kb sync
    """
    from cannery.cli.progress import shown
    from cannery.operations.sync import sync as operation
    from cannery.workspace import open_workspace

    with shown() as listener:
        outcomes = operation(open_workspace(Path.cwd()), listener)
    for item in outcomes:
        if item.how == "merged":
            output.note(f"merged   {item.path}")
        if item.how == "renamed":
            output.note(f"{item.path} was renamed to {item.to}")
        if item.how == "conflict":
            _show_conflict(item)
    if json:
        output.as_json([_as_json(item) for item in outcomes])
    else:
        count = Counter(item.how for item in outcomes)
        kinds = [how for how in _WORDS if count[how]]
        summary = ", ".join(f"{count[how]} {_WORDS[how]}" for how in kinds)
        output.note(f"Synced: {summary}." if summary else "Already up to date.")
    if any(item.how == "conflict" for item in outcomes):
        raise typer.Exit(1)


def _show_conflict(item: FileOutcome) -> None:
    """What both have changed, and what to do about it."""
    from cannery.git.clone import THEIRS
    from cannery.proposals.incoming import DELETED_HERE, DELETED_THERE, NO_FILE

    path, beside = item.path, item.path + THEIRS
    if DELETED_THERE in item.what:
        hint = f"Delete yours, too, or bring it back with `kb propose {path}`."
        output.error(f"{path} was deleted by the team, and you have edited it", hint)
    elif DELETED_HERE in item.what:
        hint = f"Rename {beside} to {path} to keep it, or delete {beside}."
        output.error(f"{path} was edited by the team, and you have deleted it", hint)
    elif NO_FILE in item.what:
        hint = f"Propose yours: `kb propose {path}`. Or take theirs: `git checkout HEAD -- {path}`."
        output.error(f"{path}: you and the team both changed it, one to a link or a folder", hint)
    else:
        hint = f"Copy what you need from {beside}, then delete that file."
        output.error(f"{path}: you and the team both changed: {_places(item)}", hint)
        show_hunks(item.hunks, "team's")


def _places(item: FileOutcome) -> str:
    hunks = [hunk for hunk in item.hunks if hunk.what in item.what]
    return places(hunks) or ", ".join(item.what)


def _as_json(item: FileOutcome) -> dict[str, object]:
    return {**item._asdict(), "hunks": [hunk._asdict() for hunk in item.hunks]}
