"""Bring the team's changes into the user's files."""

from __future__ import annotations

from cannery.git.clone import fetch, open_checkout, standing
from cannery.git.in_progress import refuse_in_progress
from cannery.git.view import as_user
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.writing import exclusive, telling_interrupts, waiting
from cannery.proposals.changes import Snapshot, merged_of, snapshot
from cannery.proposals.incoming import FileOutcome
from cannery.proposals.push import drop
from cannery.proposals.store import forget, proposals
from cannery.proposals.sync import sync as merge_upstream
from cannery.workspace import Workspace

_UNCHANGED = "Nothing was changed."
_CHANGED = "The team's changes are in your files."


def sync(workspace: Workspace, listener: Listener = ignore) -> list[FileOutcome]:
    """Fetch, and merge what is new into the working tree; what came of each file.

    Proposals that the team has merged by now are forgotten, which a remark says. Raises
    RemoteError if the remote can't be reached, GitError where the user's own commits stand in the
    way, before anything is changed.
    """
    outcomes: list[FileOutcome] = []
    done: list[str] = []
    with telling_interrupts(listener, lambda: done or [_UNCHANGED]), as_user():
        checkout = open_checkout(workspace.root)
        refuse_in_progress(checkout.folder)
        fetch(checkout, "sync", waiting(listener))
        with exclusive(workspace, "sync", listener) as log:
            clone = snapshot(checkout, standing(checkout), workspace.settings.layout)
            if items := proposals(checkout):
                from cannery.operations.fates import asker  # not all have proposed anything
                from cannery.proposals.accepted import with_accepted

                clone = with_accepted(clone, items, asker(workspace, checkout, listener))
            outcomes = merge_upstream(clone, log)
            done.append(_CHANGED)
            _forget_merged(clone, listener)
    return outcomes


def _forget_merged(clone: Snapshot, listener: Listener) -> None:
    """Proposals that the team has by now, however they were merged, are proposals no more."""
    checkout = clone.checkout
    items = proposals(checkout)
    accepted = [item for item in items if item.branch in clone.over]
    merged = accepted + merged_of(clone, [item for item in items if item not in accepted])
    forget(checkout, [item.branch for item in merged])
    for item in merged:
        drop(checkout, item)
        listener(Remark(f"merged by the team: {item.title}"))
