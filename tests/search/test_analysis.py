from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.search.analysis import query_terms, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refunding the refunds", ["refund", "the", "refund"]),
        ("返金の手順", ["返金", "金の", "の手", "手順", "順"]),
        ("ERR_SSL 502 x509", ["err", "ssl", "502", "x509"]),
        ("ＡＰＩキー", ["api", "キー", "ー"]),
        ("ｶﾞｲﾄﾞ", ["ガイ", "イド", "ド"]),
        ("Kim’s café", ["kim", "café"]),
        ("Git操作", ["git", "操作", "作"]),
    ],
)
def test_text_becomes_terms(text: str, expected: list[str]) -> None:
    assert [term.text for term in terms(text)] == expected


def test_a_query_needs_only_the_pairs() -> None:
    assert query_terms("返金 返金 手") == ("返金", "手")


@given(st.text(max_size=60))
def test_terms_stand_where_they_say(text: str) -> None:
    for term in terms(text):
        assert 0 <= term.start < term.end <= len(text)
