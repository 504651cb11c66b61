"""Working hours as people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.model.business_calendar import Span
from cannery.settings_hours import read_week

NINE, NOON, ONE, SIX = 540, 720, 780, 1_080


@pytest.mark.parametrize(
    "text",
    [
        "mon-fri 09:00-18:00",
        "Monday-Friday 9:00-18:00",
        "mon,tues,wed thur-fri 09:00-18:00",
        "mon-wed 09:00-18:00, thu fri 09:00-18:00",
        "月-金 9:00-18:00",
        "月曜日〜金曜日　９：００〜１８：００",
    ],
)
def test_days_and_hours_may_be_written_in_several_ways(text: str) -> None:
    assert read_week(text) == (*[(Span(NINE, SIX),)] * 5, (), ())


def test_a_day_has_the_spans_that_follow_it_in_order() -> None:
    week = read_week("mon 13:00-18:00 09:00-12:00; sat 09:00-12:00")
    assert week[0] == (Span(NINE, NOON), Span(ONE, SIX))
    assert week[5] == (Span(NINE, NOON),)


def test_days_may_go_round_the_end_of_the_week() -> None:
    assert [bool(spans) for spans in read_week("sat-mon 09:00-12:00")] == [
        *(True, False, False, False, False, True, True)
    ]


def test_hours_may_end_at_midnight_or_beyond_it() -> None:
    assert read_week("mon 00:00-24:00, tue 22:00-06:00")[:2] == (
        (Span(0, 1_440),),
        (Span(1_320, 1_800),),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has a day without hours"),
        ("mon-fri", "has a day without hours"),
        ("mon 09:00-12:00 tue", "has a day without hours"),
        ("09:00-18:00", "has 09:00-18:00 before any day"),
        ("mon-xyz 09:00-18:00", "has xyz, which is not a day such as mon"),
        ("mon- 09:00-18:00", "has -, which is not a day such as mon"),
        ("monkey 09:00-18:00", "has monkey, which is not a day such as mon"),
        ("mon<b> 09:00-18:00", "has mon<b>, which is not a day such as mon"),
        ("mon 9-18", "has 9-18, which is not hours such as 09:00-18:00"),
        ("mon 09:05-18:00", "has 09:05-18:00: hours begin and end on quarters, as 09:15"),
        ("mon 09:00-24:15", "has 09:00-24:15, which are not hours of a day"),
        ("mon 09:60-18:00", "has 09:60-18:00, which are not hours of a day"),
        ("mon 09:00-09:00", "has 09:00-09:00, which are not hours of a day"),
        ("mon 09:00-13:00 12:00-18:00", "has hours that overlap"),
        ("mon-tue 09:00-18:00, tue 10:00-11:00", "has hours that overlap"),
        ("sun 22:00-06:00, mon 05:45-09:00", "has hours that overlap"),
        ("mon " * 101, "is too long"),
    ],
)
def test_what_is_wrong_is_said(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        read_week(text)


_WORDS = st.sampled_from(
    ("mon", "fri", "mon-fri", "月", "-", ",", "09:00-18:00", "22:00-06:00", "24:00", "9", ":", "𝟗", "\u0663", "x")
)  # fmt: skip


@given(st.one_of(st.lists(_WORDS, max_size=12).map(" ".join), st.text(max_size=60)))
@settings(deadline=None)
def test_any_text_is_a_week_of_seven_days_or_refused(text: str) -> None:
    try:
        week = read_week(text)
    except ValueError:
        return
    assert len(week) == 7
    assert any(week)
    assert all(0 <= span.start < span.end <= 2_880 for spans in week for span in spans)
