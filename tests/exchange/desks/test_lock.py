"""The lock file: bytes that follow from what it says, read within bounds."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.lock import Agreed, Lock, lock_text, read_lock

ONE = Agreed(
    "123",
    {"en": "a" * 40, "ja": "b" * 40},
    {"title": "1" * 16, "body.en": "2" * 16, "here only": "4" * 16},
    {"title": "1" * 16, "body.en": "3" * 16, "there": "5" * 16},
)
LOCK = Lock(
    {"macros/billing/返金": ONE, 'macros/"odd"\x7f': ONE},
    {"groups": {"Billing & 請求": "42"}},
)


def test_what_is_written_is_read_back() -> None:
    assert read_lock(lock_text(LOCK).encode()) == LOCK


def test_the_same_content_has_the_same_bytes() -> None:
    backwards = Lock(dict(reversed([*LOCK.entries.items()])), LOCK.numbers)
    assert lock_text(backwards) == lock_text(LOCK)


def test_each_value_has_a_line_so_that_git_merges_it() -> None:
    assert lock_text(Lock({"macros/a": ONE}, {})).split("\n")[2:] == [
        '["macros/a"]',
        'record = "123"',
        f'here.en = "{"a" * 40}"',
        f'here.ja = "{"b" * 40}"',
        f'parts."body.en" = "{"2" * 16} {"3" * 16}"',
        f'parts."here only" = "{"4" * 16} {"0" * 16}"',
        f'parts.there = "{"0" * 16} {"5" * 16}"',
        f'parts.title = "{"1" * 16}"',
        "",
    ]


@pytest.mark.parametrize(
    "record", ["../../users/1", "..", "1/2", "1?x=y", "1#a", "", "a b", "1\n2", "a" * 300]
)
def test_an_id_that_would_lead_elsewhere_is_refused(record: str) -> None:
    text = lock_text(Lock({"macros/a": ONE._replace(record=record)}, {}))
    with pytest.raises(ValueError, match="record must be"):
        read_lock(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "macros = 1",
        '["macros/a"]\nrecord = 1',
        '["macros/a"]\nrecord = "1"\nhere.en = "nothing"',
        '["macros/a"]\nrecord = "1"\nparts.title = "<script>"',
        '["macros/a"]\nrecord = "1"\nhere = []',
        "[numbers]\ngroups = 1",
        "a." * 50_000 + "b = 1",
        "x = " + "[" * 50_000,
        "<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n",
    ],
)
def test_what_is_no_lock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_lock(text.encode())


def test_a_conflict_is_told_with_its_line() -> None:
    text = "# x\n<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n"
    with pytest.raises(ValueError, match=r"a merge conflict that no one decided \(at line 2\)"):
        read_lock(text.encode())
