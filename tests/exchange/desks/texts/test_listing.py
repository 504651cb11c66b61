"""Lists that are told page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from cannery.exchange.desks.texts.listing import has_id, itself, key, linked, numbered
from cannery.rest.client import Reply, RestError


class _Pages:
    """A client whose list has these pages, the last one again and again."""

    def __init__(self, *pages: object) -> None:
        self.pages, self.asked = pages, 0

    def ask(self, *_: object, query: Mapping[str, Any] | None = None) -> Reply:
        self.asked += 1
        number = int((query or {}).get("page", self.asked))
        return Reply(200, self.pages[min(number, len(self.pages)) - 1], {})


def _rows(*ids: int) -> list[Mapping[str, int]]:
    return [{"id": one} for one in ids]


def _ids(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    return [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("pages", "size", "ids", "asked"),
    [
        ([_rows(1, 2), _rows(3)], 2, [1, 2, 3], 2),
        ([_rows(1, 2), _rows(3, 4), []], 2, [1, 2, 3, 4], 3),
        ([_rows(1, 2)], 0, [1, 2], 2),
        ([_rows(1, 2), _rows(2, 3)], 0, [1, 2, 3], 3),
        ([[]], 0, [], 1),
    ],
)
def test_numbered_pages_are_read_to_the_last(
    pages: list[object], size: int, ids: list[int], asked: int
) -> None:
    client = _Pages(*pages)
    assert _ids([*numbered(client, "/a", itself, None, size)]) == ids
    assert client.asked == asked


def test_linked_pages_are_read_to_the_last() -> None:
    client = _Pages({"rows": _rows(1), "next": "x"}, {"rows": _rows(2), "next": ""})

    def behind(page: object) -> tuple[str, Mapping[str, str | int]] | None:
        assert isinstance(page, dict)
        return ("/a", {"cursor": page["next"]}) if page["next"] else None

    assert _ids([*linked(client, "/a", key("rows"), behind)]) == [1, 2]


@pytest.mark.parametrize("answer", [None, {}, {"rows": 1}, "x"])
def test_an_answer_without_a_list_is_an_error(answer: object) -> None:
    with pytest.raises(RestError):
        [*numbered(_Pages(answer), "/a", key("rows"))]


@pytest.mark.parametrize(
    ("row_id", "is_good"),
    [(7, True), ("rsp_1a", True), ("", False), ("../7", False), (None, False), ([1], False)],
)
def test_an_id_can_be_part_of_a_path(row_id: object, is_good: bool) -> None:
    assert has_id({"id": row_id}) == is_good


def test_what_is_no_object_in_a_list_is_left_out() -> None:
    assert _ids([*numbered(_Pages([1, None, *_rows(1)]), "/a", itself, None, 9)]) == [1]
