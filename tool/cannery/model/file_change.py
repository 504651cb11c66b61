"""What a commit did to a file."""

from __future__ import annotations

from typing import NamedTuple


class FileChange(NamedTuple):
    """A path has the content of the blob of an id, none where that is empty.

    Before, it was at `was`; empty where it was at the same path, or is new.
    """

    path: str
    blob: str
    was: str = ""
