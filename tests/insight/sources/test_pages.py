from __future__ import annotations

import pytest

from cannery.insight.sources.pages import PageCursor, page_cursor


@pytest.mark.parametrize("written", ["", "x", "[1]", "{}", '["a", 2, 3]', "null"])
def test_what_is_no_cursor_of_ours_begins_anew(written: str) -> None:
    at = page_cursor(written)
    assert (at.since, at.page) == (0, 1)
    assert at.started > 0


def test_an_import_that_broke_off_goes_on_at_its_page() -> None:
    at = PageCursor(1, 2, 3)
    assert page_cursor(at.written) == at


def test_the_next_import_asks_for_what_changed_while_this_one_ran() -> None:
    at = PageCursor(0, 10_000, 7).next
    assert (at.since, at.page) == (6_400, 1)
