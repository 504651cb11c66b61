"""What could not be taken over from a file of another program."""

from __future__ import annotations

from typing import NamedTuple


class Loss(NamedTuple):
    """A piece of a foreign file that has no equal here: `what` as it stands there, and `why`.

    `path` is the file's as the user knows it; `line` is 1-based, 0 for the whole file.
    """

    path: str
    line: int
    what: str
    why: str
