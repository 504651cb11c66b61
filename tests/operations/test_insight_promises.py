"""Promises of kb.toml are told of the tickets that came in."""

from __future__ import annotations

from tests.conftest import Base

from cannery.operations.insight import look
from cannery.operations.insight_import import ImportRequest, import_events

TOML = """country = "JP"
[insight]
time_zone = "Asia/Tokyo"
hours = "mon-fri 09:00-18:00"
[insight.sla.gold]
first_reply = "4h"
where = {tier = "gold"}
"""


def test_what_is_promised_in_kb_toml_is_measured(base: Base) -> None:
    """Five replies at ten, in the last hour of a promise of four: one is a holiday late."""
    base.write("kb.toml", TOML)
    days = ("2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09")
    rows = [f"{day}T15:00+09:00,{day}T18:00+09:00,gold" for day in days[:4]]
    rows.append("2026-01-09T15:00+09:00,2026-01-13T10:30+09:00,gold")  # Monday was free
    rows += ["2026-01-05T15:00+09:00,2026-01-30T10:00+09:00,basic"] * 5
    lines = [f"{number},{row}" for number, row in enumerate(rows)]
    path = base.root / "tickets.csv"
    path.write_text("\n".join(["id,created_at,first_reply_at,tier", *lines]), encoding="utf-8")
    import_events(base.workspace, ImportRequest(str(path)))
    report = look(base.workspace)
    found = report.measures["sla_gold_first_reply"]
    assert (found.overall.value, found.overall.n) == (0.8, 5)
    assert report.calendar == "mon-fri 09:00-18:00, Asia/Tokyo, JP"
