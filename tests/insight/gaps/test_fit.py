"""Whether an entry is missing, or only not found."""

from __future__ import annotations

import pytest

from cannery.insight.gaps.fit import (
    Fit,
    are_same,
    best,
    is_close,
    is_near,
    share,
    unfound,
    verdict,
    weight,
)


def _fit(named: float = 0.0, said: float = 0.0, led: int = 0, entry: str = "articles/a") -> Fit:
    return Fit(entry, "A", named, said, named, led)


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ([], "missing"),
        ([_fit(0.3, 0.5)], "missing"),
        ([_fit(0.3, 0.8)], "hard to find"),
        ([_fit(led=2)], "hard to find"),
        ([_fit(led=1)], "missing"),  # one search may have gone on to anything
        ([_fit(), _fit(0.7, 0.7)], "not chosen"),
    ],
)
def test_the_verdict_is_by_the_words_that_entries_have(near: list[Fit], expected: str) -> None:
    assert verdict(near) == expected


def test_shares_are_means_over_the_questions() -> None:
    assert share([("a", "b"), ("a",), ()], {"a"}) == 0.75
    assert share([()], {"a"}) == 0.0
    assert weight({"a": 0.75, "b": 0.25}, {"b"}) == 0.25


def test_where_searches_went_on_to_counts_most() -> None:
    near = [_fit(0.9, 0.9), _fit(led=3, entry="articles/b")]
    found = best(near)
    assert found is not None
    assert found.entry == "articles/b"
    assert best([]) is None


def test_two_gaps_are_one_where_one_entry_is_named_after_both() -> None:
    assert are_same(_fit(0.6), _fit(0.5))
    assert not are_same(_fit(0.6), _fit(0.4))
    assert not are_same(_fit(0.6), _fit(0.6, entry="articles/b"))
    assert not are_same(_fit(0.6), None)


def test_the_entry_that_is_hard_to_find_is_where_searches_led_to_or_else_what_says_it() -> None:
    said, led = _fit(0.1, 0.8, 1), _fit(led=2, entry="articles/b")
    assert unfound([said, led]) == led
    assert unfound([_fit(), said]) == said
    assert unfound([_fit(0.3, 0.5)]) is None


def test_an_entry_with_little_of_it_is_not_near() -> None:
    assert not is_near(_fit(0.1, 0.2))
    assert is_near(_fit(0.1, 0.3))
    assert is_near(_fit(led=1))
    assert is_close(_fit(0.5))
    assert not is_close(_fit(0.4, 0.9))
