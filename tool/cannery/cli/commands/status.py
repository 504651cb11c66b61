"""`kb status`: what is yours, what is on its way, what the team has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.operations.status import Status


def status(
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show your changes, your proposals, and what is new from the team.

    Example: kb status
    """
    from cannery.cli.progress import shown
    from cannery.git.clone import THEIRS
    from cannery.operations.status import status as operation
    from cannery.workspace import open_workspace

    with shown() as listener:
        state = operation(open_workspace(Path.cwd()), listener)
    if json:
        output.as_json(_as_json(state))
        return
    for item in state.edited:
        _row(
            "new" if item.before is None else "deleted" if item.now is None else "edited", item.path
        )
    for proposal, word in state.proposed:
        _row(word, f"{proposal.title}  {proposal.url or proposal.branch}")
    for path, conflict in state.conflicts.items():
        decide = f"resolve it, then delete {path}{THEIRS}"
        deleted = f"the team deleted it: delete it, or bring it back with kb propose {path}"
        _row("conflict", f"{path}: {deleted if conflict.is_deleted else decide}")
    if state.behind:
        commits = output.counted(state.behind, "commit")
        _row("behind", f"{commits} behind the team: run kb sync")
    if not (state.edited or state.proposed or state.conflicts or state.behind):
        output.note("No changes of yours, and nothing new from the team.")


def _row(what: str, text: str) -> None:
    output.say(output.style(f"{what:<9}", bold=True), " ", text)


def _as_json(state: Status) -> dict[str, object]:
    proposed = [
        {
            "title": item.title,
            "branch": item.branch,
            "url": item.url,
            "state": word,
            "paths": item.paths,
        }
        for item, word in state.proposed
    ]
    return {
        "edited": [item.path for item in state.edited],
        "proposed": proposed,
        "behind": state.behind,
        "conflicts": [*state.conflicts],
        "online": state.online,
    }
