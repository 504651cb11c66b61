from __future__ import annotations

import pytest

from cannery.exchange.asked import AskedFields
from cannery.exchange.dates import has_time, is_time, known_form, moment_output, shifted_output


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("%Y-%m-%d", "%Y-%m-%d"), ("%v", "%e-%b-%Y"), ("%x", "%m/%d/%y"), ("", ""), ("%%", "%%"),
        ("%Q", None), ("%d 'o", None), ("{{form}}", None),
    ],
)  # fmt: skip
def test_a_form_is_ours_or_none(form: str, expected: str | None) -> None:
    assert known_form(form) == expected


@pytest.mark.parametrize(
    ("form", "output"),
    [
        ("", "{{ today }}"), ("%d", "{{ today | date: '%d' }}"), ("%d %H", "{{ now | date: '%d %H' }}"),
    ],
)  # fmt: skip
def test_the_present_is_a_day_or_a_time(form: str, output: str) -> None:
    assert moment_output(form) == output
    assert has_time(form) == ("now" in output)


def test_a_time_of_day_has_no_day() -> None:
    assert is_time("%H:%M")
    assert not is_time("%d %H")
    assert not is_time("noon")


@pytest.mark.parametrize(("amount", "default"), [(3, "in 3 weeks"), (-1, "1 weeks ago")])
def test_a_day_ahead_is_a_field_that_proposes_it(amount: int, default: str) -> None:
    asked = AskedFields()
    assert shifted_output(asked, "due", amount, "w", "%d") == "{{ due | date: '%d' }}"
    assert [(one.type, one.default) for one in asked.fields] == [("date", default)]
