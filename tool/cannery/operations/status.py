"""What the user has changed, what is proposed, and what the team has that the user has not."""

from __future__ import annotations

from typing import NamedTuple

from cannery.git.clone import Checkout, Standing, fetch, open_checkout, standing
from cannery.git.edits import Edit
from cannery.git.run import RemoteError, ignored_settings
from cannery.hosts.addresses import team_repository
from cannery.model.event import Listener, Remark, ignore
from cannery.model.proposal import Proposal
from cannery.operations.send import branch_tips
from cannery.proposals.changes import Snapshot, merged_of, snapshot
from cannery.proposals.conflicts import conflicts
from cannery.proposals.push import push_remote
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
    at = standing(checkout)
    clone = snapshot(checkout, at)
    return Status(
        clone.edits_since(at.upstream),
        _proposed(workspace, clone, online=online),
        _behind(checkout, at),
        [path.removeprefix(checkout.prefix) for path in conflicts(checkout)],
        online,
    )


def _behind(checkout: Checkout, at: Standing) -> int:
    if at.base == at.upstream:
        return 0
    return int(checkout.git("rev-list", "--count", f"{at.base}..{at.upstream}"))


def _fetched(checkout: Checkout, listener: Listener) -> bool:
    """Fetch; whether the remote had an answer."""
    try:
        fetch(checkout, limit=_SECONDS)
    except RemoteError as error:
        listener(Remark(f"Offline, showing the last known state: {error.message}"))
        if names := ignored_settings(checkout.folder):
            listener(Remark(f"These settings of the clone are not used here: {', '.join(names)}."))
            listener(Remark("If you need them to reach the remote, run `kb sync`."))
        return False
    return True


def _proposed(workspace: Workspace, clone: Snapshot, *, online: bool) -> list[Proposed]:
    """The proposals, each with what has become of it as far as is known."""
    checkout, items = clone.checkout, proposals(clone.checkout)
    sent = [item for item in items if item.is_sent]
    merged = merged_of(clone, sent)
    closed: set[str] = set()
    if online and (asked := [item for item in sent if item not in merged]):
        repository = team_repository(checkout, workspace)
        tips = branch_tips(checkout, repository, push_remote(checkout), asked)
        closed = {item.branch for item in asked} - tips.keys()

    def state(item: Proposal) -> str:
        if not item.is_sent:
            return "waits"
        if item in merged:
            return "merged"
        return "closed" if item.branch in closed else "proposed"

    return [Proposed(item, state(item)) for item in items]
