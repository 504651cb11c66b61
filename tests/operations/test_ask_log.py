"""Questions that were passed on, until an entry answers them."""

from __future__ import annotations

import json

import pytest
from tests.conftest import Base

from cannery.operations.ask import pass_on
from cannery.operations.ask_log import keep_asked, unanswered
from cannery.workspace import open_workspace

ISSUE = "https://github.com/team/kb/issues/7"


def _open(base: Base) -> list[str]:
    return [asked.question for asked in unanswered(base.workspace)]


def test_a_question_that_became_a_draft_is_open_until_that_is_published(base: Base) -> None:
    passed_on = pass_on(base.workspace, "How long are logs kept?", [])
    assert _open(base) == ["How long are logs kept?"]
    path = base.root / passed_on.address
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: published"), "utf-8")
    assert _open(base) == []


def test_or_until_the_draft_is_gone(base: Base) -> None:
    passed_on = pass_on(base.workspace, "How long are logs kept?", [])
    (base.root / passed_on.address).unlink()
    assert _open(base) == []


@pytest.mark.parametrize(("status", "is_open"), [("draft", True), ("published", False)])
def test_an_issue_is_answered_by_an_entry_that_names_it(
    base: Base, status: str, is_open: bool
) -> None:
    keep_asked(base.workspace, "Where is our data?", ISSUE, is_draft=False)
    text = f"---\ntitle: Data\nstatus: {status}\n---\nIn Tokyo.\n\nSource: {ISSUE}\n"
    base.write("articles/data.md", text)
    assert bool(_open(base)) is is_open


def test_what_is_personal_is_masked_and_a_secret_is_not_kept(base: Base) -> None:
    keep_asked(base.workspace, "Why can't jane@example.com log in?", "", is_draft=False)
    keep_asked(base.workspace, "password is hunter2X!", "", is_draft=False)
    text = (base.workspace.state / "asked.jsonl").read_text("utf-8")
    assert json.loads(text)["question"] == "Why can't … log in?"


def test_where_no_searches_are_kept_no_questions_are(base: Base) -> None:
    base.write("kb.toml", "[insight]\nsearches = false\n")
    keep_asked(open_workspace(base.root), "Why?", "", is_draft=False)
    assert not (base.workspace.state / "asked.jsonl").exists()


def test_rows_of_another_version_cost_themselves(base: Base) -> None:
    keep_asked(base.workspace, "Why so?", "", is_draft=False)
    with (base.workspace.state / "asked.jsonl").open("a") as file:
        file.write('{"time": "x"}\n{"question": 3}\n[]\n{"time": 1, "question": "a"}\n')
    assert _open(base) == ["Why so?"]
