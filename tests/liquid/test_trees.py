from __future__ import annotations

import pytest
from liquid.exceptions import LiquidSyntaxError

from cannery.liquid.trees import MAX_CHARS, Tree, Trees


def _counted(compiled: list[str]) -> Trees:
    def compile_(text: str) -> Tree:
        compiled.append(text)
        if text == "broken":
            raise LiquidSyntaxError("unexpected tag", token=None)
        if text == "deep":
            raise RecursionError
        return []

    return Trees(compile_)


def test_a_text_is_compiled_once() -> None:
    compiled: list[str] = []
    trees = _counted(compiled)
    assert trees.tree("a") is trees.tree("a")
    trees.tree("b")
    assert compiled == ["a", "b"]


def test_wrong_syntax_is_told_each_time_and_found_once() -> None:
    compiled: list[str] = []
    trees = _counted(compiled)
    for _ in range(2):
        with pytest.raises(LiquidSyntaxError, match="unexpected tag"):
            trees.tree("broken")
    assert compiled == ["broken"]


def test_what_depends_on_more_than_the_text_is_tried_again() -> None:
    compiled: list[str] = []
    trees = _counted(compiled)
    for _ in range(2):
        with pytest.raises(RecursionError):
            trees.tree("deep")
    assert compiled == ["deep", "deep"]


def test_the_least_recently_used_are_dropped_before_memory_grows() -> None:
    compiled: list[str] = []
    trees = _counted(compiled)
    one, two, three = (char * (MAX_CHARS // 2) for char in "abc")
    for text in (one, two, one, three, one, two):
        trees.tree(text)
    assert [text[0] for text in compiled] == ["a", "b", "c", "b"]
