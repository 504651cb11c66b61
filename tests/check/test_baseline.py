"""Findings that are known: as a file, and taken out of what is told."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.check.baseline import (
    NEVER_KNOWN,
    PATH,
    compared,
    counted,
    known_of,
    parsed,
    read_baseline,
    renamed,
    written,
)
from cannery.model.location import Problem

A, B = "kb/articles/a.md", "kb/articles/b.md"


def _found(path: str = A, code: str = "link", message: str = "gone", line: int = 1) -> Problem:
    return Problem(path, line, code, message)


MANY = [_found(B), _found(line=9), _found(line=3), _found(code="tag", message="返金")]


def test_what_is_written_is_read_again() -> None:
    text = written(counted(MANY)).decode()
    assert parsed(text) == (counted(MANY), ())
    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "kb/articles/a.md:", "  link aa251ba4*2", "  tag 1e9dd939", "kb/articles/b.md:", "  link aa251ba4",
    ]  # fmt: skip


def test_the_order_of_findings_makes_no_other_file() -> None:
    assert written(counted(MANY)) == written(counted(reversed(MANY)))


def test_a_name_that_has_no_line_of_its_own_is_left_out() -> None:
    names = ("kb/a\nb.md", "  a.md", "# a.md", "返金: 手順.md")
    read, faults = parsed(written(counted(_found(name) for name in names)).decode())
    assert ({item.path for item in read}, faults) == ({"返金: 手順.md"}, ())


def test_lines_of_both_sides_of_a_merge_are_one_baseline() -> None:
    ours, theirs = (written(counted(items)).decode() for items in (MANY[1:], MANY[:2]))
    assert parsed(ours + theirs.replace("\n", "\r\n")) == (counted(MANY), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{A}:\n<<<<<<< HEAD\n  link aa251ba4\n", 2),
        ("  link aa251ba4\n", 1),
        (f"{A}:\n  link 4fbad1b\n", 2),
        (f"{A}:\n  link aa251ba4*\n", 2),
        (f"{A}:\n  link aa251ba4*0\n", 2),
        (f"{A}:\n  LINK aa251ba4\n", 2),
        (f"{A}:\n\n  link\n", 3),
        (f"{A}\n", 1),
    ],
)
def test_a_line_that_says_nothing_is_told(text: str, line: int) -> None:
    _, (fault, *_) = parsed(text)
    assert (fault.path, fault.line) == (PATH, line)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{}" * 4_000_000])
def test_a_file_that_can_t_be_read_is_told_and_nothing_is_known(base: Base, data: bytes) -> None:
    base.write("baseline.txt", data)
    found = read_baseline(base.workspace)
    assert (found.known, [item.path for item in found.faults], found.is_there) == ({}, [PATH], True)


def test_without_a_file_nothing_is_known(base: Base) -> None:
    assert (read_baseline(base.workspace).known, read_baseline(base.workspace).is_there) == (
        {},
        False,
    )


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("82% similar to articles/a.md", "9% similar to articles/a.md", True),
        ("1,200 words in a sentence", "64 words in a sentence", True),
        ("broken link: ../../net/a.md", "broken link: ./net/a.md", True),
        ("broken link: ../../net/a.md", "broken link: net/a.md", True),
        ("broken link: a../net/a.md", "broken link: a/net/a.md", False),
        ("heading level 4 follows level 2", "heading level 5 follows level 3", True),
        ("82% similar to articles/a.md", "82% similar to articles/b.md", False),
        ("no heading #step-1", "no heading #step-2", False),
        ("file not found: v1/a.md", "file not found: v2/a.md", False),
    ],
)
def test_a_finding_is_the_same_whatever_its_amounts(before: str, after: str, is_same: bool) -> None:
    assert (known_of(_found(message=before)) == known_of(_found(message=after))) == is_same


def test_more_than_what_is_known_is_told() -> None:
    more = [_found(line=20), _found(message="other")]
    done = compared(counted(MANY), [*MANY, *more], [A, B])
    assert (done.known, done.new, done.gone) == (tuple(MANY), tuple(more), 0)
    assert done.left == counted(MANY)


def test_what_is_gone_is_not_known_again() -> None:
    done = compared(counted(MANY), [_found(line=7)], [A, B])
    assert (done.new, done.gone, done.left) == ((), 3, counted([_found()]))


def test_a_rule_that_can_t_tell_now_keeps_what_is_known() -> None:
    done = compared(counted(MANY), MANY[:3], [A, B], untold=["tag"])
    assert (done.gone, done.left) == (0, counted(MANY))


@pytest.mark.parametrize("code", sorted(NEVER_KNOWN))
def test_what_goes_out_is_never_known(code: str) -> None:
    found = _found(code=code)
    assert counted([found]) == {}
    assert compared({known_of(found): 1}, [found], [A]).new == (found,)


def test_a_renamed_file_keeps_what_is_known_of_it() -> None:
    new = [_found("kb/articles/net/a.md"), _found(B)]
    done = compared(counted([_found(), _found(B)]), new, ["kb/articles/net/a.md", B])
    assert (done.new, done.gone, done.left) == ((), 0, counted(new))


@pytest.mark.parametrize(
    ("gone", "new", "found"),
    [
        ("a/x.md", "b/x.md", {"a/x.md": "b/x.md"}),
        ("a/x.md", "a/y.md", {"a/x.md": "a/y.md"}),
        ("a/x/index.md a/y/index.md", "b/y/index.md b/x/index.md", {"a/x/index.md": "b/x/index.md", "a/y/index.md": "b/y/index.md"}),
        ("a/x.md", "b/y.md", {}),
        ("a/x.md", "b/x.md c/x.md", {}),
        ("a/x.md b/x.md", "c/x.md", {}),
        ("a/x.md a/y.md", "a/z.md", {}),
    ],
)  # fmt: skip
def test_a_rename_is_followed_where_there_is_no_doubt(
    gone: str, new: str, found: dict[str, str]
) -> None:
    assert renamed(gone.split(), new.split()) == found
