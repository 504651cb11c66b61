"""What is proposed to the team."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """A file as the user had it when it was proposed, and as that is on top of the team's state.

    Both are ids in git's store, empty for no file. `is_alone`: nobody else has changed it
    on the branch, and what differs there was made by a hook.
    """

    file: str
    given: str
    is_alone: bool


class Proposal(NamedTuple):
    """A proposal: `main` is the commit that it was built on, `tip` its own newest commit.

    `sent` is the newest commit of it that the remote has, empty for none; `url` is the pull
    request's. `sources` has what `tip` was made from, by path.
    """

    branch: str
    paths: tuple[str, ...]
    main: str
    tip: str
    title: str
    body: str
    sent: str = ""
    url: str = ""
    sources: tuple[tuple[str, Source], ...] = ()

    @property
    def is_sent(self) -> bool:
        """Whether the remote has its newest commit."""
        return self.sent == self.tip
