from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.json_records import read_json
from cannery.exchange.source import UnreadableError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    value=st.dictionaries(st.text(max_size=4), JSON, max_size=4), indent=st.sampled_from([None, 1])
)
def test_an_object_is_what_the_parser_reads(value: dict[str, object], indent: int | None) -> None:
    document = read_json(json.dumps(value, indent=indent))
    assert [placed.value for placed in document.objects] == [value]
    for key, item in value.items():
        if isinstance(item, list):
            assert [placed.value for placed in document.lists[key]] == item


@given(value=st.lists(JSON, max_size=5))
def test_a_list_is_what_the_parser_reads(value: list[object]) -> None:
    assert [placed.value for placed in read_json(json.dumps(value)).lists[""]] == value


def test_records_have_their_lines() -> None:
    document = read_json('{\n "a": [\n  {"id": 1},\n\n  {"id": 2}],\n "b": {"id": 3}, "c": 1}')
    assert [(line, one["id"]) for line, one in document.records("a", "b")] == [
        (3, 1),
        (5, 2),
        (1, 3),
    ]


def test_a_record_a_line_is_read() -> None:
    assert [line for line, _ in read_json('{"a": 1}\n\n{"a": 2}\n').records("")] == [1, 3]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1), ("[", 1), ("{", 1), ('{\n"a"', 2), ('{"a":\n}', 2), ("[1,\n]", 2), ("[1] 2", 1), ('{"a": 1,}', 1),
        ("{1: 2}", 1), ('[\n"a', 2), ("[1 2]", 1), ('{"a": [1}', 1), ("nope", 1), ('{"a" 1}', 1),
        ("[" * 100_000, 1), ('{"a":' * 100_000, 1), ("[" + "9" * 5000 + "]", 1), ('["\x00"]', 1),
    ],
)  # fmt: skip
def test_what_is_no_json_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(text)
    assert caught.value.line == line


def test_more_records_than_anyone_has_are_refused() -> None:
    with pytest.raises(UnreadableError, match="more than 50,000 records"):
        read_json("[" + "1," * 50_001 + "1]")
