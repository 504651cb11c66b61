"""Bring the team's changes into the user's files."""

from __future__ import annotations

from cannery.git.clone import Checkout, fetch, open_checkout
from cannery.git.view import as_user
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.writing import exclusive
from cannery.proposals.commit import is_merged
from cannery.proposals.incoming import Came
from cannery.proposals.push import drop
from cannery.proposals.store import forget, proposals
from cannery.proposals.sync import sync as merge_upstream
from cannery.workspace import Workspace


def sync(workspace: Workspace, listener: Listener = ignore) -> list[Came]:
    """Fetch, and merge what is new into the working tree; what came of each file.

    Proposals that the team has merged by now are forgotten, which a remark says. Raises
    RemoteError if the remote can't be reached, GitError where the user's own commits stand in the
    way, before anything is changed.
    """
    with as_user():
        checkout = open_checkout(workspace.root)
        upstream = fetch(checkout)
    with exclusive(workspace, "sync", listener) as log:
        outcomes = merge_upstream(checkout, upstream, log)
        _forget_merged(checkout, listener)
    return outcomes


def _forget_merged(checkout: Checkout, listener: Listener) -> None:
    """Proposals that the team has by now, however they were merged, are proposals no more."""
    merged = [item for item in proposals(checkout) if is_merged(checkout, item)]
    forget(checkout, [item.branch for item in merged])
    for item in merged:
        drop(checkout, item)
        listener(Remark(f"the team has taken: {item.title}"))
