"""Approve a pull request, or say something to it, by its host's API."""

from __future__ import annotations

from typing import NamedTuple

from cannery.errors import UsageError
from cannery.git.run import attempt
from cannery.model.pull_request import PullRequest, RequestState
from cannery.operations.review import SEEN, Forge, open_forge
from cannery.workspace import Workspace


class Verdict(NamedTuple):
    """What is to be said of a request as it is now."""

    forge: Forge
    request: PullRequest
    comment: str
    is_approval: bool


def verdict(workspace: Workspace, number: int, comment: str, *, approves: bool) -> Verdict:
    """What would be said of a pull request; nothing is sent.

    Raises UsageError for one that is no longer open, or, if it shall be approved, has changed since
    the user looked at it.
    """
    forge = open_forge(workspace)
    request = forge.reviews.read(forge.repository, number)
    if approves and request.state is not RequestState.OPEN:
        raise UsageError(
            f"pull request {number} is {request.state}", "Only open ones are approved."
        )
    seen = _seen(forge, number)
    if approves and seen and seen != request.head:
        hint = f"Run `kb review {number}` to see what is new."
        raise UsageError(f"pull request {number} has changed since you looked at it", hint)
    return Verdict(forge, request, comment, approves)


def _seen(forge: Forge, number: int) -> str:
    """The commit that the user has looked at; empty for none."""
    status, out, _ = attempt(
        forge.checkout.folder, "rev-parse", "-q", "--verify", f"{SEEN}{number}"
    )
    return "" if status else out.decode().strip()


def say(verdict: Verdict) -> None:
    """Send it to the host. Raises GitError."""
    forge, request, comment, is_approval = verdict
    if is_approval:
        forge.reviews.approve(forge.repository, request, comment)
    else:
        forge.reviews.comment(forge.repository, request, comment)
