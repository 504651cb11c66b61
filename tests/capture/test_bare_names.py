from __future__ import annotations

import pytest

from cannery.capture.bare_names import bare_names


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in bare_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("refund for Maria Rossi", ["Maria Rossi"]),
        ("kim li invoice", ["kim li"]),
        ("Takashi login", ["Takashi"]),
        ("鈴木 請求書", ["鈴木"]),
        ("鈴木一郎 請求書", ["鈴木一郎"]),
        ("請求書 高橋", ["高橋"]),
    ],
)
def test_frequent_names_are_found(text: str, names: list[str]) -> None:
    assert _found(text) == names


@pytest.mark.parametrize(
    "text",
    ["mark as read", "Clark Kent", "frank answer", "高橋梁の点検", "林間学校", "will it scale"],
)
def test_words_that_only_look_like_names_stay(text: str) -> None:
    assert _found(text) == []
