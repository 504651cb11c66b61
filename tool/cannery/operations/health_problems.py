"""What the check found, as things to do: each with one command that begins it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from shlex import join
from typing import TYPE_CHECKING

from cannery.check.facts import Facts
from cannery.check.rules import duplicates
from cannery.check.runner import rule_of
from cannery.check.scope import Scope
from cannery.insight.health import ToDo
from cannery.model.entry import Audience
from cannery.model.location import Problem, Severity
from cannery.operations.check import CheckResult, fixes
from cannery.operations.entry_usage import Usage

if TYPE_CHECKING:
    from cannery.operations.health import Looked

_TRIED = 50  # files
_NEEDS: Mapping[str, str] = {
    **dict.fromkeys(("link", "image", "anchor", "related", "dead-url"), "broken_links"),
    "overdue": "overdue",
    "outdated": "behind",
    duplicates.CODE: "duplicates",
}


def faults(looked: Looked) -> Iterator[ToDo]:
    """The findings of the check by file and kind; of duplicates `alike` tells."""
    found: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in looked.problems:
        if (need := _need(problem)) != "duplicates":
            found[problem.path, need].append(problem)
    facts, mended = looked.result.whole.facts, _mended(looked.result)
    for (path, need), problems in found.items():
        file = facts.get(path)
        entry = file.at.id if file and file.at.id in looked.entries else ""
        can_fix = path in mended and all(problem.code in mended[path] for problem in problems)
        if can_fix or not (file and entry):  # of what is no entry, no name can be edited
            command = ["kb", "check", "--fix", path] if can_fix else ["kb", "check", path]
        else:
            command = _edit(need, file)
        yield ToDo(need, entry, path, _why(problems), join(command))


def _need(problem: Problem) -> str:
    usual = "errors" if problem.severity is Severity.ERROR else "warnings"
    return _NEEDS.get(problem.code, usual)


def _why(problems: Sequence[Problem]) -> str:
    first, more = problems[0], len(problems) - 1
    said = f"{first.message} [{first.code}]"
    return f"{said}, and {more} more" if more else said


def _edit(need: str, file: Facts) -> list[str]:
    command = ["kb", "edit", file.at.id, "--lang", file.at.language]
    return [*command, "--reviewed"] if need == "overdue" else command


def _mended(result: CheckResult) -> Mapping[str, frozenset[str]]:
    """The files that a machine can mend something in, with the rules that it would look at.

    Of very many files only the first are tried: the rest are for an editor.
    """
    codes: dict[str, set[str]] = {}
    for problem in (*result.problems, *result.known):
        if rule_of(problem.code).fix and (problem.path in codes or len(codes) < _TRIED):
            codes.setdefault(problem.path, set()).add(problem.code)
    scope = Scope(codes.__contains__)
    changed = fixes(result.whole.workspace, result, scope) if codes else ()
    return {item.path: frozenset(codes[item.path]) for item in changed}


def told_groups(looked: Looked) -> Iterator[duplicates.Alike]:
    """The files that say much the same, unless that is allowed with a reason."""
    told = {problem.path for problem in looked.problems if problem.code == duplicates.CODE}
    found = duplicates.groups(looked.result.whole) if told else ()
    return (group for group in found if group.second in told)


def alike(looked: Looked, usage: Usage) -> Iterator[ToDo]:
    """Entries that say much the same: the one that is used less gives way to the other."""
    facts = looked.result.whole.facts
    for group in told_groups(looked):
        both = facts[group.first], facts[group.second]
        if any(file.at.id not in looked.entries for file in both):
            continue  # a draft may become the better one
        keep, leave = sorted(both, key=lambda file: _worth(file, looked, usage), reverse=True)
        why = f"{group.part:.0%} similar to {keep.at.id}"
        command = ["kb", "similar", leave.at.id]
        if keep.at.kind is leave.at.kind:
            command = ["kb", "retire", leave.at.id, "--for", keep.at.id]
        yield ToDo("duplicates", leave.at.id, leave.at.path, why, join(command))


def _worth(file: Facts, looked: Looked, usage: Usage) -> tuple[bool, float, int]:
    """Which of two stays: readers can't be led to what they may not see; then the one used last.

    Of two that are used alike, the one in more languages.
    """
    used = usage.last.get(file.at.id, 0.0)
    return file.audience == Audience.PUBLIC, used, len(looked.entries[file.at.id])
