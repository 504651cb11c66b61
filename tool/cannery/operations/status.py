"""What the user has changed, what is proposed, and what the team has that the user has not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cannery.git.clone import Checkout, Standing, fetch, open_checkout, standing
from cannery.git.edits import Edit
from cannery.git.failures import RemoteError, UnservedError
from cannery.git.in_progress import in_progress
from cannery.git.repository import GitError, UnusableError
from cannery.git.run import ignored_settings
from cannery.hosts.addresses import owner_of, team_repository
from cannery.hosts.request_states import request_states
from cannery.model.event import Listener, Remark, ignore
from cannery.model.proposal import Proposal
from cannery.model.pull_request import RequestState
from cannery.operations.send import branch_tips
from cannery.operations.writing import waiting
from cannery.proposals.changes import Snapshot, merged_of, snapshot
from cannery.proposals.conflicts import OpenConflict, conflicts
from cannery.proposals.push import push_remote
from cannery.proposals.store import proposals
from cannery.workspace import Workspace

_WORDS = {
    RequestState.OPEN: "proposed",
    RequestState.MERGED: "merged",
    RequestState.CLOSED: "closed",
}
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
    conflicts: dict[str, OpenConflict]
    online: bool


def status(workspace: Workspace, listener: Listener = ignore) -> Status:
    """How the clone stands. Changes none of the user's files, and uses none of its settings."""
    checkout = open_checkout(workspace.root)
    online = _fetched(checkout, listener)
    if unfinished := in_progress(checkout.folder):
        listener(Remark(f"A {unfinished.name} is in progress: go on with `{unfinished.command}`."))
    at = standing(checkout)
    clone = snapshot(checkout, at, workspace.settings.layout)
    return Status(
        clone.edits_since(at.upstream),
        _proposed(workspace, clone, listener, online=online),
        _behind(checkout, at),
        {path.removeprefix(checkout.prefix): item for path, item in conflicts(checkout).items()},
        online,
    )


def _behind(checkout: Checkout, at: Standing) -> int:
    if at.base == at.upstream:
        return 0
    return int(checkout.git("rev-list", "--count", f"{at.base}..{at.upstream}"))


def _fetched(checkout: Checkout, listener: Listener) -> bool:
    """Fetch; whether the remote had an answer."""
    try:
        fetch(checkout, "status", waiting(listener), limit=_SECONDS)
    except RemoteError as error:
        listener(Remark(f"{error.state}, showing the last known state: {error.message}"))
        if isinstance(error, UnservedError):
            listener(Remark(error.hint))
        if names := ignored_settings(checkout.folder):
            listener(Remark(f"These settings of the clone are not used here: {', '.join(names)}."))
            listener(Remark("If you need them to reach the remote, run `kb sync`."))
        return False
    except UnusableError as error:  # what is fetched can't be written down
        listener(Remark(f"Not fetched, showing the last known state: {error.message}"))
        return False
    return True


def _proposed(
    workspace: Workspace, clone: Snapshot, listener: Listener, *, online: bool
) -> list[Proposed]:
    """The proposals, each with what has become of it as far as is known."""
    items = proposals(clone.checkout)
    sent = [item for item in items if item.is_sent]
    merged = merged_of(clone, sent)
    asked = [item for item in sent if item not in merged] if online else []
    states = {item.branch: "merged" for item in merged}
    states |= _fates(workspace, clone.checkout, asked, listener) if asked else {}
    unsent = {item.branch for item in items if not item.is_sent}
    return [
        Proposed(item, "waits" if item.branch in unsent else states.get(item.branch, "proposed"))
        for item in items
    ]


def _fates(
    workspace: Workspace, checkout: Checkout, asked: Sequence[Proposal], listener: Listener
) -> dict[str, str]:
    """What has become of proposals, by their branch: by what the host says, else by the branch."""
    repository, remote = team_repository(checkout, workspace), push_remote(checkout)
    try:
        known = request_states(repository, asked, owner_of(checkout, remote))
    except GitError as error:
        listener(Remark(f"The host was asked for your pull requests: {error.message}"))
        known = {}
    fates = {branch: _WORDS[state] for branch, state in known.items()}
    others = [item for item in asked if item.branch not in fates]
    tips = branch_tips(checkout, repository, remote, others)
    return fates | {item.branch: "closed" for item in others if item.branch not in tips}
