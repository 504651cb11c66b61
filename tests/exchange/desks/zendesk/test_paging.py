from __future__ import annotations

import pytest

from cannery.exchange.desks.zendesk.paging import answered, rows
from cannery.rest.client import RestError
from tests.exchange.desks.zendesk.scripted import ScriptedClient

_PATH = "/api/v2/macros"


def _page(ids: list[int], after: str = "") -> dict[str, object]:
    meta = {"has_more": bool(after), "after_cursor": after or None}
    return {"macros": [{"id": one} for one in ids], "meta": meta}


def test_a_list_is_read_to_its_end() -> None:
    client = ScriptedClient({_PATH: [_page([1, 2], "x1"), _page([3])]})
    assert [row["id"] for row in rows(client, _PATH, "macros")] == [1, 2, 3]
    assert [one.query.get("page[after]") for one in client.asked] == [None, "x1"]


def test_pages_are_as_large_as_they_can_be() -> None:
    client = ScriptedClient({_PATH: _page([])})
    assert [*rows(client, _PATH, "macros")] == []
    assert client.asked[0].query == {"page[size]": 100}


def test_what_is_no_object_in_a_list_is_left_out() -> None:
    client = ScriptedClient({_PATH: {"macros": [{"id": 1}, None, "x"], "meta": {}}})
    assert [*rows(client, _PATH, "macros")] == [{"id": 1}]


def test_a_list_that_never_ends_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cannery.exchange.desks.zendesk.paging._MOST_PAGES", 3)
    client = ScriptedClient({_PATH: _page([1], "again")})
    with pytest.raises(RestError, match="does not end"):
        [*rows(client, _PATH, "macros")]


def test_an_answer_that_is_no_object_is_an_error() -> None:
    with pytest.raises(RestError, match="something else"):
        answered(ScriptedClient({_PATH: ["<html>"]}), "GET", _PATH)
