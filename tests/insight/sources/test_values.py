"""Values of exports, which may be of any type."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from cannery.insight.sources.values import code, identifier, name, rating, seconds, text

_AT = 1_793_530_800  # 2026-11-01T11:00:00Z


@pytest.mark.parametrize("written", [
    "2026-11-01T11:00:00Z", "2026-11-01T11:00:00.250Z", "2026-11-01T20:00:00+09:00", "2026-11-01 11:00:00 UTC",
    "2026-11-01 11:00:00 +0000", _AT, _AT + 0.25, _AT * 1000, str(_AT),
])  # fmt: skip
def test_times_are_written_in_many_ways(written: object) -> None:
    assert seconds(written) == _AT


def test_a_time_without_a_zone_is_in_the_one_that_is_given() -> None:
    assert seconds("2026-11-01T20:00:00", timezone(timedelta(hours=9))) == _AT


@pytest.mark.parametrize("wrong", [
    None, True, "", "soon", "2026-13-01T11:00:00Z", "0001-01-01T00:00:00Z", -1, 0, 10**40, float("inf"), float("nan"), [], {}, "9" * 40,
])  # fmt: skip
def test_what_is_no_time_is_none(wrong: object) -> None:
    assert seconds(wrong) is None


def test_ids_are_numbers_or_short_texts() -> None:
    assert [identifier(one) for one in (35436, " tea_1 ", True, 1.5, None, 10**30, "x" * 101)] == ["35436", "tea_1", "", "", "", "", ""]  # fmt: skip


def test_a_name_is_short_and_no_address() -> None:
    assert [name(one) for one in (" Billing \n EU ", 7, True, "a@b.example", "w" * 61, None)] == ["Billing EU", "7", "true", "", "", ""]  # fmt: skip


def test_scores_may_be_written_as_texts() -> None:
    assert [rating(one) for one in (4, "4", 4.5, True, "x", None, 10**9)] == [4.0, 4.0, 4.5, None, None, None, None]  # fmt: skip


def test_half_a_letter_is_no_part_of_a_text() -> None:
    for read in (identifier, name, text):
        assert read("a\ud800").encode("utf-8") == b"a?"


@pytest.mark.parametrize(
    "word",
    [
        "email",
        "native_messaging",
        "twitter direct-message",
        "Channel::WebWidget",
        "ja",
        "en-US",
        "zh_Hant",
    ],
)
def test_a_word_of_the_desks_own_is_kept(word: str) -> None:
    assert code(word) == word


@pytest.mark.parametrize(
    "text", ["Hanako Yamada", "山田", "it's me", "a@b", "+81901234", 7, None, "x" * 99]
)
def test_what_anybody_may_have_typed_is_no_code(text: object) -> None:
    assert code(text) == ""
