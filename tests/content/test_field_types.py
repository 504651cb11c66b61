from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.dates import Calendar
from cannery.content.field_types import FIELD_TYPES, parse
from cannery.content.marks import Url
from cannery.errors import ValueRefusedError
from cannery.model.entry import Choice, Field

TODAY = Calendar(date(2026, 11, 23))
CHOICES = (Choice("free", "Free plan"), Choice("pro", "プロ"))


def field(type_: str, **more: object) -> Field:
    return Field("f", type=type_, choices=CHOICES, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        ("text", " a\nb ", "a b"),
        ("multiline", "a\n\nb\n", "a\n\nb"),
        ("number", "1,000", 1000),
        ("number", "-3.5", -3.5),
        ("number", "１２", 12),
        ("date", "2026-02-03", date(2026, 2, 3)),
        ("date", "2026年2月3日", date(2026, 2, 3)),
        ("date", "明日", date(2026, 11, 24)),
        ("date", "+3d", date(2026, 11, 26)),
        ("date", "Today", TODAY.today),
        ("email", "kim@example.co.jp", "kim@example.co.jp"),
        ("url", "https://e.com/a?b=c", Url("https://e.com/a?b=c")),
        ("yesno", "Yes", True),
        ("yesno", "いいえ", False),
        ("choice", "PRO", "pro"),
        ("choice", "プロ", "pro"),
        ("multichoice", "プロ、free", ["free", "pro"]),
    ],
)
def test_what_people_type_becomes_a_value(type_: str, raw: str, value: object) -> None:
    assert parse(field(type_), raw, TODAY) == value


def test_what_begins_several_choices_is_refused_with_those() -> None:
    plans = Field("f", type="choice", choices=(Choice("pro", "Pro"), Choice("plus", "Pro plus")))
    assert parse(plans, "pro", TODAY) == "pro"
    assert parse(plans, "PL", TODAY) == "plus"
    assert parse(plans, "pro p", TODAY) == "plus"
    with pytest.raises(ValueRefusedError, match="matches several") as raised:
        parse(plans, "p", TODAY)
    assert raised.value.hint == "Choose from: pro, plus."


IN_FULL_WIDTH = [
    ("text", "Ｑ＆Ａ", "Ｑ＆Ａ"),  # what is only shown stays as it was typed
    ("multiline", "１\n２", "１\n２"),
    ("number", "１，０００", 1000),
    ("date", "２０２６－１２－０１", date(2026, 12, 1)),
    ("email", "ｋｉｍ＠ｅｘａｍｐｌｅ．ｏｒｇ", "kim@example.org"),
    ("url", "ｈｔｔｐｓ：／／ｅ．ｃｏｍ／", Url("https://e.com/")),
    ("yesno", "ＹＥＳ", True),
    ("choice", "ｐｒｏ", "pro"),
    ("multichoice", "ｐｒｏ，ｆｒｅｅ", ["free", "pro"]),
]


@pytest.mark.parametrize(("type_", "raw", "value"), IN_FULL_WIDTH)
def test_every_type_takes_full_width(type_: str, raw: str, value: object) -> None:
    assert parse(field(type_), raw, TODAY) == value


def test_every_type_has_a_case_in_full_width() -> None:
    assert {type_ for type_, *_ in IN_FULL_WIDTH} == {*FIELD_TYPES}


@pytest.mark.parametrize(
    ("type_", "raw", "hint"),
    [
        ("text", "  ", "Enter a value"),
        ("number", "many", "42"),
        ("number", "1,00", "42"),
        ("date", "2026-02-30", "2026-11-23"),
        ("date", "someday", "2026-11-23"),
        ("date", "+9999d9", "2026-11-23"),
        ("email", "kim@example", "kim@example.com"),
        ("url", "javascript:alert(1)", "https://"),
        ("url", "https://a b", "https://"),
        ("yesno", "perhaps", "yes or no"),
        ("choice", "gold", "free, pro"),
        ("multichoice", "free, gold", "free, pro"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(type_: str, raw: str, hint: str) -> None:
    with pytest.raises(ValueRefusedError) as raised:
        parse(field(type_), raw, TODAY)
    assert "f: " in raised.value.message
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    ("type_", "value"),
    [("text", ""), ("yesno", False), ("multichoice", [])],
)
def test_an_optional_field_may_stay_empty(type_: str, value: object) -> None:
    assert parse(field(type_, required=False), "", TODAY) == value


def test_a_pattern_must_match_the_whole_value() -> None:
    order = field("text", pattern="[A-Z]-[0-9]+", help="As in A-17.")
    assert parse(order, "A-17", TODAY) == "A-17"
    with pytest.raises(ValueRefusedError) as raised:
        parse(order, "A-17x", TODAY)
    assert raised.value.hint == "As in A-17."


@pytest.mark.parametrize("pattern", ["(a|a?)+b", "(((a+)+)+)+b", "[", "(?P<x>a", "a{99999999}"])
def test_a_hostile_pattern_ends_soon(pattern: str) -> None:
    with pytest.raises(ValueRefusedError):
        parse(field("text", pattern=pattern), "a" * 60, TODAY)


@given(st.sampled_from([*FIELD_TYPES]), st.text(max_size=30))
def test_any_text_is_a_value_or_is_refused(type_: str, raw: str) -> None:
    try:
        parse(field(type_), raw, TODAY)
    except ValueRefusedError as error:
        assert error.hint
