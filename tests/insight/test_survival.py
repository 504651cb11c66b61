"""How much of a macro survives."""

from __future__ import annotations

import random

import pytest

from cannery.insight.survival import words_kept


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("Hello Kim, thank you.", "Hello Kim, thank you.", 1.0),
        ("Hello Kim, thank you.", "thank you, KIM: hello!", 1.0),
        ("Hello Kim, thank you.", "Hello Kim, thank you. And more.", 1.0),
        ("a b c d", "a b", 0.5),
        ("a a a b", "a b", 0.5),
        ("お客様各位", "お客様へ", 0.5),
        ("ご連絡ありがとうございます。", "", 0.0),
        ("", "anything", 1.0),
        ("Login を確認", "Login は不要", 1 / 3),
    ],
)
def test_words_count_as_often_as_both_have_them(before: str, after: str, kept: float) -> None:
    assert words_kept(before, after) == pytest.approx(kept)


def test_it_is_what_taking_words_away_one_by_one_leaves() -> None:
    draw = random.Random(3)  # noqa: S311 - examples
    for _ in range(300):
        before, after = (draw.choices("abcdef", k=draw.randint(1, 12)) for _ in range(2))
        left, kept = [*after], 0
        for word in before:
            if word in left:
                left.remove(word)
                kept += 1
        assert words_kept(" ".join(before), " ".join(after)) == kept / len(before)
