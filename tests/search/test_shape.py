from __future__ import annotations

import pytest

from cannery.search.shape import suited


def _k1_and_b(terms: int, term: str = "word") -> tuple[float, float]:
    return suited([(term, 1.0)] * terms)[0]


def test_the_length_of_an_entry_matters_little_to_few_words_and_much_to_many() -> None:
    assert _k1_and_b(0) == _k1_and_b(3) == (1.5, 0.25)
    assert _k1_and_b(12) == _k1_and_b(64) == pytest.approx((2.2, 0.9))
    assert _k1_and_b(3) < _k1_and_b(6) < _k1_and_b(12)


def test_a_japanese_question_is_long_with_more_pairs_of_letters() -> None:
    assert _k1_and_b(8, "返金") == (1.5, 0.25)
    assert _k1_and_b(12, "返金") < _k1_and_b(12)
    assert _k1_and_b(40, "返金") == pytest.approx((2.2, 0.9))
