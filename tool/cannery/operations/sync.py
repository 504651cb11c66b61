"""Bring the team's changes into the user's files."""

from __future__ import annotations

from cannery.git.clone import fetch, open_checkout, standing
from cannery.git.view import as_user
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.fates import asker
from cannery.operations.writing import exclusive
from cannery.proposals.accepted import with_accepted
from cannery.proposals.changes import Snapshot, merged_of, snapshot
from cannery.proposals.incoming import FileOutcome
from cannery.proposals.push import drop
from cannery.proposals.store import forget, proposals
from cannery.proposals.sync import sync as merge_upstream
from cannery.workspace import Workspace


def sync(workspace: Workspace, listener: Listener = ignore) -> list[FileOutcome]:
    """Fetch, and merge what is new into the working tree; what came of each file.

    Proposals that the team has merged by now are forgotten, which a remark says. Raises
    RemoteError if the remote can't be reached, GitError where the user's own commits stand in the
    way, before anything is changed.
    """
    with as_user():
        checkout = open_checkout(workspace.root)
        fetch(checkout)
    with exclusive(workspace, "sync", listener) as log:
        at = standing(checkout)
        ask = asker(workspace, checkout, listener)
        clone = with_accepted(snapshot(checkout, at), proposals(checkout), ask)
        outcomes = merge_upstream(clone, log)
        _forget_merged(clone, listener)
    return outcomes


def _forget_merged(clone: Snapshot, listener: Listener) -> None:
    """Proposals that the team has by now, however they were merged, are proposals no more."""
    checkout = clone.checkout
    items = proposals(checkout)
    accepted = [item for item in items if clone.has_accepted(item)]
    merged = accepted + merged_of(clone, [item for item in items if item not in accepted])
    forget(checkout, [item.branch for item in merged])
    for item in merged:
        drop(checkout, item)
        listener(Remark(f"merged by the team: {item.title}"))
