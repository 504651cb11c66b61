"""Pages on the state of the knowledge base."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cannery.insight.health import Card, ToDo
from cannery.insight.pages.upkeep import Sought, gaps_page, health_page

DAY = date(2026, 11, 20)
OVERDUE = ToDo("overdue", "articles/a", "kb/articles/a.md", "since May", "kb edit a --reviewed")


def table(page: Any) -> Any:  # noqa: ANN401 - plain data for a template
    return page.values["tables"][0]["table"]


def test_a_section_has_its_score_and_what_it_needs() -> None:
    shown = table(
        health_page([Card("billing", 12, [OVERDUE], 95), Card("net", 3, [], 100)], DAY, "en")
    )
    assert shown["head"] == ["Section", "Entries", "Score", "Overdue reviews"]
    assert [[row[0]["text"], *row[1:]] for row in shown["rows"]] == [
        ["billing", "12", "95", "1"],
        ["net", "3", "100", ""],
    ]


def test_what_was_sought_fewer_than_five_times_is_on_no_page() -> None:
    sought = [Sought("sso login", 9, 2, 7, "Sign in"), Sought("Zanzibarquartz", 4, 1, 3, "")]
    page = gaps_page(sought, "en")
    assert [
        [cell["text"] if isinstance(cell, dict) else cell for cell in row]
        for row in table(page)["rows"]
    ] == [["sso login", "9", "2", "7", "Sign in"]]
    assert "Zanzibarquartz" not in repr(page)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_without_anything_there_is_a_sentence_and_no_table(language: str) -> None:
    for page in (health_page([], DAY, language), gaps_page([], language)):
        assert page.values["about"]
        assert page.values["tables"] == []


def test_a_page_without_gaps_says_so() -> None:
    assert str(gaps_page([], "en").values["about"]).startswith("Nothing was asked for")
    assert "まだありません" in str(gaps_page([], "ja").values["about"])
