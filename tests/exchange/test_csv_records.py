from __future__ import annotations

import pytest

from cannery.exchange.csv_records import csv_records


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_have_their_lines_and_columns_plain_names(separator: str) -> None:
    text = f'Title{separator} Comment Value \n\na{separator}"b\nc"\nd{separator}e\n'
    assert csv_records(text) == (
        (3, {"title": "a", "comment_value": "b\nc"}),
        (5, {"title": "d", "comment_value": "e"}),
    )


def test_short_and_long_rows_are_read_as_far_as_they_go() -> None:
    assert [row.value for row in csv_records("a,b\n1\n1,2,3\n")] == [
        {"a": "1"},
        {"a": "1", "b": "2"},
    ]


def test_an_empty_text_has_no_rows() -> None:
    assert csv_records("") == ()
