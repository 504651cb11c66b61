"""What is proposed to the team."""

from __future__ import annotations

from typing import NamedTuple


class Proposal(NamedTuple):
    """A proposal: `main` is the commit that it was built on, `tip` its own newest commit.

    `sent` is the newest commit of it that the remote has, empty for none; `url` is the pull
    request's.
    """

    branch: str
    paths: tuple[str, ...]
    main: str
    tip: str
    title: str
    body: str
    sent: str = ""
    url: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the remote has its newest commit."""
        return self.sent == self.tip
