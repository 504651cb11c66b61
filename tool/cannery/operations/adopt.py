"""Take over a folder that another tool has laid out: looked at, planned, then done."""

from __future__ import annotations

from pathlib import Path

from cannery.adopt.survey import survey
from cannery.adopt.tree import read_tree
from cannery.errors import UsageError
from cannery.model.adoption import Survey
from cannery.model.event import Listener, ignore


def look_at(folder: Path, listener: Listener = ignore) -> Survey:
    """What a folder holds. Raises UsageError for no folder, and for one without pages."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", "Name the folder that holds the pages.")
    return survey(read_tree(folder.resolve()), listener)
