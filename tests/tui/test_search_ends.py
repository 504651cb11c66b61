"""When a search of the finder has ended without a choice."""

from __future__ import annotations

import pytest

from cannery.tui.items import Filters, Search
from cannery.tui.search_ends import SearchEnds, Unchosen


class Clock:
    """A time that moves only when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _search(ends: SearchEnds, *words: str, found: int = 0) -> None:
    """Type these one after the other, and wait for what is found for the last."""
    for each in words:
        ends.typed(each)
    ends.listed(Search(words[-1], Filters()), found)


def _words(ends: SearchEnds) -> list[str]:
    return [one.words for one in ends.unchosen]


def test_a_line_that_is_cleared_was_a_search_without_a_choice() -> None:
    ends = SearchEnds(Clock())
    _search(ends, "s", "sc", "scim", found=4)
    ends.typed("")
    assert ends.unchosen == [Unchosen(1000.0, "scim", 4)]


def test_so_was_what_stood_there_when_the_picker_was_left() -> None:
    ends = SearchEnds(Clock())
    _search(ends, "scim")
    ends.ended()
    ends.ended()
    assert _words(ends) == ["scim"]


def test_a_line_that_is_emptied_letter_by_letter_counts_with_all_its_letters() -> None:
    ends = SearchEnds(Clock())
    _search(ends, "scim")
    _search(ends, "sci", "sc", "s", "")
    assert _words(ends) == ["scim"]


def test_of_one_search_in_other_words_the_last_count() -> None:
    ends = SearchEnds(Clock())
    _search(ends, "scim okta")
    _search(ends, "scim ", "scim azure")
    ends.typed("")
    assert _words(ends) == ["scim azure"]


def test_what_was_opened_is_no_lost_search() -> None:
    ends = SearchEnds(Clock())
    _search(ends, "refund", found=3)
    ends.chose("macros/billing/refund")
    ends.typed("")
    assert ends.unchosen == []


@pytest.mark.parametrize(("seconds", "then"), [(60, "articles/sso"), (600, "")])
def test_what_the_next_search_leads_to_soon_is_told(seconds: int, then: str) -> None:
    clock = Clock()
    ends = SearchEnds(clock)
    _search(ends, "single sign on")
    ends.typed("")
    clock.now += seconds
    _search(ends, "saml", found=1)
    ends.chose("articles/sso")
    assert [one.then for one in ends.unchosen] == [then]


@pytest.mark.parametrize("words", ["re", "返", "x" * 1_000_000])
def test_what_is_hardly_begun_or_was_pasted_is_no_search(words: str) -> None:
    ends = SearchEnds(Clock())
    _search(ends, words)
    ends.typed("")
    assert ends.unchosen == []


def test_an_answer_that_did_not_come_is_no_miss() -> None:
    ends = SearchEnds(Clock())
    ends.typed("scim")
    ends.ended()
    assert ends.unchosen == []


def test_what_filters_hide_is_no_miss() -> None:
    ends = SearchEnds(Clock())
    ends.typed("scim")
    ends.listed(Search("scim", Filters(kind="macro")), 0)
    ends.typed("")
    assert ends.unchosen == []


def test_a_session_has_bounds() -> None:
    ends = SearchEnds(Clock())
    for number in range(600):
        _search(ends, f"word{number}")
        ends.typed("")
    assert len(ends.unchosen) == 500
    assert _words(ends)[-1] == "word599"
