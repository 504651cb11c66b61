"""What is read of the index is read once, and what is kept has an end."""

from __future__ import annotations

from functools import partial

from cannery.search.read_cache import cached


def test_a_key_is_read_once() -> None:
    cache: dict[str, list[int]] = {}
    read: list[str] = []

    def postings() -> list[int]:
        read.append("refund")
        return [1, 2]

    assert [cached(cache, "refund", postings) for _ in range(2)] == [[1, 2], [1, 2]]
    assert read == ["refund"]


def test_what_holds_nothing_is_kept_too() -> None:
    cache: dict[str, list[int]] = {}
    cached(cache, "refund", list)
    assert cached(cache, "refund", lambda: [1]) == []


def test_a_cache_does_not_grow_beyond_its_end() -> None:
    cache: dict[int, int] = {}
    sizes = []
    for number in range(7):
        assert cached(cache, number, partial(int, number), most=3) == number
        sizes.append(len(cache))
    assert sizes == [1, 2, 3, 1, 2, 3, 1]
