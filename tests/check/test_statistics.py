"""Findings in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cannery.check.statistics import MANY, FileCount, grouped, statistics
from cannery.content.headers import MAX_KEY, read_header
from cannery.model.location import Problem, Severity


def _found(
    path: str, code: str, message: str = "m", hint: str = "", *, error: bool = False
) -> Problem:
    return Problem(
        f"kb/{path}.md", 1, code, message, hint, Severity.ERROR if error else Severity.WARNING
    )


def _in_files(count: int, code: str, message: str, hint: str = "") -> Iterator[Problem]:
    return (_found(f"f{number:02}", code, message, hint) for number in range(count))


def test_each_rule_is_counted_with_its_worst_files() -> None:
    counts = {"a": 2, "b": 1, "c": 3, "d": 2}
    problems = [
        _found(path, "link", error=path == "c") for path in counts for _ in range(counts[path])
    ]
    (rule,) = statistics(problems).rules
    assert (rule.code, rule.errors, rule.warnings, rule.files) == ("link", 3, 5, 4)
    assert rule.worst == (FileCount("kb/c.md", 3), FileCount("kb/a.md", 2), FileCount("kb/d.md", 2))
    assert rule.can_fix


def test_rules_with_errors_come_first() -> None:
    problems = [
        *_in_files(9, "title", "no title"),
        _found("a", "tag"),
        _found("a", "link", error=True),
    ]
    found = statistics(problems)
    assert [item.code for item in found.rules] == ["link", "title", "tag"]
    assert (found.errors, found.warnings, found.files) == (1, 10, 10)


def test_what_stands_word_for_word_in_many_files_is_one() -> None:
    problems = [_found("a", "tag"), *_in_files(MANY, "title", "no title"), _found("f00", "tag")]
    first, group, last = grouped(problems)
    assert (first.problem, last.problem) == (problems[0], problems[-1])
    assert (group.files, group.findings, group.places) == (MANY, MANY, tuple(problems[1:4]))


def test_what_stands_in_fewer_files_keeps_its_place() -> None:
    few = [*_in_files(MANY - 1, "title", "no title")]
    problems = sorted([*few, *few, _found("f00", "tag"), _found("f01", "title", "other")])
    assert [item.problem for item in grouped(problems)] == problems


def test_what_most_files_share_comes_first() -> None:
    problems = [
        *_in_files(MANY, "tag", "b"),
        *_in_files(MANY + 1, "tag", "c"),
        *_in_files(MANY, "tag", "a"),
    ]
    assert [item.problem.message for item in statistics(problems).shared] == ["c", "a", "b"]


def test_the_keys_that_look_like_none_of_ours_are_the_team_s_own() -> None:
    longest = "k" * (MAX_KEY - 1)
    keys = {
        "permalink": 1,
        "visibility": "team",
        "privat": 1,
        "titel": 1,
        "description": 1,
        "ms.date": 1,
        longest: 1,
        f"{longest}kk": 1,
    }
    _, faults = read_header(keys, macro=False)
    problems = [
        item for fault in faults for item in _in_files(MANY, "header", fault.message, fault.hint)
    ]
    problems += _in_files(MANY, "tag", faults[0].message)
    assert {*statistics(problems).own_keys} == {"permalink", "ms.date", longest}
    assert statistics(problems).names == {"description": "summary"}
    assert statistics([*islice(problems, MANY - 1)]).own_keys == ()
