"""Figures in words, as each language writes them."""

from __future__ import annotations

import pytest

from cannery.insight.report import Unit
from cannery.insight.wording import (
    figure_text,
    interval_text,
    month_text,
    shortened,
    span_text,
    sure_text,
    value_text,
)
from cannery.model.figure import Figure, suppressed


@pytest.mark.parametrize(
    ("unit", "value", "english", "japanese"),
    [
        ("share", 0.784, "78%", "78%"),
        ("share", 0.0234, "2.3%", "2.3%"),
        ("share", 0.0, "0%", "0%"),
        ("seconds", 45, "45 s", "45 秒"),
        ("seconds", 5_400, "90 min", "90 分"),
        ("seconds", 30_600, "8.5 h", "8.5 時間"),
        ("seconds", 10 * 86_400, "10 days", "10 日"),
        ("count", 1234, "1,234", "1,234"),
        ("score", 4.266, "4.27", "4.27"),
    ],
)
def test_a_value_has_its_unit(unit: Unit, value: float, english: str, japanese: str) -> None:
    texts = [value_text(unit, value, language) for language in ("en", "ja")]
    assert [text.replace("\u00a0", " ") for text in texts] == [english, japanese]


def test_an_interval_names_its_unit_once() -> None:
    figure = Figure(0.78, 0.744, 0.82, 412)
    assert interval_text("share", figure, "en") == "74 to 82%"
    assert interval_text("share", figure, "ja") == "74〜82%"
    assert sure_text("share", figure, "en") == "74 to 82%, n\u00a0=\u00a0412"


def test_an_interval_of_times_is_in_the_unit_of_the_value() -> None:
    figure = Figure(41 * 3_600, 31 * 3_600, 50 * 3_600, 187)
    assert interval_text("seconds", figure, "en") == "31 to 50\u00a0h"
    assert interval_text("seconds", figure, "ja") == "31〜50\u00a0時間"
    assert span_text("seconds", Figure(5 * 86_400, 86_400, 9 * 86_400, 26), "en") == "1–9\u00a0days"


def test_what_is_of_too_few_says_so_instead_of_a_value() -> None:
    assert figure_text("share", suppressed(3), "en") == "not shown: fewer than 5"
    assert figure_text("share", suppressed(3), "ja") == "非表示（5 件未満）"


def test_what_is_of_none_does_not_say_that_there_were_a_few() -> None:
    assert figure_text("share", suppressed(0), "en") == "not shown: nothing to count"
    assert figure_text("share", suppressed(0), "ja") == "非表示（対象なし）"


def test_a_month_is_written_as_in_its_language() -> None:
    assert [month_text("2026-10", language) for language in ("en", "ja")] == [
        "October 2026",
        "2026年10月",
    ]


def test_a_long_value_of_a_dimension_is_a_line() -> None:
    assert shortened("a\n\u202eb") == "a b"
    assert len(shortened("x" * 300)) == 60
