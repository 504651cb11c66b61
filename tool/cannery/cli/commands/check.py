"""`kb check`: what is wrong with the content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli.report import CheckFormat
from cannery.model.location import Severity

if TYPE_CHECKING:
    from cannery.operations.check import CheckResult
    from cannery.workspace import Workspace


def rule_codes(incomplete: str) -> list[str]:
    from cannery.check.runner import RULES

    return sorted(rule.code for rule in RULES if rule.code.startswith(incomplete))


PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(help="Only report these files and folders. All files are still read."),
]
FormatOption = Annotated[CheckFormat, typer.Option("--format", "-f", help="Output format.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Same as --format json.")]
SinceOption = Annotated[
    str, typer.Option(metavar="REF", help="Only report files changed since this revision.")
]
FixOption = Annotated[bool, typer.Option("--fix", help="Fix what can be fixed automatically.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="With --fix: show the changes without making them.")
]
ExplainOption = Annotated[
    str,
    typer.Option(metavar="RULE", help="Explain a rule, with examples.", autocompletion=rule_codes),
]


def check(
    paths: PathsArgument = None,
    form: FormatOption = CheckFormat.TEXT,
    json: JsonOption = False,
    since: SinceOption = "",
    fix: FixOption = False,
    dry_run: DryRunOption = False,
    explain: ExplainOption = "",
) -> None:
    """Check every article and macro; exit with 1 if there are errors.

    To allow a finding, give the reason next to it: see `kb check --explain heading`.

    Example: kb check --since origin/main
    """
    from cannery.cli import report
    from cannery.errors import UsageError
    from cannery.operations.selection import chosen_paths
    from cannery.workspace import open_workspace

    if explain:
        report.explain(explain)
        return
    if dry_run and not fix:
        raise UsageError("--dry-run needs --fix", "Run `kb check --fix --dry-run`.")
    workspace = open_workspace(Path.cwd(), to_read=True)
    chosen = chosen_paths(workspace.root, paths or [], since)
    result = _result(workspace, chosen, fix=fix and not dry_run)
    if dry_run:
        report.show_fixes(workspace, result, chosen)
        return
    findings = result.within(chosen)
    report.show_findings(findings, CheckFormat.JSON if json else form)
    if any(item.severity is Severity.ERROR for item in findings.problems):
        raise typer.Exit(1)


def _result(workspace: Workspace, chosen: Callable[[str], bool], *, fix: bool) -> CheckResult:
    from cannery.cli.progress import shown
    from cannery.operations import check as operation

    with shown() as listener:
        if fix:
            return operation.fix(workspace, chosen, listener)
        return operation.check(workspace, listener)
