from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.search.analysis import counts, query_terms, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refunding the refunds", ["refund", "the", "refund"]),
        ("返金の手順", ["返金", "金の", "の手", "手順", "順"]),
        ("ERR_SSL 502 x509", ["err", "ssl", "502", "x509", "err_ssl"]),
        ("ＡＰＩキー", ["api", "キー", "ー"]),
        ("ｶﾞｲﾄﾞ", ["ガイ", "イド", "ド"]),
        ("Kim’s café", ["kim", "café"]),
        ("サーバー", ["サー", "ーバ", "バ"]),
        ("サーバ", ["サー", "ーバ", "バ"]),
        ("NullPointerException", ["nullpointerexcept", "null", "pointer", "except"]),
        ("v2.14.3", ["v2", "14", "3", "v2.14.3"]),
        ("服务器错误", ["服务", "务器", "器错", "错误", "误"]),
        ("서버 오류", ["서버", "오류"]),
        ("Git操作", ["git", "操作", "作"]),
    ],
)
def test_text_becomes_terms(text: str, expected: list[str]) -> None:
    assert [term.text for term in terms(text)] == expected


def test_a_query_needs_only_the_pairs() -> None:
    assert query_terms("返金 返金 手") == {"返金": 2**0.5, "手": 1.0}


def test_grammar_and_stop_words_weigh_little() -> None:
    assert query_terms("how to は、どこ") == {"how": 1.0, "は": 0.3, "どこ": 0.3}
    assert query_terms("to be or not to be") == dict.fromkeys(["to", "be", "or", "not"], 1.0)


def test_counts_are_the_terms_that_a_text_has() -> None:
    text = "返金の手順、サーバー ERR_SSL in ServerError ｶﾞｲﾄﾞ"
    assert counts(text) == Counter(term.text for term in terms(text))


@given(st.text(max_size=60))
def test_terms_stand_where_they_say(text: str) -> None:
    for term in terms(text):
        assert 0 <= term.start < term.end <= len(text)
