"""What is kept of tickets for figures: where, how much, and until when each source tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.insight.reach import SourceReach, reaches
from cannery.operations.insight_store import EVENTS, events_if_any
from cannery.workspace import Workspace


class Kept(NamedTuple):
    """The database of tickets: its file and size in bytes, and its sources."""

    path: Path
    size: int
    sources: Sequence[SourceReach]


def kept_events(workspace: Workspace) -> Kept | None:
    """What is kept; None where nothing was imported. Raises ContentError."""
    path = workspace.state / EVENTS
    with events_if_any(workspace) as database:
        return Kept(path, path.stat().st_size, reaches(database)) if database else None


def day_of(seconds: int, workspace: Workspace) -> str:
    """The day of a time, as the team's clocks have it."""
    zone = ZoneInfo(workspace.settings.insight.time_zone)
    return datetime.fromtimestamp(seconds, zone).date().isoformat()
