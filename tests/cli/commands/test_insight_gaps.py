"""`kb insight gaps`, and `kb new article --from-gap`."""

from __future__ import annotations

import csv
import json

import pytest
from tests.conftest import Base, Run
from tests.operations.lost import sought

from cannery.model.feedback import Miss
from cannery.operations.ask_log import keep_asked
from cannery.operations.feedback import keep as keep_feedback
from cannery.operations.search_log import FIND, keep, lost

PLANTED = (
    "jane@example.com",
    "Jennifer Rossi",
    "田中さん",
    "03-1234-5678",
    "hunter2X!",
    "203.0.113.7",
)


def test_each_gap_is_told_with_what_to_do(base: Base, kb: Run) -> None:
    sought(base.workspace, "dark mode", "ダークモード")
    told = kb("insight", "gaps").out
    assert "dark mode" in told
    assert "2 times, search 2" in told
    assert "kb new article --from-gap 1" in told


def test_the_command_that_is_told_begins_the_article(base: Base, kb: Run) -> None:
    sought(base.workspace, "dark mode", "ダークモード")
    kb("insight", "gaps")
    shown = kb("new", "article", "--from-gap", "1", "--dry-run").out
    assert "title: Dark mode\nstatus: draft\n" in shown
    done = kb("new", "article", "--from-gap", "1")
    assert done.out.strip() == "kb/articles/dark-mode.md"
    assert (base.root / done.out.strip()).read_text("utf-8") == shown


def test_a_default_language_that_is_asked_for_holds(base: Base, kb: Run) -> None:
    sought(base.workspace, "監査ログ")
    assert kb("new", "article", "--from-gap", "1").out.strip().endswith(".ja.md")
    done = kb("new", "article", "--from-gap", "1", "--lang", "en", "--section", "x")
    assert done.out.strip() == "kb/articles/x/監査ログ.md"


def test_a_gap_and_another_source_are_one_too_many(base: Base, kb: Run) -> None:
    done = kb("new", "article", "--from-gap", "1", "--from", "-")
    assert (done.code, "only one --from option" in done.err) == (2, True)


def test_programs_get_all_of_it(base: Base, kb: Run) -> None:
    sought(base.workspace, "dark mode", "dark theme", *(f"word{number}" for number in range(30)))
    (first, *_) = told = json.loads(kb("insight", "gaps", "--json").out)["gaps"]
    assert len(told) == 31
    assert first == {
        "number": 1,
        "title": "dark mode",
        "language": "en",
        "count": 2,
        "sources": {"search": 2},
        "trend": {"before": 0, "after": 2, "verdict": "too few"},
        "samples": ["dark theme"],
        "nearest": [],
        "verdict": "missing",
        "keywords": [],
    }


def test_a_table_holds_no_formula(base: Base, kb: Run) -> None:
    sought(base.workspace, "=1+1 dark mode", "+dark mode")
    rows = [*csv.DictReader(kb("insight", "gaps", "--csv").out.splitlines())]
    assert [row["count"] for row in rows] == ["2"]
    assert rows[0]["title"][0] == "'"


@pytest.mark.parametrize("option", [(), ("--json",), ("--csv",)])
def test_what_was_planted_is_in_no_output_and_no_file(
    base: Base, kb: Run, option: tuple[str, ...]
) -> None:
    for planted in PLANTED:
        words = f"zzq password is {planted}" if "hunter" in planted else f"zzq {planted}"
        keep(base.workspace, [lost(FIND, words)])
        keep_asked(base.workspace, words, "", is_draft=False)
        keep_feedback(base.workspace, Miss(words, "en"))
    told = kb("insight", "gaps", *option)
    state = base.workspace.state
    kept = "".join(
        path.read_text("utf-8", "replace") for path in state.rglob("*") if path.is_file()
    )
    assert [planted for planted in PLANTED if planted in told.out + told.err + kept] == []
    assert "zzq" in told.out
    assert "zzq" in kept


def test_where_searches_are_not_kept_that_is_said(base: Base, kb: Run) -> None:
    base.write("kb.toml", "[insight]\nsearches = false\n")
    assert "not kept here" in kb("insight", "gaps").err


def test_a_day_that_is_none_is_refused(base: Base, kb: Run) -> None:
    assert kb("insight", "gaps", "--since", "yesterday").code == 2


def test_one_form_is_chosen(base: Base, kb: Run) -> None:
    assert "can't be combined" in kb("insight", "gaps", "--json", "--csv").err
