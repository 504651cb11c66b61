"""Findings in numbers: how many each rule has, where most are, and which stand in many files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from cannery.check.runner import RULES
from cannery.content.headers import FOREIGN_SUMMARY, UNKNOWN_KEY, keep_hint
from cannery.model.location import Problem, Severity

MANY = 10  # files: one decision is likelier to be right for all than each by itself
_NAMED = 3  # files of a rule, and places of what is repeated


class FileCount(NamedTuple):
    path: str
    findings: int


class RuleCount(NamedTuple):
    """What a rule found in how many files; `worst` are those with most, up to three.

    What is `known` by a baseline is no error and no warning.
    """

    code: str
    errors: int
    warnings: int
    known: int
    files: int
    worst: tuple[FileCount, ...]
    can_fix: bool


class Repeated(NamedTuple):
    """A finding that stands word for word in several files; `places` are the first three."""

    findings: int
    files: int
    places: tuple[Problem, ...]

    @property
    def problem(self) -> Problem:
        return self.places[0]


class Statistics(NamedTuple):
    """The rules with findings, those with errors first, and what many files share.

    `own_keys` are the unknown keys among that which look like none of ours, `names` has ours by
    those that say the same.
    """

    rules: tuple[RuleCount, ...]
    shared: tuple[Repeated, ...]
    files: int

    @property
    def known(self) -> int:
        return sum(item.known for item in self.rules)

    @property
    def own_keys(self) -> tuple[str, ...]:
        return tuple(filter(None, (_own_key(item.problem) for item in self.shared)))

    @property
    def names(self) -> Mapping[str, str]:
        is_foreign = any(
            item.problem.message == UNKNOWN_KEY + FOREIGN_SUMMARY for item in self.shared
        )
        return {FOREIGN_SUMMARY: "summary"} if is_foreign else {}

    @property
    def errors(self) -> int:
        return sum(item.errors for item in self.rules)

    @property
    def warnings(self) -> int:
        return sum(item.warnings for item in self.rules)


def statistics(problems: Sequence[Problem], known: Sequence[Problem] = ()) -> Statistics:
    """Count what was found, by a baseline in two parts."""
    every = (*problems, *known)
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for item in every:
        by_code[item.code].append(item)
    severities = Counter((item.code, item.severity) for item in problems)
    rules = (_counted(code, found, severities) for code, found in by_code.items())
    shared = (item for item in grouped(every) if item.files >= MANY)
    return Statistics(
        tuple(sorted(rules, key=_rank)),
        tuple(sorted(shared, key=lambda item: (-item.files, item.problem.message))),
        len({item.path for item in every}),
    )


def _rank(item: RuleCount) -> tuple[int, int, int, str]:
    return -item.errors, -item.warnings, -item.known, item.code


def _own_key(item: Problem) -> str:
    """The unknown key that a finding is about, whole; empty for any other finding."""
    key = item.message.removeprefix(UNKNOWN_KEY)
    return key if item.code == "header" and item.hint and item.hint == keep_hint(key) else ""


def _counted(
    code: str, found: Sequence[Problem], severities: Mapping[tuple[str, Severity], int]
) -> RuleCount:
    """A rule's counts; `severities` has how often it was found and not known."""
    errors, warnings = (severities.get((code, item), 0) for item in Severity)
    by_path = Counter(item.path for item in found)
    worst = nsmallest(_NAMED, by_path.items(), key=lambda item: (-item[1], item[0]))
    return RuleCount(
        code,
        errors,
        warnings,
        len(found) - errors - warnings,
        len(by_path),
        tuple(FileCount(*item) for item in worst),
        any(rule.fix for rule in RULES if rule.code == code),
    )


def is_decided_once(problem: Problem) -> bool:
    """Whether one line of kb.toml, or one fix, mends all findings that say the same."""
    return problem.code == "header" and problem.message.startswith(UNKNOWN_KEY)


def grouped(
    problems: Sequence[Problem], fits: Callable[[Problem], bool] | None = None
) -> Iterator[Repeated]:
    """The findings in their order; what stands in many files comes once, where it comes first.

    With `fits`, only of what fits.
    """
    by_words: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for item in filter(fits, problems) if fits else problems:
        by_words[_words(item)].append(item)
    groups = {words: _repeated(found) for words, found in by_words.items() if len(found) >= MANY}
    for item in problems:
        group = groups.get(_words(item))
        if group is None or group.files < MANY:
            yield Repeated(1, 1, (item,))
        elif group.problem is item:
            yield group


def _words(item: Problem) -> tuple[str, ...]:
    return item.code, item.severity, item.message, item.hint


def _repeated(found: Sequence[Problem]) -> Repeated:
    firsts: dict[str, Problem] = {}
    for item in found:
        firsts.setdefault(item.path, item)
    return Repeated(len(found), len(firsts), tuple(islice(firsts.values(), _NAMED)))
