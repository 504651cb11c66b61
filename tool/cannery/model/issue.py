"""A question that was asked on a host."""

from __future__ import annotations

from typing import NamedTuple


class Issue(NamedTuple):
    """An issue, and what was said to it, the oldest first."""

    url: str
    title: str
    text: str
    answers: tuple[str, ...]
