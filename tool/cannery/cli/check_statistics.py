"""The findings of a check in numbers, so that they fit a screen whatever was found."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from cannery.check.statistics import MANY, Repeated, RuleCount, Statistics, statistics
from cannery.cli import output
from cannery.cli.output import Styled, Text, counted, style
from cannery.util.columns import beginning, columns, ending, shares
from cannery.util.plain import one_line

if TYPE_CHECKING:
    from cannery.operations.check import Findings

_BESIDE = 2  # lines of a screen that the command and the next prompt take
_LINES, _COLUMNS = 24, 80  # of a screen that everyone has
_WIDEST = 140  # columns; a wider row is hard to follow
_MOST_SHARED = 4
_FEW_RULES = 11  # lines of rules that keys leave room for
_FEWEST_KEYS = 2  # lines
_ROOM = 26  # columns for rules that the last line names
_MANY = 200  # findings, which nobody mends in a day
_ENDING = re.compile(r"\.(?:md|mdx|markdown)$")
_NAME = 15  # columns
_NUMBERS = {"Errors": 8, "Warnings": 9, "Known": 8, "Files": 7}
_OWN = "own = ["
_INDENT = " " * len(_OWN)


def show(findings: Findings, *, is_instead: bool = False) -> None:
    """What a maintainer reads first; `is_instead` of the findings, which were asked for."""
    found = statistics(findings.problems, findings.known)
    size = shutil.get_terminal_size()
    width = min(max(size.columns, _COLUMNS), _WIDEST)
    height = max(size.lines, _LINES) - _BESIDE
    first = _total(findings, found)
    below = [*_shared(found.shared, width)]
    last = [*_last(findings, found, is_instead=is_instead)]
    left = height - 1 - len(below) - len(last)
    keys = _keys(found, width, left - min(len(found.rules) + 1, _FEW_RULES))
    rules = _rules(found.rules, width, left - len(keys))
    for line in (first, *rules, *below, *keys, *last):
        output.say(line)


def as_data(findings: Findings) -> dict[str, object]:
    """The same for programs, without a bound but that of the places."""
    found = statistics(findings.problems, findings.known)
    return {
        "entries": findings.entries,
        "files": found.files,
        "errors": found.errors,
        "warnings": found.warnings,
        "known": found.known,
        "allowed": findings.allowed,
        "rules": [
            item._asdict() | {"worst": [file._asdict() for file in item.worst]}
            for item in found.rules
        ],
        "shared": [_shared_data(item) for item in found.shared],
        "own_keys": found.own_keys,
        "names": found.names,
    }


def _shared_data(item: Repeated) -> dict[str, object]:
    said = {name: getattr(item.problem, name) for name in ("code", "severity", "message", "hint")}
    places = [{"path": place.path, "line": place.line} for place in item.places]
    return {**said, "findings": item.findings, "files": item.files, "places": places}


def _total(findings: Findings, found: Statistics) -> str:
    entries = counted(findings.entries, "entry", "entries")
    errors, warnings = counted(found.errors, "error"), counted(found.warnings, "warning")
    known = f", {found.known:,} known" if found.known else ""
    where = f" in {counted(found.files, 'file')}" if found.files else ""
    return f"Checked {entries}: {errors} and {warnings}{known}{where}."


def _rules(rules: Sequence[RuleCount], width: int, height: int) -> Iterator[Text]:
    """A line for each rule under one of titles; where there are too many, one for the last."""
    if not rules:
        return
    titles = ["Errors", "Warnings", "Files"]
    with_known = any(item.known for item in rules)
    if with_known:
        titles.insert(2, "Known")
    numbers = "".join(f"{title:>{_NUMBERS[title]}}" for title in titles)
    yield style(f"{'Rule (*: --fix)':{_NAME}}{numbers}  Most in", dim=True)
    most = height - 1
    shown = rules if len(rules) <= most else rules[: most - 1]
    for item in shown:
        yield _row(item, width, with_known=with_known)
    if rest := rules[len(shown) :]:
        counts = ", ".join(f"{item.code} {_all(item):,}" for item in rest)
        yield beginning(f"and {counted(len(rest), 'more rule')}: {counts}", width)


def _all(item: RuleCount) -> int:
    return item.errors + item.warnings + item.known


def _row(item: RuleCount, width: int, *, with_known: bool) -> Styled:
    name = f"{item.code}*" if item.can_fix else item.code
    known = f"{item.known:>{_NUMBERS['Known']},}" if with_known else ""
    cells = (
        style(f"{name:{_NAME}}"),
        style(f"{item.errors:>{_NUMBERS['Errors']},}", fg="red" if item.errors else ""),
        style(f"{item.warnings:>{_NUMBERS['Warnings']},}", fg="yellow" if item.warnings else ""),
        style(f"{known}{item.files:>{_NUMBERS['Files']},}  "),
    )
    before = Styled.joined(cells)
    return Styled.joined([before, style(_worst(item, width - len(str(before))))])


def _worst(item: RuleCount, width: int) -> str:
    """The files with most findings in so many columns, by the ends of their paths."""
    counts = [f" {file.findings:,}" for file in item.worst]
    paths = [one_line(file.path) for file in item.worst]
    room = width - sum(map(len, counts)) - len(", ") * (len(counts) - 1)
    given = shares([*map(columns, paths)], room)
    cells = zip(paths, given, counts, strict=True)
    return ", ".join(_end_of(path, most) + count for path, most, count in cells)


def _end_of(path: str, width: int) -> str:
    """The path; where it must be cut, its end without `.md`, which says least.

    Of a name with escapes, its beginning: what is left of an escape could be taken for a name.
    """
    if columns(path) <= width:
        return path
    return beginning(path, width) if "\\" in path else ending(_ENDING.sub("", path), width)


def _shared(shared: Sequence[Repeated], width: int) -> Iterator[Text]:
    """What stands in most files, and what to do about it if there is room for that."""
    if not shared:
        return
    stand = "finding stands" if len(shared) == 1 else "findings stand"
    told = f"{len(shared):,} {stand} word for word in {MANY} files or more, most often:"
    yield style(told, dim=True)
    for item in shared[:_MOST_SHARED]:
        said = f"{item.files:>7,}  {one_line(item.problem.message)} [{item.problem.code}]"
        hint = one_line(item.problem.hint)
        yield beginning(f"{said}: {hint}" if hint else said, width)


def _keys(found: Statistics, width: int, height: int) -> list[Text]:
    """What keeps other keys than ours, as it is to be written; as many as there is room for."""
    names = [f'names.{name} = "{ours}"' for name, ours in found.names.items()]
    rows = [*_wrapped(found.own_keys, width)]
    shown = rows[: max(height - 1 - len(names), _FEWEST_KEYS)]
    count, every = sum(map(len, shown)) + len(names), len(found.own_keys) + len(names)
    if not every:
        return []
    which = f"{count} of {every} keys" if count < every else counted(count, "key")
    told = f"If they are yours, add the {which} below [front_matter] in kb/kb.toml:"
    own = f",\n{_INDENT}".join(", ".join(row) for row in shown)
    return [style(told, dim=True), *(f"{_OWN}{own}]".split("\n") if own else ()), *names]


def _wrapped(keys: Sequence[str], width: int) -> Iterator[list[str]]:
    """The keys as TOML, in rows."""
    row: list[str] = []
    left = room = width - len(_OWN) - 1
    for key in (json.dumps(key, ensure_ascii=False) for key in keys):
        taken = columns(key) + len(", ")
        if row and taken > left:
            yield row
            row, left = [], room
        row.append(key)
        left -= taken
    if row:
        yield row


def _last(findings: Findings, found: Statistics, *, is_instead: bool) -> Iterator[Text]:
    """What is allowed, where each finding is shown, and what to do next."""
    if allowed := sum(findings.allowed.values()):
        reasons = counted(len(findings.allowed), "reason")
        verb = "is" if allowed == 1 else "are"
        yield style(f"{allowed:,} more {verb} allowed, for {reasons}.", dim=True)
    if found.errors + found.warnings > _MANY and not found.known:
        yield style("To be told of new ones alone from now on: `kb check --baseline`", dim=True)
    if is_instead:
        yield style("For each finding, run the same with `| less` or `--json`.", dim=True)
    yield f"Next: {_next(found)}"


def _next(found: Statistics) -> str:
    """The first step: what one decision mends for many files, then what fails a check."""
    if (found.own_keys or found.names) and not found.known:
        return "decide about these keys, then check again."
    if wrong := [item.code for item in found.rules if item.errors]:
        return f"the errors, with `kb check --select {_named(wrong)}`."
    if fixed := [item.code for item in found.rules if item.can_fix]:
        return f"try `kb check --fix --dry-run --select {_named(fixed)}`."
    if found.rules:
        code = found.rules[0].code
        if not found.errors + found.warnings:
            return f"`kb check --no-baseline --select {code}`."
        return f"`kb check --select {code}`, or `--explain {code}`."
    return "nothing is left to do."


def _named(codes: Sequence[str]) -> str:
    """As many codes as a line has room for."""
    ends = [*accumulate(len(code) + 1 for code in codes)]
    return ",".join(code for code, end in zip(codes, ends, strict=True) if end <= _ROOM)
