"""Send a proposal's commit where the team finds it, and learn what has become of it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cannery.git.clone import Checkout
from cannery.git.run import (
    NETWORK_SECONDS,
    RefusedError,
    attempt,
    git,
    git_bytes,
    translated,
)
from cannery.model.proposal import Proposal

_KEPT = "refs/cannery/"  # what keeps a commit that was not sent yet from being collected
_MOVED = ("stale info", "fetch first", "cannot lock ref", "incorrect old value")


def keep(checkout: Checkout, proposal: Proposal) -> None:
    """Keep the proposal's commit from being collected until it is sent."""
    checkout.git("update-ref", _KEPT + proposal.branch, proposal.tip)


def drop(checkout: Checkout, proposal: Proposal) -> None:
    """Let a proposal's commit be collected: it is sent, or another stands in its place."""
    checkout.git("update-ref", "-d", _KEPT + proposal.branch)


def push(
    checkout: Checkout, proposal: Proposal, known: str, options: Sequence[str], *, for_review: bool
) -> str:
    """Push the proposal's commit; what the remote answered. Raises RemoteError, RefusedError.

    `known` is the commit that its branch is at there, empty for a new branch: one that somebody has
    pushed to in the meantime is not overwritten. With `for_review`, it goes to refs/for/MAIN, from
    which the host opens the request, and there is no branch.
    """
    ref = f"refs/heads/{proposal.branch}"
    status, _, said = attempt(
        checkout.folder,
        "push",
        *([] if for_review else [f"--force-with-lease={ref}:{known}"]),
        *(f"--push-option={option}" for option in options),
        push_remote(checkout),
        f"{proposal.tip}:{f'refs/for/{checkout.main}' if for_review else ref}",
        limit=NETWORK_SECONDS,
    )
    if status and any(word in said for word in _MOVED):
        hint = "Run it again: your change goes on top of it."
        raise RefusedError("somebody has pushed to the proposal's branch", hint, said)
    if status:
        raise translated(("push",), said)
    drop(checkout, proposal)
    return said


def put_branch(checkout: Checkout, branch: str, to: str, known: str) -> None:
    """Put a branch on the remote to a commit, or take it away (empty), if it is where is `known`.

    Raises RefusedError where somebody has pushed to it since.
    """
    if remote_tip(checkout, branch) == to:
        return  # an earlier try was cut off just behind it
    ref = f"refs/heads/{branch}"
    status, _, said = attempt(
        checkout.folder,
        "push",
        f"--force-with-lease={ref}:{known}",
        push_remote(checkout),
        f"{to}:{ref}",
        limit=NETWORK_SECONDS,
    )
    if status and any(word in said for word in _MOVED):
        raise RefusedError("somebody has pushed to the proposal's branch", "Close it there.", said)
    if status:
        raise translated(("push",), said)


def remote_tip(checkout: Checkout, branch: str) -> str:
    """The commit that a branch is at on the remote, fetched; empty where there is none."""
    remote = push_remote(checkout)
    listed = git(
        checkout.folder, "ls-remote", remote, f"refs/heads/{branch}", limit=NETWORK_SECONDS
    )
    if not listed:
        return ""
    tip = listed.split()[0]
    if attempt(checkout.folder, "cat-file", "-e", f"{tip}^{{commit}}")[0]:
        git(checkout.folder, "fetch", "-q", "--no-tags", remote, tip, limit=NETWORK_SECONDS)
    return tip


def push_remote(checkout: Checkout) -> str:
    """Where branches are pushed: what Git was told, else the user's own fork, else the team's."""
    status, out, _ = attempt(checkout.folder, "config", "remote.pushDefault")
    if not status:
        return out.decode().strip()
    remotes = checkout.git("remote").splitlines()
    return "origin" if checkout.remote == "upstream" and "origin" in remotes else checkout.remote


def work_in_fork(checkout: Checkout, address: str) -> Checkout:
    """Name the team's repository `upstream` and the user's fork `origin`, as is the custom."""
    if checkout.remote != "upstream":
        checkout.git("remote", "rename", checkout.remote, "upstream")
    checkout.git("remote", "add", "origin", address)
    return replace(checkout, remote="upstream")


def patch(checkout: Checkout, proposal: Proposal) -> bytes:
    """The proposal as a mail that `git am` takes."""
    return git_bytes(
        checkout.folder, "format-patch", "--stdout", f"{proposal.main}..{proposal.tip}"
    )
