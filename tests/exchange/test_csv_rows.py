from __future__ import annotations

import pytest

from cannery.exchange import csv_rows
from cannery.exchange.csv_rows import Row, read_csv
from cannery.exchange.source import UnreadableError


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_by_the_rows(separator: str) -> None:
    text = f'a{separator}b\n"x, y; z"{separator}"2\n3"\n\n4{separator}5\n'
    assert read_csv(text) == (Row(1, ["a", "b"]), Row(2, ["x, y; z", "2\n3"]), Row(5, ["4", "5"]))


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ('a,b\nc,"d\ne', "unexpected end", 2),
        ("a\n" + "," * 300, "more than 200 columns", 2),
        ("a\n" + "b" * 101_000, "a cell of more than", 2),
        ("a\n" + "b" * 200_000, "field limit", 2),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(text: str, reason: str, line: int) -> None:
    with pytest.raises(UnreadableError, match=reason) as raised:
        read_csv(text)
    assert raised.value.line == line


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MAX_ROWS", 3)
    with pytest.raises(UnreadableError, match="more than 3 rows"):
        read_csv("1\n2\n3\n4\n5,")
