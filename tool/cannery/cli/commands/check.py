"""`kb check`: what is wrong with the content."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli.report import CheckFormat
from cannery.model.location import Severity


def rule_codes(incomplete: str) -> list[str]:
    from cannery.check.runner import RULES

    return sorted(rule.code for rule in RULES if rule.code.startswith(incomplete))


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Tell only of these files and folders; all are read all the same."),
    ] = None,
    form: Annotated[CheckFormat, typer.Option("--format", "-f", help="How to tell.")] = (
        CheckFormat.TEXT
    ),
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    since: Annotated[
        str, typer.Option(metavar="REF", help="Tell only of files changed since this revision.")
    ] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what a machine can.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --fix: show the changes, and make none.")
    ] = False,
    explain: Annotated[
        str,
        typer.Option(metavar="RULE", help="What a rule is for.", autocompletion=rule_codes),
    ] = "",
) -> None:
    """Check every article and macro; exit 1 when there is an error.

    A problem can be allowed where it stands, with the reason: see `kb check --explain heading`.

    Example: kb check --since origin/main
    """
    from cannery.cli import report

    if explain:
        report.explain(explain)
        return
    from cannery.cli.progress import shown
    from cannery.errors import UsageError
    from cannery.operations import check as operation
    from cannery.operations.selection import chosen_paths
    from cannery.workspace import open_workspace

    if dry_run and not fix:
        raise UsageError("--dry-run shows what --fix would do", "Add --fix.")
    workspace = open_workspace(Path.cwd())
    chosen = chosen_paths(workspace.root, paths or [], since)
    with shown() as listener:
        if fix and not dry_run:
            result = operation.fix(workspace, chosen, listener)
        else:
            result = operation.check(workspace, listener)
    if dry_run:
        report.show_fixes([*operation.fixes(workspace, result, chosen)])
        return
    problems = [item for item in result.problems if chosen(item.path)]
    form = CheckFormat.JSON if json else form
    report.show_problems(problems, form)
    if form is CheckFormat.TEXT:
        report.show_totals(result, problems)
    if any(item.severity is Severity.ERROR for item in problems):
        raise typer.Exit(1)
