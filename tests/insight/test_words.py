"""What measures are called."""

from __future__ import annotations

import pytest

from cannery.insight.measures.table import ORDER
from cannery.insight.report import Definition
from cannery.insight.words import title, words
from cannery.model.ticket_event import DIMENSIONS


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_measure_and_dimension_has_a_title(language: str) -> None:
    assert set(ORDER) <= set(words(language)["measures"])
    assert set(DIMENSIONS) <= set(words(language)["dimensions"])


def test_languages_have_words_for_the_same() -> None:
    english, japanese = words("en"), words("ja")
    assert {kind: set(each) for kind, each in english.items()} == {
        kind: set(each) for kind, each in japanese.items()
    }


def test_a_title_has_the_number_of_days_in_it() -> None:
    told = Definition(
        "solved_within_3d", "solved_within_{days}d", "share", "high", 1, "", {"days": 3}
    )
    assert title(told, "en") == "Solved within 3 days"
    assert title(told, "ja") == "3 日以内の解決率"


@pytest.mark.parametrize(
    ("target", "english", "japanese"),
    [("30m", "30 min", "30分"), ("4h", "4 h", "4時間"), ("3d", "3 d", "3日")],
)
def test_a_promise_says_its_time_in_the_language(target: str, english: str, japanese: str) -> None:
    values = {"policy": "gold", "target": target}
    key = "sla_{policy}_resolution"
    told = Definition("sla_gold_resolution", key, "share", "high", 1, "", values)
    assert title(told, "en") == f"SLA gold: resolution within {english}"
    assert title(told, "ja") == f"SLA gold：{japanese}以内の解決率"


def test_a_promise_says_whose_hours_it_counts_unless_they_are_the_tickets_own() -> None:
    values = {"policy": "gold", "target": "4h", "calendar": "business"}
    key = "sla_{policy}_next_reply"
    own = Definition("sla_gold_next_reply", key, "share", "high", 1, "", values)
    always = own._replace(values={**values, "calendar": "24x7"})
    assert title(own, "en") == "SLA gold: next reply within 4 h"
    assert title(always, "en") == "SLA gold: next reply within 4 h (24x7)"
    assert title(always, "ja") == "SLA gold：4時間以内の次回返信率（24x7）"


def test_another_language_has_english_titles() -> None:
    assert words("fr") == words("en")
