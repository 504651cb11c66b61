"""Send a proposal's commit where the team finds it, and learn what has become of it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cannery.git.blobs import missing_commits
from cannery.git.clone import Checkout
from cannery.git.failures import RefusedError, translated
from cannery.git.remote import remote_addresses
from cannery.git.repository import GitError
from cannery.git.run import NETWORK_SECONDS, attempt, git, git_bytes
from cannery.model.proposal import Proposal

_KEPT = "refs/cannery/"  # what keeps a commit that was not sent yet from being collected
_NO_OPTIONS = "does not support push options"
_MOVED = ("stale info", "fetch first", "cannot lock ref", "incorrect old value")


def keep(checkout: Checkout, proposal: Proposal) -> None:
    """Keep the proposal's commit from being collected until it is sent."""
    checkout.git("update-ref", _KEPT + proposal.branch, proposal.tip)


def drop(checkout: Checkout, proposal: Proposal) -> None:
    """Let a proposal's commit be collected: it is sent, or another stands in its place."""
    checkout.git("update-ref", "-d", _KEPT + proposal.branch)


class Target(NamedTuple):
    """Where a proposal is pushed: the remote, and push options for its host.

    With `for_review`, it goes to refs/for/MAIN, from which the host opens the request, and there is
    no branch.
    """

    remote: str
    options: Sequence[str] = ()
    for_review: bool = False


def push(checkout: Checkout, proposal: Proposal, expected: str, target: Target) -> str:
    """Push the proposal's commit; what the remote answered. Raises RemoteError, RefusedError.

    `expected` is the commit that its branch is at there, empty for a new branch: one that somebody
    has pushed to in the meantime is not overwritten.
    """
    ref = f"refs/heads/{proposal.branch}"
    lease = [] if target.for_review else [f"--force-with-lease={ref}:{expected}"]
    options = [f"--push-option={option}" for option in target.options]
    spec = f"{proposal.tip}:{f'refs/for/{checkout.main}' if target.for_review else ref}"
    hint = "Run it again to put your change on top of theirs."
    try:
        answer = _push(checkout, *lease, *options, target.remote, spec, hint=hint)
    except GitError as error:
        if target.for_review or not options or _NO_OPTIONS not in error.message:
            raise
        # A mirror, or an old server: the request is opened by hand.
        answer = _push(checkout, *lease, target.remote, spec, hint=hint)
    drop(checkout, proposal)
    return answer


def put_branch(checkout: Checkout, branch: str, to: str, expected: str) -> None:
    """Point the remote branch at `to` (delete it if empty) only if it is still at `expected`.

    Raises RefusedError if somebody has pushed to it since.
    """
    remote = push_remote(checkout)
    if remote_tips(checkout, remote, [branch]).get(branch, "") == to:
        return  # an earlier try was cut off just behind it
    ref = f"refs/heads/{branch}"
    lease = f"--force-with-lease={ref}:{expected}"
    _push(checkout, lease, remote, f"{to}:{ref}", hint="Close it on the host.")


def _push(checkout: Checkout, *arguments: str, hint: str) -> str:
    """Push, and return the remote's answer; `hint` is shown if the branch has moved."""
    status, _, answer = attempt(checkout.folder, "push", *arguments, limit=NETWORK_SECONDS)
    if status and any(word in answer for word in _MOVED):
        raise RefusedError("someone else has pushed to the proposal's branch", hint, answer)
    if status:
        raise translated(("push",), answer)
    return answer


def remote_tips(checkout: Checkout, remote: str, branches: Sequence[str]) -> dict[str, str]:
    """The commits that branches are at on the remote, fetched; without those that are not there."""
    if not branches:
        return {}
    refs = [f"refs/heads/{branch}" for branch in branches]
    listed = git(checkout.folder, "ls-remote", remote, *refs, limit=NETWORK_SECONDS)
    at = {ref: tip for tip, _, ref in (line.partition("\t") for line in listed.split("\n"))}
    tips = {branch: at[ref] for branch, ref in zip(branches, refs, strict=True) if ref in at}
    if missing := missing_commits(checkout.folder, [*tips.values()]):
        git(checkout.folder, "fetch", "-q", "--no-tags", remote, *missing, limit=NETWORK_SECONDS)
    return tips


def push_remote(checkout: Checkout) -> str:
    """The remote for pushing: Git's own setting, else the user's fork, else the team's."""
    status, out, _ = attempt(checkout.folder, "config", "remote.pushDefault")
    if not status:
        return out.decode().strip()
    has_fork = checkout.remote == "upstream" and "origin" in checkout.addresses
    return "origin" if has_fork else checkout.remote


def work_in_fork(checkout: Checkout, address: str) -> Checkout:
    """Name the team's repository `upstream` and the user's fork `origin`, as is the custom."""
    if checkout.remote != "upstream":
        checkout.git("remote", "rename", checkout.remote, "upstream")
    checkout.git("remote", "add", "origin", address)
    addresses = remote_addresses(checkout.folder)
    return replace(checkout, remote="upstream", addresses=addresses)


def patch(checkout: Checkout, proposal: Proposal) -> bytes:
    """The proposal as a mail that `git am` takes."""
    return git_bytes(
        checkout.folder, "format-patch", "--stdout", f"{proposal.main}..{proposal.tip}"
    )
