"""`kb status`: what is yours, what is on its way, what the team has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.git.clone import Checkout
    from cannery.model.proposal import Proposal
    from cannery.workspace import Workspace


def status(
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell what you have changed, what is proposed, what is new.

    Example: kb status
    """
    from cannery.git.clone import THEIRS, edits, open_checkout
    from cannery.proposals.conflicts import conflicts
    from cannery.proposals.store import proposals
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    checkout = open_checkout(workspace.root)
    online = _look(checkout)
    base = checkout.git("merge-base", "HEAD", checkout.upstream)
    changed = edits(checkout, base)
    behind = int(checkout.git("rev-list", "--count", f"{base}..{checkout.upstream}"))
    open_ = [
        {
            "title": item.title,
            "branch": item.branch,
            "url": item.url,
            "state": _state(workspace, checkout, item, online=online),
            "paths": item.paths,
        }
        for item in proposals(checkout)
    ]
    unfinished = [path.removeprefix(checkout.prefix) for path in conflicts(checkout)]
    if json:
        output.as_json(
            {
                "edited": [item.path for item in changed],
                "proposed": open_,
                "behind": behind,
                "conflicts": unfinished,
                "online": online,
            }
        )
        return
    for item in changed:
        _row("new" if item.before is None else "gone" if item.now is None else "edited", item.path)
    for found in open_:
        _row(str(found["state"]), f"{found['title']}  {found['url'] or found['branch']}")
    for path in unfinished:
        _row("conflict", f"{path}: finish it, then delete {path}{THEIRS}")
    if behind:
        commits = output.counted(behind, "commit")
        _row("behind", f"the team has {commits} more: kb sync")
    if not (changed or open_ or unfinished or behind):
        output.note("Nothing of yours, and nothing new.")


def _row(what: str, text: str) -> None:
    output.say(output.style(f"{what:<9}", bold=True), " ", text)


def _look(checkout: Checkout) -> bool:
    """Ask the remote for news; whether it had an answer."""
    from cannery.git.clone import fetch
    from cannery.git.run import RemoteError, settings_left_out

    try:
        fetch(checkout, limit=5.0)
    except RemoteError as error:
        output.note(f"As of the last time: {error.message}")
        if names := settings_left_out(checkout.folder):
            output.note(f"This clone's settings do not hold here: {', '.join(names)}.")
            output.note("If you need them to reach the team, `kb sync` uses them.")
        return False
    return True


def _state(workspace: Workspace, checkout: Checkout, item: Proposal, *, online: bool) -> str:
    """What has become of a proposal, as far as is known."""
    from cannery.hosts.addresses import team_repository
    from cannery.operations.send import open_tip
    from cannery.proposals.commit import is_merged

    if item.sent != item.tip:
        return "waits"
    if is_merged(checkout, item):
        return "merged"
    repository = team_repository(checkout, workspace)
    return "closed" if online and not open_tip(checkout, repository, item) else "proposed"
