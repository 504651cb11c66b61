from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cannery.search.query_terms import query_terms
from cannery.search.spelling import folded, in_usual_letters, kept
from cannery.search.tokens import counts, places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refunding the refunds", ["refund", "the"]),
        ("返金の手順", ["返金", "金の", "の手", "手順", "順"]),
        ("ERR_SSL 502 x509", ["err", "ssl", "502", "x509", "err_ssl"]),
        ("ＡＰＩキー", ["api", "キー"]),
        ("ｶﾞｲﾄﾞ", ["ガイ", "イド"]),
        ("Kim’s café", ["kim", "cafe"]),
        ("Zürich, Straße, São, naïve", ["zurich", "strass", "sao", "naiv"]),
        ("e-mails, the Wi‐Fi", ["e", "mail", "the", "wi", "fi", "e-mails", "email", "wifi"]),
        ("O'Brien", ["obrien", "o", "brien"]),
        ("Йога が", ["йога", "が"]),
        ("取り消し", ["取り", "り消", "消し", "取消"]),
        ("ヴァイオリン", ["バイ", "イオ", "オリ", "リン"]),
        ("渡邊", ["渡辺", "辺"]),
        ("サーバー", ["サー", "ーバ"]),
        ("サーバ", ["サー", "ーバ"]),
        ("NullPointerException", ["nullpointerexcept", "null", "pointer", "except"]),
        ("v2.14.3", ["v2", "2", "14", "3", "v2.14.3"]),
        ("服务器错误", ["服务", "务器", "器错", "错误", "误"]),
        ("서버 오류", ["서버", "버", "오류", "류"]),
        ("서버가", ["서버", "버가", "가"]),
        ("Git操作", ["git", "操作", "作"]),
    ],
)
def test_text_becomes_terms(text: str, expected: list[str]) -> None:
    assert list(counts(text)) == expected


def test_a_query_needs_only_the_pairs() -> None:
    assert query_terms("返金 返金 手") == {"返金": 2**0.5, "手": 1.0}


def test_grammar_and_stop_words_weigh_little() -> None:
    assert query_terms("how to は、どこ") == {"how": 0.5, "は": 0.3, "どこ": 0.3}
    assert query_terms("to be or not to be") == dict.fromkeys(["to", "be", "or", "not"], 1.0)


def test_a_long_word_that_is_spelt_by_sound_is_one_word() -> None:
    share = 4**-0.3
    pairs = ("パス", "スワ", "ワー", "ード")
    assert query_terms("パスワード") == pytest.approx(dict.fromkeys(pairs, share))
    assert query_terms("キー") == {"キー": 1.0}


def test_a_particle_behind_a_korean_word_weighs_little() -> None:
    share = 2**-0.3
    assert query_terms("서버를") == pytest.approx({"서버": share, "버를": share / 2})
    assert query_terms("서버를 서버") == pytest.approx({"서버": share * 2**0.5, "버를": share / 2})


def test_terms_are_counted() -> None:
    assert counts("返金、返金 Refunds refund") == {"返金": 2, "金": 2, "refund": 2}


def test_wanted_terms_are_found_where_they_stand() -> None:
    text = "ＡＰＩのｶﾞｲﾄﾞ、ServerErrors 金額"
    found = places(text, {"api", "ガイ", "error", "金"})
    assert [(term.text, text[term.start : term.end]) for term in found] == [
        ("api", "ＡＰＩ"),
        ("ガイ", "ｶﾞｲ"),
        ("error", "Errors"),
        ("金額", "金額"),
    ]


@given(st.text(max_size=60))
def test_terms_stand_where_they_say(text: str) -> None:
    for term in places(text, counts(text).keys()):
        assert 0 <= term.start < term.end <= len(text)


@example("ヴィー")
@given(st.text("ヴァィーデナ邊消しア", max_size=12))
def test_each_letter_of_a_spelling_stands_in_the_word_as_written(run: str) -> None:
    assert len(kept(run)) == len(folded(run))
    letters = in_usual_letters(run)
    assert [letters[at] for at in kept(run) if run[at] != "ヴ"] == [
        letter for letter in folded(run) if letter not in "バビブ"
    ]


def test_a_short_word_in_another_spelling_is_found_where_it_stands() -> None:
    text = "レース、ヴィー"  # ビー, whose long vowel stays
    assert [text[term.start : term.end] for term in places(text, {"ビー"})] == ["ヴィー"]
