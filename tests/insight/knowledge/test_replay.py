"""What happened to files, replayed."""

from __future__ import annotations

import random

import pytest

from cannery.insight.fact import DAY
from cannery.insight.knowledge.replay import Edition, File, Place, Replay
from cannery.insight.knowledge.snapshot import Snapshot, Terms, snapshot
from cannery.model.file_change import FileChange

TERMS = Terms("en", 365)


def _place(path: str) -> Place | None:
    if not path.endswith(".md"):
        return None
    entry, _, language = path.removesuffix(".md").partition(".")
    return Place(entry, entry.split("/")[0], language or "en")


def _tale(**editions: Edition) -> Replay:
    return Replay(_place, lambda blob: editions.get(blob, Edition(body=blob)))


def _seen(replay: Replay, at: int = 10 * DAY) -> Snapshot:
    return snapshot(replay, TERMS, at, 700_000)


def test_an_entry_is_there_from_the_day_it_is_published() -> None:
    replay = _tale(draft=Edition("draft"))
    replay.change(1 * DAY, [FileChange("s/a.md", "draft")])
    assert not _seen(replay).entries
    replay.change(2 * DAY, [FileChange("s/a.md", "text")])
    [entry] = _seen(replay).entries
    assert (entry.id, entry.section, entry.first) == ("s/a", "s", 2 * DAY)


def test_what_is_gone_or_retired_is_no_entry() -> None:
    replay = _tale(retired=Edition("retired"))
    replay.change(1, [FileChange("s/a.md", "text"), FileChange("s/b.md", "text")])
    replay.change(2, [FileChange("s/a.md", ""), FileChange("s/b.md", "retired")])
    assert not _seen(replay).entries


def test_an_entry_that_moves_keeps_its_first_day() -> None:
    replay = _tale(new=Edition(earlier=("s/gone",), body="x"))
    replay.change(1, [FileChange("s/a.md", "text")])
    replay.change(5, [FileChange("t/b.md", "text", "s/a.md")])
    assert [(entry.id, entry.first) for entry in _seen(replay).entries] == [("t/b", 1)]
    replay.change(6, [FileChange("s/gone.md", "text")])
    replay.change(7, [FileChange("s/gone.md", "")])
    replay.change(9, [FileChange("u/c.md", "new")])
    assert _seen(replay).entries[-1].first == 6


def test_two_files_may_change_places() -> None:
    replay = _tale()
    replay.change(1, [FileChange("s/a.md", "one")])
    replay.change(2, [FileChange("s/b.md", "two")])
    replay.change(3, [FileChange("s/a.md", "two", "s/b.md"), FileChange("s/b.md", "one", "s/a.md")])
    assert replay.files["s/a.md"].bodies == [(2, "two")]
    assert replay.files["s/b.md"].bodies == [(1, "one")]


def test_a_translation_is_behind_from_the_first_change_that_it_lacks() -> None:
    replay = _tale()
    replay.change(1 * DAY, [FileChange("s/a.md", "one"), FileChange("s/a.ja.md", "一")])
    assert [each.behind for each in _seen(replay).translations] == [0]
    replay.change(3 * DAY, [FileChange("s/a.md", "two")])
    replay.change(8 * DAY, [FileChange("s/a.md", "three")])
    assert [each.behind for each in _seen(replay).translations] == [7 * DAY]
    replay.change(9 * DAY, [FileChange("s/a.ja.md", "三")])
    assert [each.behind for each in _seen(replay).translations] == [0]


def test_a_change_of_the_front_matter_alone_leaves_no_translation_behind() -> None:
    replay = _tale(one=Edition(body="same"), two=Edition(reviewed=9, body="same"))
    replay.change(1, [FileChange("s/a.md", "one"), FileChange("s/a.ja.md", "一")])
    replay.change(2, [FileChange("s/a.md", "two")])
    assert [each.behind for each in _seen(replay).translations] == [0]


def test_a_translation_without_an_original_is_behind_nothing() -> None:
    replay = _tale()
    replay.change(1, [FileChange("s/a.ja.md", "一")])
    assert not _seen(replay).translations


def test_behind_since_is_what_a_look_at_every_second_tells() -> None:
    draw = random.Random(5)  # noqa: S311 - examples
    for _ in range(300):
        times = sorted(draw.sample(range(30), draw.randint(1, 6)))
        bodies = [(time, draw.choice("ab")) for time in times]
        file = File(Place("a", "s", "en"), Edition(), times[-1], bodies)
        at = draw.randrange(30)

        def said(second: int, bodies: list[tuple[int, str]] = bodies) -> str:
            return next((body for time, body in reversed(bodies) if time <= second), "")

        expected = None
        if said(at):
            second = 30
            while second > at and said(second) != said(at):
                expected, second = second, second - 1
        assert file.behind_since(at) == expected


@pytest.mark.parametrize(
    ("edition", "due"),
    [
        (Edition(reviewed=1000), 1365),
        (Edition(reviewed=1000, review_days=30), 1030),
        (Edition(), 719_163 + 365),  # published on the first day of 1970, and looked at then
    ],
)
def test_a_review_is_due_from_the_last_one_or_from_the_publication(
    edition: Edition, due: int
) -> None:
    replay = _tale(text=edition)
    replay.change(1, [FileChange("s/a.md", "text")])
    assert [entry.due for entry in _seen(replay).entries] == [due]


def test_who_knows_an_entry_has_changed_it_and_is_still_at_work() -> None:
    replay = _tale()
    year = 365 * DAY
    replay.change(1, [FileChange("s/a.md", "one")])
    replay.touch(1, "Kim", "s/a.md")
    replay.touch(2, "Lee", "s/a.md")
    replay.touch(3, "renovate[bot]", "s/a.md")
    assert [entry.people for entry in _seen(replay).entries] == [2]
    replay.touch(year, "Kim", "elsewhere.md")
    assert [entry.people for entry in _seen(replay, year + 10).entries] == [1]
    replay.touch(year, "Lee", "s/b.md", "s/a.md")
    replay.change(year, [FileChange("s/b.md", "one", "s/a.md")])
    assert [entry.people for entry in _seen(replay, year + 10).entries] == [2]
