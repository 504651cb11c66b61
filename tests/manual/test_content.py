"""The documentation is content like any other: it has no faults, and no support content."""

from __future__ import annotations

from pathlib import Path

from cannery.content.files import scan
from cannery.content.library import load_each, shelve
from cannery.manual import ARTICLES, FOLDER
from cannery.operations.check import check
from cannery.workspace import open_workspace

_OWN = Path(__file__).parents[2]


def test_it_has_no_faults() -> None:
    assert check(open_workspace(FOLDER)).problems == ()


def test_all_of_it_is_public() -> None:
    workspace = open_workspace(FOLDER)
    entries = shelve(load_each(workspace, scan(workspace).stamps)).entries
    assert entries
    assert {entry.header.audience.value for entry in entries} == {"public"}


def test_our_own_knowledge_base_has_none_of_its_pages() -> None:
    own = {*scan(open_workspace(_OWN)).stamps}
    manual = {*scan(open_workspace(FOLDER)).stamps}
    assert manual
    assert not own & manual


def test_it_lies_in_the_package() -> None:
    assert (ARTICLES / "guides" / "getting-started.md").is_file()
