"""A change that is proposed on a host, which calls it a pull request or a merge request."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class RequestState(StrEnum):
    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


class PullRequest(NamedTuple):
    """A pull request as its host describes it: all of it is a stranger's word.

    `branch` is the one that is proposed, `head` its newest commit, `base` the branch that it shall
    be merged into. `reviewers` were asked for a review, `updated` is ISO 8601.
    """

    number: int
    title: str
    author: str
    url: str
    state: RequestState
    is_draft: bool
    branch: str
    head: str
    base: str
    updated: str
    body: str
    reviewers: tuple[str, ...] = ()
