"""The values last used, for the fields that ask to be remembered, each with its day."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from cannery.util import dated, trust
from cannery.util.state import text
from cannery.util.tidy import VALUES
from cannery.workspace import Workspace

_MAX_CHARS = 2000


def recall(workspace: Workspace) -> dict[str, str]:
    """The last values by field name; empty if the file is missing or corrupt."""
    keeping = dated.Keeping(workspace.memory_days, time.time())
    try:
        rows = dated.load(_file(workspace), keeping, _sound)
    except OSError:
        return {}  # memory is a convenience: without it, the fields are asked as if for once
    return {name: row[0] for name, row in rows.items()}


def remember(workspace: Workspace, values: Mapping[str, str]) -> None:
    """Store the values for next time. Raises OSError if they can't be written.

    Values older than the retention period are deleted.
    """
    keeping = dated.Keeping(workspace.memory_days, time.time())
    now = int(keeping.now)
    new_rows = {name: [value, now] for name, value in values.items() if len(value) <= _MAX_CHARS}
    if new_rows and keeping.days:
        trust.make(workspace.state)
        dated.change(_file(workspace), keeping, _sound, lambda rows: {**rows, **new_rows})


def _sound(row: list[object]) -> None:
    value, _ = row
    text(value)


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / VALUES
