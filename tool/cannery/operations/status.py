"""What the user has changed, what is proposed, and what the team has that the user has not."""

from __future__ import annotations

from typing import NamedTuple

from cannery.git.clone import Checkout, Edit, edits, fetch, open_checkout
from cannery.git.run import RemoteError, settings_left_out
from cannery.hosts.addresses import team_repository
from cannery.model.event import Listener, Remark, ignore
from cannery.model.proposal import Proposal
from cannery.operations.send import open_tip
from cannery.proposals.commit import is_merged
from cannery.proposals.conflicts import conflicts
from cannery.proposals.store import proposals
from cannery.workspace import Workspace

_SECONDS = 5.0  # for the remote to answer: who asks for the status does not want to wait


class Proposed(NamedTuple):
    """A proposal, and its state: waits, merged, closed or proposed."""

    proposal: Proposal
    state: str


class Status(NamedTuple):
    """How a clone stands. Paths are from the knowledge base's root.

    `behind` counts the team's commits that the user has not. `online` is False if the remote did
    not answer: what it has is then as of the last time.
    """

    edited: list[Edit]
    proposed: list[Proposed]
    behind: int
    conflicts: list[str]
    online: bool


def status(workspace: Workspace, listener: Listener = ignore) -> Status:
    """How the clone stands. Changes none of the user's files, and uses none of its settings."""
    checkout = open_checkout(workspace.root)
    online = _fetched(checkout, listener)
    base = checkout.git("merge-base", "HEAD", checkout.upstream)
    behind = int(checkout.git("rev-list", "--count", f"{base}..{checkout.upstream}"))
    return Status(
        edits(checkout, base),
        [
            Proposed(item, _state(workspace, checkout, item, online=online))
            for item in proposals(checkout)
        ],
        behind,
        [path.removeprefix(checkout.prefix) for path in conflicts(checkout)],
        online,
    )


def _fetched(checkout: Checkout, listener: Listener) -> bool:
    """Fetch; whether the remote had an answer."""
    try:
        fetch(checkout, limit=_SECONDS)
    except RemoteError as error:
        listener(Remark(f"As of the last time: {error.message}"))
        if names := settings_left_out(checkout.folder):
            listener(Remark(f"This clone's settings do not hold here: {', '.join(names)}."))
            listener(Remark("If you need them to reach the team, `kb sync` uses them."))
        return False
    return True


def _state(workspace: Workspace, checkout: Checkout, item: Proposal, *, online: bool) -> str:
    """What has become of a proposal, as far as is known."""
    if not item.is_sent:
        return "waits"
    if is_merged(checkout, item):
        return "merged"
    repository = team_repository(checkout, workspace)
    return "closed" if online and not open_tip(checkout, repository, item) else "proposed"
