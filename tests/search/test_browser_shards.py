"""Where the files of a site's index end: an edit leaves the borders of all others alone."""

from __future__ import annotations

from cannery.search.browser_postings import Postings
from cannery.search.browser_shards import TERMS, key, pieces_of, shard_name, shards, unpacked


def _terms(count: int) -> dict[str, Postings]:
    return {f"word{number}": Postings(1, bytes(number % 90)) for number in range(count)}


def test_a_term_more_changes_only_the_file_that_it_is_in() -> None:
    terms = _terms(9_000)
    before = dict(shards(terms))
    after = dict(shards(terms | {"word4001x": Postings(1, b"longer than others" * 9)}))
    assert len(before) > 9
    assert before.keys() == after.keys()
    assert len([first for first in before if before[first] != after[first]]) == 1


def test_files_have_a_size_that_suits_a_phone() -> None:
    sizes = sorted(len(data) for _, data in shards(_terms(9_000)))
    assert sizes[-1] <= TERMS.most
    assert sizes[1] >= TERMS.least


def test_kana_and_spellings_of_a_word_stand_side_by_side() -> None:
    terms = {"メモ": 1, "めも": 2, "server": 3, "server=": 4}
    assert len({key(term) for term in terms}) == 2


def test_what_is_packed_is_read_again() -> None:
    terms = _terms(3_000) | {"メモ": Postings(2, b"ab"), "めも": Postings(7, b"")}
    files = dict(shards(terms))
    assert {
        term: unpacked(piece) for data in files.values() for term, piece in pieces_of(data)
    } == terms
    assert shard_name("") == "t-.bin"
    assert shard_name("メモ") == "t-e383a1e383a2.bin"
