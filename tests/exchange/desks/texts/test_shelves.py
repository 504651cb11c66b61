"""Folders of a desk as sections."""

from __future__ import annotations

from typing import Any

from cannery.exchange.desks.texts.shelves import Shelves


class _Desk:
    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = [*rows]

    def make(self, name: str, parent: str) -> str:
        self.rows.append({"id": str(len(self.rows) + 1), "name": name, "parent": parent})
        return str(self.rows[-1]["id"])

    def nested(self) -> Shelves:
        return Shelves(lambda: self.rows, self.make, lambda row: str(row.get("parent", "")))


def test_a_section_in_another_is_a_folder_in_another() -> None:
    desk = _Desk({"id": "1", "name": "billing"})
    shelves = desk.nested()
    assert shelves.folder("billing/refunds") == "2"
    assert (desk.rows[1]["name"], desk.rows[1]["parent"]) == ("refunds", "1")
    assert shelves.section("2") == "billing/refunds"
    assert shelves.used == {"billing": "1", "billing/refunds": "2"}


def test_folders_in_a_ring_end() -> None:
    desk = _Desk({"id": "1", "name": "a", "parent": "2"}, {"id": "2", "name": "b", "parent": "1"})
    assert desk.nested().section("1").count("/") < 10


def test_flat_folders_have_sections_in_their_names_and_one_for_what_has_none() -> None:
    desk = _Desk({"id": "1", "name": "General"}, {"id": "2", "name": "billing/refunds"})
    shelves = Shelves(lambda: desk.rows, desk.make, root="General")
    assert [shelves.section(one) for one in ("1", "2", "404")] == ["", "billing/refunds", ""]
    assert (shelves.folder(""), shelves.folder("billing/refunds")) == ("1", "2")


def test_a_folder_that_has_just_been_made_is_not_made_again() -> None:
    desk = _Desk()
    shelves = desk.nested()
    assert shelves.folder("net") == shelves.folder("net") == "1"
    assert len(desk.rows) == 1
