"""The objects of JSON exports of any size and shape."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from cannery.insight.sources.json_rows import rows
from cannery.insight.sources.source import Reading
from cannery.insight.sources.values import Json

_ALL = [("tickets", {"id": 1, "tags": [{"x": "]}"}]}), ("tickets", {"id": 2}), ("users", {"id": 3})]
_PAGE = {
    "count": 2,
    "tickets": [_ALL[0][1], "no row", _ALL[1][1]],
    "users": [_ALL[2][1]],
    "next": None,
}


def read(text: str, most: int = 16_000_000) -> tuple[list[tuple[str, Json]], Reading]:
    reading = Reading()
    found = [
        (row.key, row.value) for row in rows(StringIO(text), ("tickets", "users"), reading, most)
    ]
    return found, reading


def test_a_page_has_its_rows_in_lists() -> None:
    assert read(json.dumps(_PAGE))[0] == _ALL


@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_that_is_too_large_to_be_kept_is_read_row_by_row(indent: int | None) -> None:
    filler = [{"id": number, "words": "w" * 1000} for number in range(2000)]
    page = {**_PAGE, "ignored": [1, 2], "tickets": [*_PAGE["tickets"], *filler]}  # type: ignore[misc]
    found, reading = read(json.dumps(page, indent=indent), most=100_000)
    assert [value for _, value in found] == [_ALL[0][1], _ALL[1][1], *filler, _ALL[2][1]]
    assert reading.left_out == 0


def test_one_record_a_line_and_pages_in_a_list_are_read_as_well() -> None:
    assert read('{"id": 1}\n\n{"id": 2}{"id": 3}')[0] == [
        ("", {"id": number}) for number in (1, 2, 3)
    ]
    assert read(json.dumps([{"id": 9}, _PAGE]))[0] == [("", {"id": 9}), *_ALL]


def test_a_text_that_ends_in_the_middle_gives_what_came_before() -> None:
    text = json.dumps({"tickets": [{"id": 1, "words": "w" * 1000}, {"id": 2, "words": "w" * 1000}]})
    found, reading = read(text[:-50], most=500)
    assert [value["id"] for _, value in found] == [1]
    assert reading.left_out == 1


@pytest.mark.parametrize("bad", ["{", '{"a": tru}', "]", '{"a": "\n"}', '{"a": ' + "9" * 5000 + "}", "[" * 100_000, '{"a" 1}', "nonsense"])  # fmt: skip
def test_a_damaged_line_costs_itself_alone(bad: str) -> None:
    found, reading = read(f'{{"id": 1}}\n{bad}\n{{"id": 2}}\n')
    assert ("", {"id": 2}) in found
    assert [fault.line for fault in reading.faults][:1] == [2]


def test_a_number_at_the_end_of_a_chunk_is_read_whole() -> None:
    found, _ = read('{"tickets": [' + " " * 262_120 + '{"id": 1234567890}]}', most=1000)
    assert found == [("tickets", {"id": 1234567890})]


def test_a_row_with_lists_of_its_own_is_no_page() -> None:
    row = {"id": 7, "tickets": [{"id": 1}]}
    assert read(json.dumps([row, row]))[0] == [("", row), ("", row)]


def test_a_file_that_is_mostly_damage_is_refused() -> None:
    with pytest.raises(ValueError, match="lines are not JSON"):
        read("{\n" * 20_000)
