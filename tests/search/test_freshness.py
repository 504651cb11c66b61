from __future__ import annotations

from cannery.model.location import Changes
from cannery.search.freshness import diff


def test_paths_that_came_changed_and_went_are_told() -> None:
    before = {"a": (1, 1, 1), "b": (1, 1, 1), "c": (1, 1, 1)}
    now = {"a": (1, 1, 1), "b": (1, 1, 2), "d": (1, 1, 1)}
    assert diff(before, now) == Changes(added=("d",), changed=("b",), removed=("c",))


def test_the_same_stamps_are_no_change() -> None:
    assert not diff({"a": (1, 1, 1)}, {"a": (1, 1, 1)})
