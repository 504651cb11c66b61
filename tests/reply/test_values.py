from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.marks import Url
from cannery.errors import ValueRefusedError
from cannery.model.entry import Choice, Field, FieldType
from cannery.reply.values import parse

TODAY = date(2026, 11, 23)
CHOICES = (Choice("free", "Free plan"), Choice("pro", "プロ"))


def field(type_: FieldType, **more: object) -> Field:
    return Field("f", type=type_, choices=CHOICES, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        (FieldType.TEXT, " a\nb ", "a b"),
        (FieldType.MULTILINE, "a\n\nb\n", "a\n\nb"),
        (FieldType.NUMBER, "1,000", 1000),
        (FieldType.NUMBER, "-3.5", -3.5),
        (FieldType.NUMBER, "１２", 12),
        (FieldType.DATE, "2026-02-03", date(2026, 2, 3)),
        (FieldType.DATE, "2026年2月3日", date(2026, 2, 3)),
        (FieldType.DATE, "明日", date(2026, 11, 24)),
        (FieldType.DATE, "+3d", date(2026, 11, 26)),
        (FieldType.DATE, "Today", TODAY),
        (FieldType.EMAIL, "kim@example.co.jp", "kim@example.co.jp"),
        (FieldType.URL, "https://e.com/a?b=c", Url("https://e.com/a?b=c")),
        (FieldType.YESNO, "Yes", True),
        (FieldType.YESNO, "いいえ", False),
        (FieldType.CHOICE, "PRO", "pro"),
        (FieldType.CHOICE, "プロ", "pro"),
        (FieldType.MULTICHOICE, "プロ、free", ["free", "pro"]),
    ],
)
def test_what_people_type_becomes_a_value(type_: FieldType, raw: str, value: object) -> None:
    assert parse(field(type_), raw, TODAY) == value


@pytest.mark.parametrize(
    ("type_", "raw", "hint"),
    [
        (FieldType.TEXT, "  ", "must have a value"),
        (FieldType.NUMBER, "many", "42"),
        (FieldType.NUMBER, "1,00", "42"),
        (FieldType.DATE, "2026-02-30", "2026-11-23"),
        (FieldType.DATE, "someday", "2026-11-23"),
        (FieldType.DATE, "+9999d9", "2026-11-23"),
        (FieldType.EMAIL, "kim@example", "kim@example.com"),
        (FieldType.URL, "javascript:alert(1)", "https://"),
        (FieldType.URL, "https://a b", "https://"),
        (FieldType.YESNO, "perhaps", "yes or no"),
        (FieldType.CHOICE, "gold", "free, pro"),
        (FieldType.MULTICHOICE, "free, gold", "free, pro"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(
    type_: FieldType, raw: str, hint: str
) -> None:
    with pytest.raises(ValueRefusedError) as raised:
        parse(field(type_), raw, TODAY)
    assert "f is " in raised.value.message
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    ("type_", "value"),
    [(FieldType.TEXT, ""), (FieldType.YESNO, False), (FieldType.MULTICHOICE, [])],
)
def test_an_optional_field_may_stay_empty(type_: FieldType, value: object) -> None:
    assert parse(field(type_, required=False), "", TODAY) == value


def test_a_pattern_must_match_the_whole_value() -> None:
    order = field(FieldType.TEXT, pattern="[A-Z]-[0-9]+", help="As in A-17.")
    assert parse(order, "A-17", TODAY) == "A-17"
    with pytest.raises(ValueRefusedError) as raised:
        parse(order, "A-17x", TODAY)
    assert raised.value.hint == "As in A-17."


@pytest.mark.parametrize("pattern", ["(a|a?)+b", "(((a+)+)+)+b", "[", "(?P<x>a", "a{99999999}"])
def test_a_hostile_pattern_ends_soon(pattern: str) -> None:
    with pytest.raises(ValueRefusedError):
        parse(field(FieldType.TEXT, pattern=pattern), "a" * 60, TODAY)


@given(st.sampled_from(FieldType), st.text(max_size=30))
def test_any_text_is_a_value_or_is_refused(type_: FieldType, raw: str) -> None:
    try:
        parse(field(type_), raw, TODAY)
    except ValueRefusedError as error:
        assert error.hint
