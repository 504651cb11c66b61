"""Reports come out of a file as they went in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.insight.engines import ledger

from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.report import Report
from cannery.insight.report_rows import report_of, rows_of

Rows = list[Any]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("report") / "insight.sqlite3"
    ledger.fill(path)
    with store.opened(path) as database:
        return ledger.report(SqliteEngine(database))


def test_a_report_is_the_same_after_json(report: Report) -> None:
    rows = json.loads(json.dumps(rows_of(report)))
    assert report_of(rows) == report
    assert [*report_of(rows).measures] == [*report.measures]


def _text_for_number(rows: Rows) -> None:
    rows[2][0][1][0] = "0.75"


def _number_for_text(rows: Rows) -> None:
    rows[2][0][2][0][0] = 7


def _no_zone(rows: Rows) -> None:
    rows[1] = "no/where"


def _too_few(rows: Rows) -> None:
    del rows[2][0][5]


@pytest.mark.parametrize("spoil", [_text_for_number, _number_for_text, _no_zone, _too_few])
def test_what_is_no_report_is_refused(report: Report, spoil: Callable[[Rows], None]) -> None:
    rows = json.loads(json.dumps(rows_of(report)))
    spoil(rows)
    with pytest.raises((TypeError, ValueError, LookupError)):
        report_of(rows)
