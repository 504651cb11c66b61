from __future__ import annotations

from cannery.model import Changes, Stamp
from cannery.search.freshness import diff


def test_paths_that_came_changed_and_went_are_told() -> None:
    before = {"a": Stamp(1, 1), "b": Stamp(1, 1), "c": Stamp(1, 1)}
    now = {"a": Stamp(1, 1), "b": Stamp(1, 2), "d": Stamp(1, 1)}
    assert diff(before, now) == Changes(added=("d",), changed=("b",), removed=("c",))


def test_the_same_stamps_are_no_change() -> None:
    assert not diff({"a": Stamp(1, 1)}, {"a": Stamp(1, 1)})
