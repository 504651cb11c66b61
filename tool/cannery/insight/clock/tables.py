"""The tables of business time and of promises, made by one query after the other."""

from __future__ import annotations

from pathlib import Path

from cannery.insight.clock import working
from cannery.insight.clock.choice import Clocks, fill_choice, fill_pausing
from cannery.insight.engine import Engine
from cannery.insight.fact import Frame, filled

_FOLDER = Path(__file__).parent
_PROMISES = ("plan", "moment", "promised_span", "promised_wait", "promise")


def make_clocks(engine: Engine, frame: Frame, clocks: Clocks) -> None:
    """Make `business`, and `plan` and `promise` if any is made. Needs the facts."""
    fill_choice(engine, clocks)
    [(first,)] = engine.rows("SELECT MIN(created_at) FROM fact")
    first = frame.at if first is None else first
    engine.fill("working", working.COLUMNS, working.rows_of(clocks.all, first, frame.at))
    same = " AND ".join(f"choice.{name} = fact.{name}" for name in clocks.dimensions)
    if clocks.policies:
        fill_pausing(engine, clocks)
    for name in ("business", *(_PROMISES if clocks.policies else ())):
        sql = (_FOLDER / f"{name}.sql").read_text("utf-8")
        engine.make(name, filled(sql, frame, same=same))
