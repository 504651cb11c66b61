from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.numbers import Written, written_number


@pytest.mark.parametrize(
    ("typed", "written", "number"),
    [
        ("49.00", "49.00", 49),
        ("0.10", "0.10", 0.1),
        ("1,000", "1,000", 1000),
        ("007", "007", 7),
        ("１，０００．５０", "1,000.50", 1000.5),
        ("－３", "-3", -3),
        ("\N{MINUS SIGN}3", "-3", -3),
    ],
)
def test_a_number_keeps_its_form_and_is_a_number_to_who_reckons(
    typed: str, written: str, number: float
) -> None:
    value = written_number(typed)
    assert (str(value), value) == (written, number)


@pytest.mark.parametrize("text", ["", "1,00", "1e5", ".5", "²", "12 345", "1234567890123456"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert written_number(text) is None


@pytest.mark.parametrize("text", ["49.00", "12.50"])
def test_a_number_is_copied_whole_and_is_a_plain_one_in_json(text: str) -> None:
    value = written_number(text)
    assert str(pickle.loads(pickle.dumps(value))) == text  # noqa: S301 - our own
    assert json.loads(json.dumps(value)) == float(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**12, min_value=0))
def test_any_price_stays_as_it_is(price: object) -> None:
    value = written_number(f"{price}")
    assert isinstance(value, Written)
    assert str(value) == f"{price}"
