"""Where two people's versions of a file meet."""

from __future__ import annotations

from typing import NamedTuple


class Hunk(NamedTuple):
    """One conflict: the text before, ours and theirs; empty for none.

    `what` is a key of the front matter, `body`, `front matter` for what can't be read by keys, or
    `file` for all of one that has no lines to compare. `line` is the first one, 1-based, in the
    file as we have it; 0 where a key tells the place.
    """

    what: str
    line: int = 0
    base: str = ""
    ours: str = ""
    theirs: str = ""
