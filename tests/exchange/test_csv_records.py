from __future__ import annotations

import pytest

from cannery.exchange.csv_records import read_csv
from cannery.exchange.source import UnreadableError


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_have_their_lines_and_columns_plain_names(separator: str) -> None:
    text = f'Title{separator} Comment Value \n\na{separator}"b\nc"\nd{separator}e\n'
    assert read_csv(text) == (
        (3, {"title": "a", "comment_value": "b\nc"}),
        (5, {"title": "d", "comment_value": "e"}),
    )


def test_short_and_long_rows_are_read_as_far_as_they_go() -> None:
    assert [row.value for row in read_csv("a,b\n1\n1,2,3\n")] == [{"a": "1"}, {"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('a,b\n1,"2\n3,4\n', 3, "unexpected end of data"),
        ('a,b\n1,"2" x\n', 2, "expected after"),
        ("a\n" + "x" * 200_000, 2, "field larger than field limit"),
        ("a," * 300 + "\n", 1, "more than 200 columns"),
    ],
)
def test_what_is_no_table_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_csv(text)
    assert caught.value.line == line


def test_an_empty_text_has_no_rows() -> None:
    assert read_csv("") == ()
