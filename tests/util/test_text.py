from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.util.text import fold, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＳＳＯ", "sso"),
        ("ﾛｸﾞｲﾝ", "ログイン"),
        (normalize("NFD", "ログイン"), "ログイン"),
        (normalize("NFD", "Café"), "café"),
        ("；Refund", ";refund"),
        ("①", "1"),
    ],
)
def test_texts_that_mean_the_same_are_folded_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ろぐいん", "ログイン"), ("Straße", "STRASSE"), (" a ", "a")]
)
def test_a_name_is_folded_further_than_a_text(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("one", "other"), [("ハ", "バ"), ("refund", "refunds"), ("a b", "ab")])
def test_texts_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text())
def test_a_name_is_the_same_in_each_normal_form(name: str) -> None:
    forms = {fold_name(normalize(form, name)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1
