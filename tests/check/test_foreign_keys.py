"""Keys that other programs read are told from slips by how many files have them."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.operations.check import check

_KEEP = "To keep it, write own = "


def _found(base: Base, keys: dict[str, int], settings: str = "") -> list[tuple[str, str]]:
    """The keys that are told and the hint, where each stands in so many of ten files."""
    base.write("kb.toml", settings)
    for number in range(12):
        head = "".join(f"{key}: x\n" for key, files in keys.items() if number < files)
        base.write(f"articles/a{number}.md", f"---\ntitle: A{number}\n{head}---\nText.\n")
    problems = (item for item in check(base.workspace).problems if item.code == "header")
    return [
        (item.message.removeprefix("unknown key "), item.hint.partition("[")[0])
        for item in problems
    ]


def test_where_no_program_has_keys_each_unknown_one_is_told(base: Base) -> None:
    found = _found(base, {"weight": 2, "layout": 1})
    assert sorted(found) == [("layout", _KEEP), ("weight", _KEEP), ("weight", _KEEP)]


def test_a_rare_key_of_another_program_is_no_mistake(base: Base) -> None:
    assert _found(base, {"permalink": 12, "layout": 2}) == [("permalink", _KEEP)] * 12


def test_a_key_of_some_files_is_told_once(base: Base) -> None:
    assert _found(base, {"permalink": 6}) == [("permalink", _KEEP)]


@pytest.mark.parametrize("settings", ['[front_matter]\nown = ["permalink"]\n', '[front_matter.names]\npermalink = "redirect_from"\n'])  # fmt: skip
def test_where_kb_toml_names_keys_rare_ones_are_none_either(base: Base, settings: str) -> None:
    assert [key for key, _ in _found(base, {"layout": 2}, settings)] == []


@pytest.mark.parametrize(
    ("key", "hint"),
    [("sumary", "summary"), ("Title2", "title"), ("permalnik", "permalink"), ("keyword", "keywords")],
)  # fmt: skip
def test_a_slip_is_told_beside_other_programs_keys(base: Base, key: str, hint: str) -> None:
    found = _found(base, {"permalink": 12, key: 2})
    assert found.count((key, f"Did you mean {hint}?")) == 2


def test_a_slip_of_a_key_in_kb_toml_is_told(base: Base) -> None:
    settings = '[front_matter]\nown = ["appliesto"]\n'
    assert _found(base, {"appleisto": 1}, settings) == [("appleisto", "Did you mean appliesto?")]


def test_what_looks_like_ours_in_several_files_is_theirs(base: Base) -> None:
    assert _found(base, {"f1_keywords": 6}) == [("f1_keywords", _KEEP)]
    assert {*_found(base, {"Summary": 12})} == {("Summary", "Did you mean summary?")}


def test_a_key_in_other_letters_was_translated_by_mistake(base: Base) -> None:
    assert ("題名", _KEEP) in _found(base, {"permalink": 12, "題名": 1})
