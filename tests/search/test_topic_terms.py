"""What a short text is about, in whatever words."""

from __future__ import annotations

import pytest

from cannery.search.topic_terms import synonym_terms, topic_terms

SYNONYMS = synonym_terms(
    [
        ["two-factor", "2FA", "二段階認証"],
        ["refund", "money back", "返金", "払い戻し"],
        ["log in", "ログイン"],
    ]
)
PAIRS = {"証明", "明書"}


def _terms(text: str) -> set[str]:
    return set(topic_terms(text, SYNONYMS, PAIRS.__contains__))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dark mode", "ダークモード"),
        ("dark mode", "how can I use the dark mode?"),
        ("2fa", "二段階認証"),
        ("two factor", "2FA"),
        ("money back", "払い戻し"),
        ("log in", "ログイン"),
        ("しょうめいしょ", "証明書"),
        ("サーバー", "servers"),
        ("ＤＡＲＫ　ＭＯＤＥ", "dark mode"),
    ],
)
def test_the_same_in_other_words_has_the_same_terms(one: str, other: str) -> None:
    assert _terms(one) == _terms(other)


def test_a_synonym_of_two_words_is_found_only_as_both() -> None:
    assert _terms("build logs") == {"build", "log"}


def test_grammar_tells_nothing() -> None:
    assert _terms("webhook の署名が合わない") == {"webhook", "署名"}


@pytest.mark.parametrize(
    "text", ["", "?!", "の", "the", "\x1b[31m", "\u202e", "é" * 50, "a" * 10_000]
)
def test_any_text_has_an_answer(text: str) -> None:
    topic_terms(text, SYNONYMS, PAIRS.__contains__)
