from __future__ import annotations

import pytest

from cannery.search.topicality import topicality, usual_in_titles

USUAL = usual_in_titles(4.0, 100.0)


def _of(texts: int, times: int, titles: int) -> float:
    return topicality([(range(texts), [times] * texts)], titles, USUAL)


def test_what_is_said_again_and_entitles_counts_in_full() -> None:
    assert _of(100, 4, 30) == 1.0


def test_what_is_said_once_or_entitles_nothing_counts_less() -> None:
    assert _of(100, 1, 30) == pytest.approx(0.85, abs=0.01)
    assert _of(100, 4, 0) == pytest.approx(0.79, abs=0.01)
    assert _of(100, 1, 0) < _of(100, 1, 30)


def test_of_a_rare_term_little_is_known() -> None:
    assert _of(1, 1, 0) > 0.95
    assert topicality([], 0, USUAL) == 1.0


def test_the_least_that_is_left_is_bounded() -> None:
    assert _of(100_000, 1, 0) == 0.4


def test_segments_count_together() -> None:
    parts = [(range(60), [3] * 60), (range(40), [1] * 40)]
    whole = [(range(100), [3] * 60 + [1] * 40)]
    assert topicality(parts, 0, USUAL) == pytest.approx(topicality(whole, 0, USUAL))
