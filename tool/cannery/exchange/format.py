"""What the table of formats knows of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import Imported


class Format(NamedTuple):
    """A foreign program's way of keeping replies.

    `recognize` looks at what a file holds, as its name may be anyone's. `read` gets all files of
    the format together, since some refer to each other. A file that can't be read costs a loss; a
    piece of one too.
    """

    name: str
    about: str
    recognize: Callable[[SourceFile], bool]
    read: Callable[[Sequence[SourceFile]], Imported]
