"""What asking a web address has shown."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class LinkState(StrEnum):
    """`unclear` fails, `doubtful` answers with something else than the page.

    `guarded` is there, and lets in whom it knows; `mute` gives no answer at all.

    `untrusted` has a certificate that nobody vouches for, `no-host` a name that leads nowhere.
    `busy` wants fewer questions, or only fails: it is left alone. `barred` leads to what is not to
    be asked: a private network, or nothing on the web.
    """

    WORKS = "works"
    MOVED = "moved"
    DEAD = "dead"
    UNCLEAR = "unclear"
    DOUBTFUL = "doubtful"
    GUARDED = "guarded"
    UNTRUSTED = "untrusted"
    MUTE = "mute"
    NO_HOST = "no-host"
    BUSY = "busy"
    BARRED = "barred"


class Verdict(NamedTuple):
    """A state, the reason in words, and the new address of one that has moved."""

    state: LinkState
    reason: str = ""
    moved_to: str = ""
