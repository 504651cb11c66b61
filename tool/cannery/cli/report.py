"""What is shown of checks: problems in every format, changes as patches, what a rule is for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.model.location import Severity

if TYPE_CHECKING:
    from cannery.check.scope import Scope
    from cannery.check.statistics import Repeated
    from cannery.operations.check import CheckResult, Findings
    from cannery.operations.move import FileChange
    from cannery.workspace import Workspace


_MOST_READ = 200  # findings on a terminal; more are told in numbers
_FIRST_ERRORS = 10


class CheckFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def show_findings(findings: Findings, form: CheckFormat) -> None:
    """The problems of the chosen files; in a text for people, also how many there are."""
    problems = findings.problems
    if form is CheckFormat.TEXT:
        _show_text(findings)
    elif form is CheckFormat.JSON:
        output.as_json([item._asdict() for item in problems])
    else:
        from cannery.check.formats import REPORTS

        text = REPORTS[form.value](problems)
        if form is CheckFormat.GITHUB:
            output.commands(text)
        else:
            output.say(text, end="")


def show_statistics(findings: Findings, form: CheckFormat) -> None:
    """The problems in numbers. Raises UsageError for a report."""
    from cannery.cli import check_statistics
    from cannery.errors import UsageError

    if form is CheckFormat.JSON:
        output.as_json(check_statistics.as_data(findings))
    elif form is CheckFormat.TEXT:
        check_statistics.show(findings)
    else:
        raise UsageError("--statistics has no report", "Use it with text or --json.")


def _show_text(findings: Findings) -> None:
    """What is decided once is told once; a terminal gets no more than can be read."""
    from cannery.check.statistics import grouped, is_decided_once

    is_terminal = sys.stdout.isatty()
    groups = [*grouped(findings.problems, None if is_terminal else is_decided_once)]
    if is_terminal and len(groups) > _MOST_READ:
        _show_numbers(findings, groups)
        return
    for group in groups:
        _show_group(group)
    _show_totals(findings)
    if len(groups) < len(findings.problems):
        how = "`| less` or `--json`" if is_terminal else "`--json`"
        output.note(f"For each finding, run the same with {how}.")


def _show_numbers(findings: Findings, groups: Iterable[Repeated]) -> None:
    """The first errors, then the numbers."""
    from cannery.cli import check_statistics

    errors = (item for item in groups if item.problem.severity is Severity.ERROR)
    for group in islice(errors, _FIRST_ERRORS):
        _show_group(group)
    check_statistics.show(findings, is_instead=True)


def _show_group(group: Repeated) -> None:
    others = " and ".join(map(output.place, group.places[1:]))
    count = output.counted(group.files - 1, "more file")
    output.problem(group.problem, f"And in {count}, such as {others}" if others else "")


def _show_totals(findings: Findings) -> None:
    """How many entries and problems there are, and the reasons for those that are allowed."""
    count = sum(item.severity is Severity.ERROR for item in findings.problems)
    errors = output.counted(count, "error")
    warnings = output.counted(len(findings.problems) - count, "warning")
    size = findings.entries
    entries = output.counted(size, "entry", "entries")
    output.note(f"Checked {entries}: {errors}, {warnings}.")
    if findings.known:
        known = output.counted(len(findings.known), "known finding is", "known findings are")
        output.note(f"{known} left out: see `kb check --no-baseline`.")
    for reason, times in sorted(findings.allowed.items()):
        output.note(f"{times} allowed because {reason}")


def show_fixes(workspace: Workspace, result: CheckResult, scope: Scope) -> None:
    """What `kb check --fix` would change, as a patch."""
    from difflib import unified_diff

    from cannery.operations.check import fixes

    fixed = [*fixes(workspace, result, scope)]
    for item in fixed:
        old, new = item.before.splitlines(), item.after.splitlines()
        for line in unified_diff(old, new, item.path, item.path, n=1, lineterm=""):
            output.say(line)
    output.note(f"{output.counted(len(fixed), 'file')} would be fixed.")


def show_planned(_: Workspace, result: CheckResult, scope: Scope) -> None:
    """What `kb check --baseline` would make known."""
    from cannery.check.baseline import PATH
    from cannery.operations.baseline import planned

    if result.baseline.is_there:
        output.note(f"{PATH} already exists; nothing would be added.")
        return
    count = sum(planned(result, scope).values())
    output.note(f"{output.counted(count, 'finding')} would be known, in {PATH}.")


def show_changes(changes: Sequence[FileChange]) -> None:
    """What `kb rename` or `kb retire` would change, file by file."""
    from difflib import unified_diff

    for item in changes:
        moved = f" -> {item.new_path}" if item.new_path != item.path else ""
        output.say(f"{item.path}{moved}")
        lines = unified_diff(item.before.splitlines(), item.after.splitlines(), n=0, lineterm="")
        for line in list(lines)[2:]:
            output.say(f"  {line}")


def explain(code: str) -> None:
    """A rule's reason and examples. Raises UsageError for a code that no rule has."""
    from cannery.check.rule import shown
    from cannery.check.runner import rule_of

    rule = rule_of(code)
    output.say(output.style(rule.code, bold=True))
    output.say(rule.why)
    for word, files in (("Wrong", rule.wrong), ("Right", rule.right)):
        for path, text in files.items():
            output.say(output.style(f"\n{word}: kb/{path}", bold=True))
            output.say("\n".join(f"    {line}" for line in shown(text).splitlines()))
    output.say(output.style("\nTo allow it", bold=True))
    output.say(f"    <!-- kb allow: {code} because REASON -->")
    output.say("Put this on the line of the problem or the line before. Use `kb allow file:` for a")
    output.say(
        "whole file, a YAML comment in front matter, and {% comment %} in a macro. To allow it"
    )
    output.say("in every file, add to kb/kb.toml:")
    output.say(f'    [check.allow]\n    {code} = "REASON"')
    output.say('or for some files [check.allow."kb/articles/old/**"], a pattern as in .gitignore.')


def propose_synonyms(form: CheckFormat) -> None:
    """Groups that are proposed for synonyms.yml, as its lines. Raises UsageError for a report."""
    from cannery.cli.progress import shown
    from cannery.errors import UsageError
    from cannery.operations.propose_synonyms import proposed_synonyms
    from cannery.workspace import open_workspace

    if form not in (CheckFormat.TEXT, CheckFormat.JSON):
        raise UsageError("--synonyms reports no findings", "Use it alone, or with --json.")
    workspace = open_workspace(Path.cwd(), to_read=True)
    with shown() as listener:
        found = proposed_synonyms(workspace, listener)
    if form is CheckFormat.JSON:
        output.as_json([item._asdict() for item in found])
        return
    for item in found:
        count = output.style(f"  # in {item.entries} entries", dim=True)
        output.say(f"- [{item.word}, {item.other}]", count)
    advice = "Add those that fit to kb/synonyms.yml." if found else "No two words stand out."
    output.note(advice)
