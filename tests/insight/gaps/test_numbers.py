"""A gap keeps its number."""

from __future__ import annotations

from cannery.insight.gaps.numbers import Numbered, mark_of, numbers, remembered


def test_new_gaps_are_numbered_in_their_order() -> None:
    assert numbers([["a"], ["b"]], ()) == [1, 2]


def test_a_gap_that_gets_more_questions_or_another_place_keeps_its_number() -> None:
    known = [remembered(1, ["a", "b"]), remembered(2, ["c"])]
    assert numbers([["c", "d", "e"], ["b", "a"]], known) == [2, 1]


def test_of_one_that_falls_apart_the_larger_part_keeps_it() -> None:
    known = [remembered(4, ["a", "b", "c"])]
    assert numbers([["a"], ["b", "c"]], known) == [5, 4]


def test_of_two_that_become_one_the_one_that_gives_more_names_it() -> None:
    known = [remembered(1, ["a"]), remembered(2, ["b", "c"])]
    assert numbers([["a", "b", "c"]], known) == [2]


def test_a_number_that_is_known_is_not_given_again() -> None:
    assert numbers([["z"]], [remembered(9, ["gone"])]) == [10]


def test_nothing_that_is_kept_can_be_read() -> None:
    kept = remembered(1, ["refund for 田中"])
    assert kept == Numbered(1, (mark_of("refund for 田中"),))
    assert "refund" not in str(kept)
