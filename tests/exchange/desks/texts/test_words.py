"""Keywords as one text, as desks keep them that have a single line for all."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.texts.words import listed, words


@pytest.mark.parametrize(
    "keywords", [[], ["a"], ["money back"], ["a", "money back"], ["払い戻し", "返品"]]
)
def test_keywords_come_back(keywords: list[str]) -> None:
    assert listed(words(keywords)) == sorted(keywords)


@pytest.mark.parametrize(
    ("text", "keywords"),
    [("b a", ["a", "b"]), ("a, ,a", ["a"]), ("返金、返品", ["返品", "返金"]), ("", [])],
)
def test_what_people_type_is_read(text: str, keywords: list[str]) -> None:
    assert listed(text) == keywords
