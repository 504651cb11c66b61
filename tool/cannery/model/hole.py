"""A place in an author's text that was left for somebody to fill in."""

from __future__ import annotations

from typing import NamedTuple


class Hole(NamedTuple):
    """What looks like a hole: `written` as it stands, `name` what is to go in, empty if untold.

    `kind` is a row of `content/holes.json`. `line` is 1-based: in the file at `path`, or without
    a path in the text itself.
    """

    kind: str
    written: str
    name: str
    line: int
    path: str = ""

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}" if self.path else f"line {self.line} of the reply"
