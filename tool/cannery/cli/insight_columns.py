"""Ask what the columns of a CSV are for, where their names don't tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.insight.sources.columns import NONE
from cannery.operations.insight_columns import open_columns

if TYPE_CHECKING:
    from cannery.workspace import Workspace

_QUESTIONS = {
    "created_at": "tells when a ticket was created",
    "ticket": "has its number",
    "solved_at": "tells when it was solved",
    "status": "has its status",
    "replied_at": "tells when the team replied first",
}
_NEEDED = ("created_at",)
_MOST_LETTERS = 60


def ask_columns(workspace: Workspace, path: Path) -> dict[str, str]:
    """The columns of a file that were asked for, by use; empty for none. ^C raises typer.Abort."""
    found = open_columns(workspace, path)
    left, answers = [*found.columns], dict[str, str]()
    for use in found.uses:
        for number, name in enumerate(left, start=1):
            output.tell(f"  {number}. {' '.join(name.split())[:_MOST_LETTERS]}")
        name = _asked(use, left) if left else ""
        if not name and use in _NEEDED:
            return {}  # without it nothing can be imported, and the next time it is asked again
        answers[use] = name or NONE
        if name:
            left.remove(name)
    return answers


def _asked(use: str, columns: list[str]) -> str:
    """The column that somebody chooses by its number or name; empty for none."""
    while True:
        answer = output.prompt(f"Which column {_QUESTIONS[use]}? Enter for none").strip()
        if not answer or answer in columns:
            return answer
        if answer.isdecimal() and 0 < int(answer[:4]) <= len(columns):
            return columns[int(answer[:4]) - 1]
        output.note(f"Type a number from 1 to {len(columns)}.")
