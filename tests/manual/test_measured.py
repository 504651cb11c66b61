"""Figures that README, changelog and manual tell as measured stand in the benchmarks' tables."""

from __future__ import annotations

import json
import re
from itertools import takewhile
from pathlib import Path
from statistics import fmean

import pytest
from tests.manual.commands import ROOT

from cannery.manual import ARTICLES

_BENCHMARKS = (ROOT / "tests/benchmarks/README.md").read_text("utf-8")
_ENDINGS = ("md", "ja.md")


def _page(path: Path) -> str:
    """A page as one line, so that a claim may go over the end of one."""
    return " ".join(path.read_text("utf-8").split())


def _guide(name: str, ending: str = "md") -> str:
    return _page(ARTICLES / "guides" / f"{name}.{ending}")


README, CHANGELOG = _page(ROOT / "README.md"), _page(ROOT / "CHANGELOG.md")


def _table(header: str) -> list[list[str]]:
    """The rows of the table of the benchmarks whose first line begins so, without that line."""
    _, _, after = _BENCHMARKS.partition(f"\n| {header}")
    assert after, header
    lines = takewhile(lambda line: line.startswith("|"), after.splitlines()[1:])
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines][1:]


def _cells(header: str, row: str) -> list[str]:
    """The cells of the row that begins so."""
    (found,) = (cells[1:] for cells in _table(header) if cells[0] == row)
    return found


def _number(cell: str) -> float:
    found = re.match(r"[-+]?[\d,.]*\d", cell)
    assert found, cell
    return float(found[0].replace(",", ""))


def test_the_search_ranks_ahead_of_bm25_on_each_set() -> None:
    rows = _table("Set | Documents | nDCG@10 | Lucene's")
    ratios = [_number(row[4]) for row in rows]
    assert [round(_number(row[2]) / _number(row[3]), 3) for row in rows] == pytest.approx(
        ratios, abs=0.0015
    )
    assert min(ratios) > 1
    assert f"The mean ratio is {fmean(ratios):.3f}" in _BENCHMARKS
    assert "ranks ahead of Lucene's BM25" in README


def test_a_search_takes_a_tenth_of_a_second_from_cold_and_a_quarter_with_the_helper() -> None:
    cold, helped = (
        [_number(cell) for cell in _cells("One search as a command", row)[:2]]
        for row in ("`kb find`", "`kb find`, with the helper")
    )
    assert [round(time / 1000, 1) for time in cold] == [0.1, 0.1]
    assert "in a tenth of a second from cold" in README
    assert all(0.2 <= quick / slow <= 0.25 for quick, slow in zip(helped, cold, strict=True))
    assert "answered in a quarter of the time" in CHANGELOG
    assert "Search in a quarter of the time" in _guide("searching")
    assert "4 分の 1 の時間で検索する" in _guide("searching", "ja.md")
    assert {round(time, -1) for time in helped} == {20}
    assert "about 20 milliseconds" in _guide("launchers")
    assert "20 ミリ秒ほど" in _guide("launchers", "ja.md")


def test_a_check_after_ten_edits_takes_two_seconds() -> None:
    (cell,) = _cells("`kb check --json`", "again, 10 files changed")
    assert round(_number(cell)) == 2
    assert "when ten of 10,000 articles were edited, a check takes two seconds" in _guide(
        "checking"
    )
    assert "10 件を直したときの検査は 2 秒で終わります" in _guide("checking", "ja.md")


def _biases() -> dict[str, list[tuple[float, float]]]:
    """By headline: how far `kb insight` is off, and a plain count, on each desk."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in _table("Scenario | Headline | Truth"):
        found.setdefault(row[1].strip("`"), []).append((_number(row[3]), _number(row[5])))
    return found


def test_figures_of_support_are_off_by_as_little_as_is_told() -> None:
    found = _biases()
    shares = [ours for name, rows in found.items() if "_time" not in name for ours, _ in rows]
    closed = [theirs for _, theirs in found["solved_within_7d"]]
    times = found["resolution_time"]
    most = max(map(abs, shares))
    assert f"The greatest bias of a share is {most} points" in _BENCHMARKS
    assert f"off by [{most:.1f} points]" in README
    assert f"by {min(closed):.0f} to {max(closed):.0f}" in README
    low, high = min(-theirs for _, theirs in times), max(-theirs for _, theirs in times)
    for ending, said in zip(_ENDINGS, ("{:.0f} to {:.0f}%", "{:.0f}〜{:.0f}%"), strict=True):
        honest = _page(ARTICLES / "measures" / f"honest.{ending}")
        assert said.format(low, high) in honest
        assert "0.4%" in honest
    assert max(abs(ours) for ours, _ in times) < 0.4


@pytest.mark.parametrize("ending", _ENDINGS)
def test_the_page_on_honest_figures_has_the_table_of_the_benchmark(ending: str) -> None:
    text = (ARTICLES / "measures" / f"honest.{ending}").read_text("utf-8").replace("−", "-")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.count("|") == 7]
    told = [
        tuple(map(_number, (row[2].strip(), row[3].strip(), row[5].strip())))
        for row in rows
        if re.match(r"\s*[\d.]+ ?%", row[2])
    ]
    measured = [
        (_number(row[2]), _number(row[3]), _number(row[5]))
        for row in _table("Scenario | Headline | Truth")
        if not row[1].endswith("_time`")
    ]
    assert told == measured


def test_what_another_engine_saves_is_told() -> None:
    header = "Step | 100,000 tickets"
    first, again, duckdb = (
        _cells(header, row)
        for row in (
            "`kb insight --json`: all measures, by month, week and seven dimensions",
            "`kb insight --json` again",
            "`kb insight --json --engine duckdb://`: all, as above",
        )
    )
    sqlite_time, sqlite_memory = map(_number, first[1].split(", "))
    other_time, other_memory = (_number(piece) for piece in duckdb[1].split("s, "))
    assert round(sqlite_time / 60) == 1
    assert "about a minute with SQLite" in _guide("insight-engines")
    for ending in _ENDINGS:
        text = _guide("insight-engines", ending)
        assert f"{other_time:.0f}" in text
        assert f"{other_memory / 1000:.1f} GB" in text
        assert f"{(sqlite_memory + 0.1) / 1000:.2f}" in text
    assert _number(first[0]) < 10
    assert "100,000 tickets take seconds at the first look" in CHANGELOG
    assert _number(again[0]) == _number(again[1])
    assert "a second look takes as long as starting does" in CHANGELOG


def test_what_a_desk_of_15_000_entries_takes_is_told() -> None:
    header = "| By the clock | Processor"
    known, unknown = (
        _number(_cells(header, row)[0])
        for row in (
            "`kb desk diff`, nothing changed",
            "`kb desk diff` that knows nothing of the time before",
        )
    )
    for ending, said in zip(
        _ENDINGS, ("{1:g} seconds instead of {0:g}", "{0:g} 秒ではなく {1:g} 秒"), strict=True
    ):
        assert said.format(known, unknown) in _guide("desk-sync", ending)


def test_nine_in_ten_proposed_synonyms_are_right() -> None:
    rows = _table("Knowledge base | Entries in both languages")
    right = sum(_number(row[3]) for row in rows) / sum(_number(row[2]) for row in rows)
    assert round(right, 1) == 0.9
    assert "About nine in ten are right" in _guide("checking")
    assert "9 割ほど" in _guide("checking", "ja.md")


def test_what_meaning_costs_is_told() -> None:
    text = " ".join(_BENCHMARKS.split())
    each = re.search(r"meaning takes ([\d.]+) ms of a query .*? and ([\d.]+) ms", text)
    entry = re.search(r"reading an entry takes (\d+) ms \(E5\) or (\d+) to (\d+) ms", text)
    assert each
    assert entry
    high, low = (round(float(time)) for time in each.groups())
    times = [int(time) for time in entry.groups()]
    slow, quick = 1000 // max(times) // 5 * 5, 1000 // min(times)
    assert f"{low} to {high} milliseconds more" in _guide("searching")
    assert f"{low} から {high} ミリ秒" in _guide("searching", "ja.md")
    assert f"{slow} to {quick} a second" in _guide("searching")
    assert f"1 秒に {slow} から {quick} 件" in _guide("searching", "ja.md")


def test_what_a_page_of_a_site_sends_is_told() -> None:
    header = "| Performance | Accessibility"
    now, before = _cells(header, "article")[5], _cells(header, "article, before")[5]
    assert f"an article sends {now} where it sent {before.removesuffix(' kB')}." in CHANGELOG


def test_how_many_files_a_search_of_a_site_asks_for_is_told() -> None:
    rows = _table("First search at 10,000 pages")
    before, now = ([_number(row[column]) for row in rows] for column in (1, 2))
    assert (
        f"asks for {min(now):.0f} to {max(now):.0f} files until its hits are there,"
        f" where it asked for {min(before):.0f} to {max(before):.0f}."
    ) in CHANGELOG
    many, one = (
        _cells("Our own internal site | English", row)
        for row in ("texts in files of 8 to 36 kB", "texts in one file")
    )
    saved = {_number(a) - _number(b) for a, b in zip(many, one, strict=True)}
    assert {round(number + 0.01) for number in saved} == {3, 4}
    assert "a query asks for three or four files fewer" in CHANGELOG


def test_what_a_check_takes_of_the_time_before_is_told() -> None:
    shares = [
        _number(cells[2])
        for cells in _table("| Time | Of the other's")
        if cells[0].startswith("`kb check`")
    ]
    assert {round(share, 1) for share in shares} == {0.7}
    assert "`kb check` takes seven tenths of the processor's time" in CHANGELOG


def test_how_far_reports_alone_are_off_is_told() -> None:
    rows = _table("Desk | a single report")
    single, weekly, daily = (
        [abs(_number(row[column])) for row in rows] for column in range(1, len(rows[0]))
    )
    spans = [f"{min(cells)} {{0}} {max(cells)}" for cells in (single, weekly, daily)]
    once, week, day = (span.format("to") for span in spans)
    assert (
        f'a single report put "solved within 7 days" {once} points too low, weekly reports {week},'
        f" daily ones {day}."
    ) in _guide("insight-import")
    once, week, day = (span.replace(" {0} ", "〜") for span in spans)
    assert f"1 回で {once} ポイント、週ごとで {week} ポイント、毎日で {day} ポイント" in _guide(
        "insight-import", "ja.md"
    )


def test_the_benchmarks_own_sums_are_right() -> None:
    *trips, (_, total, _) = _table("Trip | Points | Lost")
    assert sum(_number(row[1]) for row in trips) == _number(total)
    random = re.search(r"and propose: (\d+) kills, 0 lost", " ".join(_BENCHMARKS.split()))
    assert random
    (attacked,) = (row[1] for row in _table("Area | Tried") if row[0].startswith("kills at each"))
    assert _number(attacked) == _number(total) + int(random[1])
    (bombs,) = (row[1] for row in _table("Area | Tried") if row[0].startswith("templates, in"))
    assert bombs == f"{len(json.loads((ROOT / 'tests/site/bombs.json').read_text('utf-8')))} bombs"
    features = _table("| Feature | Ours")
    assert [row[0] for row in features] == [str(number) for number in range(1, 31)]
    assert "Thirty features" in _BENCHMARKS


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("unseen/open", "20 open ones"),
        ("unseen/kept", "**20 kept back**"),
        ("more", "90 worked on with"),
    ],
)
def test_as_many_replies_are_scored_as_is_told(folder: str, told: str) -> None:
    replies = [*(ROOT / "tests/capture" / folder).glob("*.txt")]
    assert str(len(replies)) in told
    assert told in [row[0] for row in _table("Replies | Personal parts found")]
