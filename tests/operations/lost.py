"""Searches in a knowledge base's state, as if they had been made."""

from __future__ import annotations

import json
import time

from cannery.operations.search_log import FIND, LostSearch
from cannery.util import trust
from cannery.workspace import Workspace

DAY = 86_400


def sought(workspace: Workspace, *words: str, days_ago: float = 1, then: str = "") -> None:
    """These were looked for, so many days ago."""
    trust.make(workspace.state)
    at = int(time.time() - days_ago * DAY)
    with (workspace.state / "searches.jsonl").open("a", encoding="utf-8") as file:
        for text in words:
            row = LostSearch(at, FIND, text, 0, then)
            file.write(json.dumps(row._asdict(), ensure_ascii=False) + "\n")
