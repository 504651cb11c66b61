"""The lock file: bytes that follow from what it says, read within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.desks.lock import Agreed, Lock, lock_text, read_lock
from cannery.git.merge import merge
from cannery.git.tables import HEAD, merge_tables

ONE = Agreed(
    "123",
    {"en": "a" * 40, "ja": "b" * 40},
    {"title": "1" * 16, "body.en": "2" * 16, "here only": "4" * 16},
    {"title": "1" * 16, "body.en": "3" * 16, "there": "5" * 16},
)
LOCK = Lock(
    {"macros/billing/返金": ONE, 'macros/"odd"': ONE},
    {"groups": {"Billing & 請求": "42", "\x7f\n": "43"}},
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
    "record",
    [
        "../../users/1", "..", "1/2", "1?x=y", "1#a", "", "a b", "1\n2", "a" * 300,
        ".", "123.json", "123.", "0123", "+123", "１２３", "1%32", "1;x", "1:2", "1=2",
    ],
)  # fmt: skip
def test_an_id_that_would_lead_elsewhere_is_refused(record: str) -> None:
    text = lock_text(Lock({"macros/a": ONE._replace(record=record)}, {}))
    with pytest.raises(ValueError, match="record must be"):
        read_lock(text.encode())


@pytest.mark.parametrize(
    "record", ["0", "360001234567", "rsp_3kq-x", "SR_kwDOA_1-c", "MDEyOlNhdmVkUmVwbHkx=="]
)
def test_the_ids_that_desks_give_are_kept(record: str) -> None:
    lock = Lock({"macros/a": ONE._replace(record=record)}, {})
    assert read_lock(lock_text(lock).encode()) == lock


@pytest.mark.parametrize(
    "text",
    [
        "macros = 1",
        '["macros/a"]\nrecord = 1',
        '["macros/a"]\nrecord = "1"\nhere.en = "nothing"',
        '["macros/a"]\nrecord = "1"\nparts.title = "<script>"',
        '["macros/a"]\nrecord = "1"\nhere = []',
        f'["macros/a"]\nrecord = "1"\nparts."x\\ny" = "{"1" * 16}"',
        f'["macros/a"]\nrecord = "1"\nparts."x\\u001b[2J" = "{"1" * 16}"',
        '["macros/a\\nkb: all is well"]\nrecord = "1"',
        '["macros/\\u202eb"]\nrecord = "1"',
        "[numbers]\ngroups = 1",
        "a." * 50_000 + "b = 1",
        "x = " + "[" * 50_000,
        '["macros/a"]\nrecord = "1"\n["macros/a"]\nrecord = "2"\n',
    ],
)
def test_what_is_no_lock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_lock(text.encode())


def test_of_a_conflict_the_later_side_of_each_line_is_taken() -> None:
    text = lock_text(LOCK)
    line = f'here.en = "{"a" * 40}"'
    torn = text.replace(line, f'<<<<<<< a\n{line}\n=======\nhere.en = "{"c" * 40}"\n>>>>>>> b', 1)
    torn += (
        '<<<<<<< a\n["macros/c"]\nrecord = "8"\n=======\n["macros/d"]\nrecord = "9"\n>>>>>>> b\n'
    )
    entries = read_lock(torn.encode()).entries
    changed = [one for one in entries.values() if one.here.get("en") == "c" * 40]
    assert len(changed) == 1
    assert (entries["macros/c"].record, entries["macros/d"].record) == ("8", "9")


def _with(**entries: Agreed) -> bytes:
    return lock_text(Lock({f"macros/{name}": one for name, one in entries.items()}, {})).encode()


def test_two_branches_merge_without_a_conflict() -> None:
    other = ONE._replace(record="9")
    base = _with(a=ONE, gone=ONE, kept=ONE)
    ours = _with(a=ONE._replace(here={"en": "c" * 40}), b=ONE, kept=other)
    theirs = _with(a=ONE._replace(sent={"title": "7" * 16}), bb=other, gone=ONE)
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    entries = read_lock(merged.data or b"").entries
    assert {*entries} == {"macros/a", "macros/b", "macros/bb", "macros/kept"}
    assert entries["macros/kept"] == other
    assert entries["macros/a"].here == {"en": "c" * 40}
    assert entries["macros/a"].sent == {"title": "7" * 16}
    assert lock_text(Lock(entries, {})).encode() == merged.data


@given(st.dictionaries(st.sampled_from(["macros/a", "macros/b c"]), st.sampled_from("12")))
def test_what_only_one_side_has_changed_is_taken(records: dict[str, str]) -> None:
    new = lock_text(Lock({id_: ONE._replace(record=it) for id_, it in records.items()}, {}))
    old = lock_text(LOCK)
    for ours, theirs in ((old, new), (new, old)):
        assert merge(old.encode(), ours.encode(), theirs.encode()).data == new.encode()
        assert merge_tables(old, ours, theirs) == new


def test_a_text_that_only_begins_as_a_lock_loses_no_line() -> None:
    base = f"{HEAD}\nHello\n"
    ours, theirs = f"{HEAD}\nOne\nHello\n", f"{HEAD}\nHello\nTwo\n"
    merged = merge(base.encode(), ours.encode(), theirs.encode())
    assert merged.data == f"{HEAD}\nOne\nHello\nTwo\n".encode()
