"""A question that was asked on a host."""

from __future__ import annotations

from typing import NamedTuple


class Issue(NamedTuple):
    """An issue, and what was said to it, the oldest first."""

    url: str
    title: str
    text: str
    answers: tuple[str, ...]


class OpenIssue(NamedTuple):
    """An issue that waits for an answer since `at` (seconds since the epoch; 0 if not told)."""

    url: str
    title: str
    at: float
