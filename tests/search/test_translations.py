from __future__ import annotations

import pytest

from cannery.search.translations import Translation, is_known, translations

# What else the texts say differs from one to the next.
_FILLER = [
    ("morning", "朝食"),
    ("evening", "夕食"),
    ("noon", "昼食"),
    ("night", "夜食"),
    ("today", "本日"),
]


def _pairs(*both: tuple[str, str]) -> list[tuple[str, str]]:
    texts = []
    for number, (english, japanese) in enumerate(_FILLER):
        words = [(f"{one}{'s' * (number % 2)}", other) for one, other in both]
        texts.append(
            (
                " ".join([english, *(one for one, _ in words)]),
                "、".join([japanese, *(other for _, other in words)]),
            )
        )
    return [*texts, ("nothing", "無関係"), ("elsewhere", "別の所")]


def test_words_of_the_same_entries_are_translations() -> None:
    assert translations(_pairs(("workaround", "回避策"))) == [
        Translation("workaround", "回避策", 5)
    ]


def test_of_two_that_may_be_meant_none_is_proposed() -> None:
    assert translations(_pairs(("workaround", "回避策"), ("invoice", "請求書"))) == []


def test_what_both_languages_write_needs_no_translation() -> None:
    texts = [(f"{one} kubernetes", f"{other} kubernetes") for one, other in _FILLER]
    assert translations(texts) == []


def test_a_few_entries_may_be_chance() -> None:
    assert translations(_pairs(("workaround", "回避策"))[:3]) == []


@pytest.mark.parametrize(
    ("word", "other", "known"),
    [("servers", "サーバー", True), ("server", "プリンター", False), ("refund", "返金", False)],
)
def test_loan_words_are_known(word: str, other: str, *, known: bool) -> None:
    assert is_known(word, other) is known
