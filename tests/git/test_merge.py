"""Two people's versions of one file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.git.merge import merge

BASE = "---\ntitle: A # name\ntags: [one, two]\nowner: me\nreviewed: 2026-01-01\n---\nFirst.\n\nSecond.\n\nThird.\n"


def merged(ours: str, theirs: str, base: str = BASE) -> str | tuple[str, ...]:
    found = merge(base.encode(), ours.encode(), theirs.encode())
    return found.subjects or (found.data or b"").decode()


def changed(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ([("First", "1st")], [("Third", "3rd")], [("First", "1st"), ("Third", "3rd")]),
        ([("owner: me", "owner: us")], [("title: A", "title: B")], [("owner: me", "owner: us"), ("title: A", "title: B")]),
        ([("two]", "two, mine]")], [("two]", "two, theirs]")], [("two]", "two, theirs, mine]")]),
        ([("one, ", "")], [("two]", "two, theirs]")], [("one, two]", "two, theirs]")]),
        ([("owner: me\n", "")], [("title: A", "title: B")], [("owner: me\n", ""), ("title: A", "title: B")]),
        ([("2026-01-01", "2026-03-01")], [("2026-01-01", "2026-02-01")], [("2026-01-01", "2026-03-01")]),
        ([("owner: me", "owner: us")], [("First", "1st")], [("owner: me", "owner: us"), ("First", "1st")]),
        ([("title: A", "title: C")], [("title: A", "title: C")], [("title: A", "title: C")]),
    ],
)  # fmt: skip
def test_what_does_not_meet_is_merged(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]], both: list[tuple[str, str]]
) -> None:
    assert merged(changed(*ours), changed(*theirs)) == changed(*both)


@pytest.mark.parametrize(
    ("ours", "theirs", "conflicts"),
    [
        (("First", "1st"), ("First", "One"), ("body",)),
        (("title: A", "title: B"), ("title: A", "title: C"), ("title",)),
        (("title: A", "title: [A"), ("title: A", "title: C"), ("front matter",)),
    ],
)
def test_what_meets_is_a_conflict_that_is_named(
    ours: tuple[str, str], theirs: tuple[str, str], conflicts: tuple[str, ...]
) -> None:
    assert merged(changed(ours), changed(theirs)) == conflicts


def test_both_may_conflict() -> None:
    ours, theirs = (
        changed(("A #", "B #"), ("First", "1st")),
        changed(("A #", "C #"), ("First", "One")),
    )
    assert merged(ours, theirs) == ("title", "body")


def test_line_ends_of_theirs_are_kept() -> None:
    ours, theirs = changed(("First", "1st")), changed(("Third", "3rd")).replace("\n", "\r\n")
    expected = changed(("First", "1st"), ("Third", "3rd")).replace("\n", "\r\n")
    assert merged(ours, theirs) == expected


def test_a_file_that_one_has_deleted_and_the_other_changed_is_a_conflict() -> None:
    assert merge(b"a", None, b"b").subjects == ("file",)
    assert merge(b"a", b"b", None).subjects == ("file",)
    assert merge(b"a", None, b"a")[:2] == (None, ())
    assert merge(b"a", b"a", None)[:2] == (None, ())
    assert merge(None, b"x", None)[:2] == (b"x", ())
    assert merge(b"\xff", b"\xfe", b"\xfd").subjects == ("file",)


def test_two_new_files_of_one_name_are_merged_where_they_can_be() -> None:
    assert merge(None, b"---\ntitle: A\n---\nx\n", b"---\ntitle: A\n---\nx\n").subjects == ()
    assert merge(None, b"---\ntitle: A\n---\nx\n", b"---\ntitle: B\n---\ny\n").subjects == (
        "title",
        "body",
    )


_TEXT = st.text(st.sampled_from("ab\n: -#[]'\"é日\r"), max_size=30)
_FILES = st.none() | st.builds(
    lambda head, body: f"---\n{head}\n---\n{body}".encode(), _TEXT, _TEXT
)


@settings(max_examples=200, deadline=None)
@given(_FILES, _FILES, _FILES)
def test_one_side_s_change_alone_is_that_side(
    base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> None:
    assert merge(base, ours, base)[:2] == (ours, ())
    assert merge(base, base, theirs)[:2] == (theirs, ())
    assert merge(base, ours, ours)[:2] == (ours, ())
    here, there = merge(base, ours, theirs), merge(base, theirs, ours)
    assert bool(here.conflicts) == bool(there.conflicts)
