from __future__ import annotations

import pytest

from cannery.check.page import page
from cannery.check.rules.headings import headings
from cannery.workspace import Settings


def _lines(path: str, body: str) -> list[int]:
    source = f"---\ntitle: A\n---\n{body}"
    return [problem.line for problem in headings(page(path, source.encode(), Settings()))]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Best regards,\n-----\nKim\n", [4]),
        ("a\n\nよろしく\n====\n", [6]),
        ("Best regards,\n-- \nKim\n", []),
        ("Best regards,\n\n-----\nKim\n", []),
        ("## A\n\na\n", []),
    ],
)
def test_a_macro_has_no_heading_by_chance(body: str, lines: list[int]) -> None:
    assert _lines("kb/macros/a.md", body) == lines


def test_an_article_may_underline_its_headings() -> None:
    assert _lines("kb/articles/a.md", "A\n---\n\na\n") == []


def test_the_first_level_that_is_skipped_is_told_for_all() -> None:
    assert _lines("kb/articles/a.md", "## A\n\n#### B\n\n## C\n\n##### D\n") == [6]


@pytest.mark.parametrize("path", ["kb/articles/_note.md", "kb/articles/includes/note.md"])
def test_a_piece_goes_on_from_the_headings_of_its_pages(path: str) -> None:
    assert _lines(path, "## A\n\n#### B\n") == []
