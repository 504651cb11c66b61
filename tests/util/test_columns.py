"""Text in columns, where some letters take two."""

from __future__ import annotations

import pytest

from cannery.util.columns import beginning, columns, ending, shares


@pytest.mark.parametrize(("text", "wide"), [("", 0), ("abc", 3), ("返金.md", 7), ("e\u0301", 1)])
def test_a_letter_takes_its_columns(text: str, wide: int) -> None:
    assert columns(text) == wide


@pytest.mark.parametrize(
    ("text", "width", "first", "last"),
    [
        ("kb/a.md", 7, "kb/a.md", "kb/a.md"),
        ("kb/a.md", 6, "kb/a.…", "…/a.md"),
        ("返金手順", 8, "返金手順", "返金手順"),
        ("返金手順", 7, "返金手…", "…金手順"),
        ("返金手順", 6, "返金…", "…手順"),
        ("返金手順", 1, "…", "…"),
    ],
)
def test_what_does_not_fit_is_cut(text: str, width: int, first: str, last: str) -> None:
    assert (beginning(text, width), ending(text, width)) == (first, last)


@pytest.mark.parametrize(
    ("wanted", "width", "given"),
    [
        ((5, 5, 5), 20, [5, 5, 5]),
        ((9, 9, 9), 12, [4, 4, 4]),
        ((2, 9, 30), 20, [2, 9, 9]),
        ((30, 2, 30), 20, [9, 2, 9]),
        ((), 20, []),
    ],
)
def test_what_short_texts_leave_is_for_long_ones(
    wanted: tuple[int, ...], width: int, given: list[int]
) -> None:
    assert shares(wanted, width) == given
