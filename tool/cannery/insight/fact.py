"""The table `fact`: what measures look at, a row for each ticket, as it stood at a time."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cannery.insight.engine import Engine

DAY = 86_400
_SQL = Path(__file__).with_name("fact.sql")


class Frame(NamedTuple):
    """What a look is made with: the end of the data, and N of "within N days".

    `at` is in seconds; what happened in that second or later is not seen.
    """

    at: int
    days: int

    @property
    def within(self) -> int:
        """N days, in seconds."""
        return self.days * DAY


def make_facts(engine: Engine, frame: Frame) -> None:
    """Make the table. Numbers alone are put into the SQL. Needs the table `slot`."""
    select = _SQL.read_text("utf-8").format(at=int(frame.at), within=int(frame.within))
    engine.make("fact", select)
