"""`kb sync`: the team's changes into your files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.git.clone import Checkout


def sync(
    json: Annotated[bool, typer.Option("--json", help="Print what came as JSON.")] = False,
) -> None:
    """Bring the team's changes into your files.

    What you have changed yourself stays. Where both have changed a file it is merged: front
    matter key by key, the text line by line.
    Where that can't be done your text stays, and theirs stands beside it.

    Example: kb sync
    """
    from cannery.cli.alone import alone
    from cannery.git.clone import THEIRS, fetch, open_checkout
    from cannery.git.view import act_as_user
    from cannery.proposals.sync import sync as bring
    from cannery.workspace import open_workspace

    act_as_user()
    workspace = open_workspace(Path.cwd())
    checkout = open_checkout(workspace.root)
    upstream = fetch(checkout)
    with alone(workspace, "sync") as log:
        came = bring(checkout, upstream, log)
        _forget_merged(checkout)
    for item in came:
        if item.how == "merged":
            output.note(f"merged   {item.path}")
        if item.how == "conflict":
            output.error(
                f"{item.path}: you and the team have both changed: {', '.join(item.what)}",
                f"Take from {item.path}{THEIRS} what is right, then delete that file.",
            )
    if json:
        output.as_json([item._asdict() for item in came])
    else:
        count = Counter(item.how for item in came)
        said = ", ".join(
            f"{count[how]} {how}" for how in ("taken", "merged", "conflict") if count[how]
        )
        output.note(f"Up to date: {said}." if said else "Up to date; nothing new.")
    if any(item.how == "conflict" for item in came):
        raise typer.Exit(1)


def _forget_merged(checkout: Checkout) -> None:
    """Proposals that the team has by now, however they were merged, are proposals no more."""
    from cannery.proposals.commit import is_merged
    from cannery.proposals.push import drop
    from cannery.proposals.store import forget, proposals

    done = [item for item in proposals(checkout) if is_merged(checkout, item)]
    forget(checkout, [item.branch for item in done])
    for item in done:
        drop(checkout, item)
        output.note(f"the team has taken: {item.title}")
