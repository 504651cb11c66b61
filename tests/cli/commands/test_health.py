"""`kb health` on the terminal, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.conftest import Base, Run

from cannery.insight.health import NEEDS


@pytest.fixture(autouse=True)
def _entries(base: Base) -> None:
    lines = "title: 請求書\nowner: =team\nreviewed: 2020-01-02"
    base.write("articles/billing/x.md", f"---\n{lines}\n---\n本文です。\n")
    base.write("articles/auth/y.md", "---\ntitle: Y\n---\nText.\n")


def test_sections_owners_and_what_to_do_are_shown(kb: Run) -> None:
    done = kb("health")
    assert done.code == 0
    assert [line.split()[:3] for line in done.out.splitlines() if "·" in line] == [
        ["auth", "1", "100"],
        ["billing", "1", "80"],
        ["(none)", "1", "·"],
        ["=team", "1", "·"],
    ]
    assert "kb edit articles/billing/x --lang en --reviewed\n" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_each_weight_is_stated(kb: Run) -> None:
    out = " ".join(kb("health").out.split())
    assert all(f"{need.weight} for {need.words}" in out for need in NEEDS)


def test_programs_get_all_of_it(kb: Run) -> None:
    data = json.loads(kb("health", "--json").out)
    assert [(card["name"], card["score"]) for card in data["sections"]] == [
        ("auth", 100),
        ("billing", 80),
    ]
    assert [*data["owners"][1]] == ["name", "entries", "counts", "todo"]
    assert data["sections"][1]["todo"][0]["command"].endswith(" --reviewed")


def test_a_spreadsheet_gets_a_row_for_each_thing_and_runs_none(kb: Run) -> None:
    [row] = csv.DictReader(io.StringIO(kb("health", "--csv").out))
    assert (row["section"], row["owner"], row["need"]) == ("billing", "'=team", "overdue")


def test_one_form_at_a_time(kb: Run) -> None:
    assert kb("health", "--csv", "--json").code == 2


def test_a_screen_has_no_more_cards_than_a_person_reads(base: Base, kb: Run) -> None:
    for number in range(120):
        base.write(
            f"articles/auth/z{number}.md", f"---\ntitle: Z\nowner: o{number:03}\n---\nText.\n"
        )
    out = kb("health").out
    assert sum(line.startswith("o") for line in out.splitlines()) == 98
    assert "And 22 more: use --json." in out


def test_a_section_is_told_with_all_there_is_to_do(base: Base, kb: Run) -> None:
    for number in range(9):
        lines = "title: A\nreviewed: 2020-01-02"
        base.write(f"articles/auth/a{number}.md", f"---\n{lines}\n---\n第{number}\n")
    assert "And 5 more: name a section" in kb("health").out
    out = kb("health", "auth").out
    assert out.count("--reviewed\n") == 9
    assert "billing" not in out


def test_nothing_to_do_is_said_and_other_files_are_left_to_the_check(base: Base, kb: Run) -> None:
    base.write("articles/billing/x.md", "---\ntitle: X\n---\nText.\n")
    base.write("articles/auth/z.md", "---\ntitle: Z\nstatus: draft\n---\n[x](nowhere.md)\n")
    out = kb("health").out
    assert "Nothing to do." in out
    assert "1 file beside the published entries: run `kb check`." in out


def test_how_far_uses_are_known_is_said(kb: Run, base: Base) -> None:
    assert "no use of any entry is known here" in " ".join(kb("health").out.split())
    base.write("macros/m.md", "---\ntitle: M\n---\nHello\n")
    kb("reply", "m", "--print")
    assert "uses are not known that far back" in " ".join(kb("health").out.split())


def test_a_narrow_screen_has_the_columns_in_which_there_is_anything(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/auth/a.md", "---\ntitle: A\nreviewed: 2020-01-02\n---\nText.\n")
    monkeypatch.setenv("COLUMNS", "60")
    lines = kb("health").out.partition("\nkb ")[0].splitlines()
    assert max(map(len, lines)) <= 60
    head = next(line for line in lines if line.startswith("Section"))
    assert ("Overdue" in head, "Alike" in head) == (True, False)
