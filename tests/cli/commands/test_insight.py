"""`kb insight` on the terminal, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import Base, Run

from cannery.cli.insight_report import spark
from cannery.insight.report import Point
from cannery.model.figure import Figure, suppressed

FIRST = datetime(2026, 8, 1, tzinfo=UTC)
# Of the tickets of a month, how many of ten are solved on their second day; the others, on the 20th.
MONTHS = {8: 5, 9: 5, 10: 9}


def rows() -> list[str]:
    found = []
    for month, soon in MONTHS.items():
        for number in range(300):
            opened = FIRST.replace(month=month) + timedelta(hours=number * 2)
            solved = opened + timedelta(days=2 if number % 10 < soon else 20)
            section = "billing" if number % 2 else "[red]login"
            found.append(f"{opened.isoformat()},{solved.isoformat()},{section},solved")
    return found


@pytest.fixture(autouse=True)
def _tickets(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\nText.\n")
    lines = [f"{number},{row}" for number, row in enumerate(rows())]
    text = "\n".join(["id,created_at,solved_at,section,status", *lines])
    path = base.root / "tickets.csv"
    path.write_text(text, encoding="utf-8")
    assert kb("insight", "import", str(path)).code == 0


def test_the_first_line_answers_what_last_month_was_and_whether_that_is_better(kb: Run) -> None:
    done = kb("insight")
    first = done.out.split("\n\n")[0].replace("\xa0", " ")
    assert " ".join(first.split()) == (
        "In October 2026, 90% of tickets stood solved within 7 days (86 to 93%, n = 300):"
        " better than the month before (50%)."
    )


def test_eighty_columns_are_enough(kb: Run) -> None:
    assert max(map(len, kb("insight").out.splitlines())) <= 80


def test_a_narrow_screen_has_names_instead_of_bars(
    kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = kb("insight").out.splitlines()
    assert max(map(len, lines)) <= 60
    assert not any("12 months" in line for line in lines)


def test_a_measure_has_its_value_interval_number_the_month_before_and_the_change(kb: Run) -> None:
    [line] = [line for line in kb("insight").out.splitlines() if line.startswith("Backlog ")]
    assert line.split()[:4] == ["Backlog", "17", "17", "90"]


def test_what_the_data_do_not_tell_is_named(kb: Run) -> None:
    text = " ".join(kb("insight").out.split())
    assert "Not in the data:" in text
    assert "Macro use" in text.split("Not in the data:")[1]


def test_titles_are_japanese_where_the_language_is(base: Base, kb: Run) -> None:
    base.write("kb.toml", 'default_language = "ja"\nlanguages = ["ja", "en"]\n')
    out = kb("insight").out
    assert out.startswith("2026年10月は、チケットの 90% が 7 日以内に解決していました")
    assert "7 日以内の解決率" in out


def test_programs_get_all_figures(kb: Run) -> None:
    found = json.loads(kb("insight", "--json").out)
    measure = found["measures"]["solved_within_7d"]
    assert measure["value"] == pytest.approx(sum(MONTHS.values()) / 30)
    assert [point["label"] for point in measure["months"]] == [
        "2026-08",
        "2026-09",
        "2026-10",
        "2026-11",
    ]
    assert measure["change"]["verdict"] == "better"
    assert set(measure["groups"]["section"]) == {"billing", "[red]login"}


def test_a_spreadsheet_gets_a_row_for_each_figure(kb: Run) -> None:
    found = list(csv.DictReader(io.StringIO(kb("insight", "--csv").out)))
    [october] = [
        row for row in found if (row["measure"], row["period"]) == ("solved_within_7d", "2026-10")
    ]
    assert (october["value"], october["n"], october["is_complete"]) == ("0.9", "300", "yes")
    assert {row["group"] for row in found if row["dimension"] == "section"} == {
        "billing",
        "[red]login",
    }


def test_what_was_known_on_a_day_is_told_as_of_that_day(kb: Run) -> None:
    found = json.loads(kb("insight", "--json", "--at", "2026-08-31").out)
    assert [point["label"] for point in found["measures"]["arrivals"]["months"]] == ["2026-08"]
    assert found["measures"]["arrivals"]["n"] == 300


def test_a_day_before_all_tickets_has_no_table_and_no_data_of_later(kb: Run) -> None:
    out = kb("insight", "--at", "2026-01-31").out
    assert "12 months" not in out
    assert "Data until: 2026-02-01 00:00" in out
    assert "New tickets" in out.split("Not in the data:")[1]


def test_older_tickets_can_be_left_out(kb: Run) -> None:
    found = json.loads(kb("insight", "--json", "--since", "2026-10-01").out)
    assert found["measures"]["arrivals"]["n"] == 300


def test_a_since_beyond_the_data_says_so(kb: Run) -> None:
    done = kb("insight", "--since", "2030-01-01")
    assert done.code == 2
    assert "the data end before 2030-01-01" in done.err


def test_a_day_after_the_end_of_the_data_is_told(kb: Run) -> None:
    done = kb("insight", "--at", "2026-12-24", "--json")
    assert "The data end on 2026-11-1" in done.err
    assert json.loads(done.out)["at"] == "2026-12-25T00:00:00+00:00"
    assert "The data end" not in kb("insight", "--json").err


def test_groups_are_shown_for_one_measure_as_they_are_called(kb: Run) -> None:
    out = kb("insight", "--by", "Section").out
    assert out.startswith("Solved within 7 days\n")
    assert [line.split()[0] for line in out.splitlines()[2:5]] == [
        "Section",
        "[red]login",
        "billing",
    ]
    assert kb("insight", "--by", "section", "--measure", "backlog").out.startswith("Backlog\n")


def test_a_measure_is_named_without_its_numbers_as_pages_and_thresholds_name_it(kb: Run) -> None:
    found = json.loads(kb("insight", "--by", "section", "--measure", "reopen_rate", "--json").out)
    assert {*found["groups"].popitem()[1]["measures"]} == {"reopen_rate_7d"}


def test_groups_are_told_to_programs(kb: Run) -> None:
    found = json.loads(kb("insight", "--by", "section", "--measure", "arrivals", "--json").out)
    assert found["dimension"] == "section"
    assert found["groups"]["billing"]["measures"]["arrivals"]["n"] == 450


@pytest.mark.parametrize("word", ["agent", "Assignee", "assignee_id", "user", "assigned to"])
def test_persons_are_refused_with_the_reason(kb: Run, word: str) -> None:
    done = kb("insight", "--by", word)
    assert done.code == 2
    assert "figures are not told by person" in done.err
    assert "gamed" in done.err


def test_an_unknown_dimension_and_measure_are_told(kb: Run) -> None:
    assert "Choose one of source, section" in kb("insight", "--by", "shoe").err
    assert "no measure named shoe" in kb("insight", "--by", "section", "--measure", "shoe").err


@pytest.mark.parametrize(
    "words", [["--json", "--csv"], ["--by", "team", "--csv"], ["--measure", "x"]]
)
def test_what_can_not_go_together_is_refused(kb: Run, words: list[str]) -> None:
    assert kb("insight", *words).code == 2


def test_bars_go_from_the_least_to_the_greatest_month() -> None:
    def point(figure: Figure, *, is_complete: bool = True) -> Point:
        return Point("2026-01", 0, figure, is_complete)

    values = [Figure(value, None, None, 9) for value in (0.0, 1.0, 0.5)]
    points = [*map(point, values), point(suppressed(2)), point(values[0], is_complete=False)]
    assert spark(points) == "▁█▅·"
    assert spark([point(values[1])] * 20) == "▄" * 12
