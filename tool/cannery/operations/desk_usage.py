"""How often a desk's records were used, as it tells: kept until the next look.

Kept for `kb` alone in `desk/NAME-usage.json` of the user's state folder, beside the journal:
{"day": "2026-11-30", "usage": {ID OF THE ENTRY: {"7d": 12}}}, with the desk's own periods.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cannery.operations.desk_survey import Survey
from cannery.util import state
from cannery.workspace import Workspace


class DeskUsage(NamedTuple):
    """Counts by period, such as `7d`, by the entry's id; `day` is when the desk told them."""

    day: date
    counts: Mapping[str, Mapping[str, int]]


def keep_usage(found: Survey) -> None:
    """Keep what the desk told; nothing if it told nothing, or the disk is full."""
    if not found.usage or not found.is_full:
        return
    day = datetime.now(UTC).date().isoformat()
    work = found.work
    with suppress(OSError):  # a convenience: the next look tells again
        state.store(_path(work.workspace, work.name), {"day": day, "usage": found.usage})


def load_usage(workspace: Workspace, name: str) -> DeskUsage | None:
    """What a desk told last; None for nothing."""
    return state.load(_path(workspace, name), _shaped, None)


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.state / "desk" / f"{name}-usage.json"


def _shaped(data: Any) -> DeskUsage:  # noqa: ANN401 - JSON
    counts = {
        state.text(id_): {state.text(period): int(count) for period, count in table.items()}
        for id_, table in data["usage"].items()
    }
    return DeskUsage(date.fromisoformat(data["day"]), counts)
