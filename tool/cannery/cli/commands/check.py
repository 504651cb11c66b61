"""`kb check`: what is wrong with the content."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cannery.cli.report import CheckFormat
from cannery.model.location import Severity

if TYPE_CHECKING:
    from cannery.check.scope import Scope
    from cannery.model.event import Listener
    from cannery.operations.check import CheckResult, Findings
    from cannery.workspace import Workspace


def rule_codes(incomplete: str) -> list[str]:
    from cannery.check.runner import RULES

    return sorted(rule.code for rule in RULES if rule.code.startswith(incomplete))


def listed_codes(incomplete: str) -> list[str]:
    """The last one of several codes with commas between them, after the ones before it."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{code}" for code in rule_codes(last)]


PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(help="Only report these files and folders. All files are still read."),
]
FormatOption = Annotated[CheckFormat, typer.Option("--format", "-f", help="Output format.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Same as --format json.")]
SinceOption = Annotated[
    str, typer.Option(metavar="REF", help="Only report files changed since this revision.")
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE,...", help="Only report these rules.", autocompletion=listed_codes),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE,...", help="Don't report these rules.", autocompletion=listed_codes),
]
FixOption = Annotated[bool, typer.Option("--fix", help="Fix what can be fixed automatically.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="With --fix or --baseline: show what would change.")
]
StatisticsOption = Annotated[
    bool,
    typer.Option("--statistics", help="Show each rule's counts and worst files on one screen."),
]
LinksOption = Annotated[
    bool, typer.Option("--links", help="Also ask the web addresses that entries link to.")
]
BaselineOption = Annotated[
    bool | None,
    typer.Option(
        "--baseline/--no-baseline",
        help="Keep today's findings in kb/baseline.txt, and only report new ones; or report all.",
    ),
]
ExplainOption = Annotated[
    str,
    typer.Option(metavar="RULE", help="Explain a rule, with examples.", autocompletion=rule_codes),
]
SynonymsOption = Annotated[
    bool,
    typer.Option(
        "--synonyms", help="Propose synonyms: words that are translations in your entries."
    ),
]


_FROM_THE_TOP = (CheckFormat.GITHUB, CheckFormat.SARIF)


def check(
    paths: PathsArgument = None,
    form: FormatOption = CheckFormat.TEXT,
    json: JsonOption = False,
    since: SinceOption = "",
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    fix: FixOption = False,
    dry_run: DryRunOption = False,
    statistics: StatisticsOption = False,
    links: LinksOption = False,
    baseline: BaselineOption = None,
    explain: ExplainOption = "",
    synonyms: SynonymsOption = False,
) -> None:
    """Check every article and macro; exit with 1 if there are errors.

    To allow a finding, give the reason next to it: see `kb check --explain heading`.

    Example: kb check --since origin/main
    """
    from cannery.cli import report

    if explain:
        report.explain(explain)
        return
    if synonyms:
        report.propose_synonyms(CheckFormat.JSON if json else form)
        return
    _refuse_idle(fix=fix, dry_run=dry_run, baseline=baseline)
    form = CheckFormat.JSON if json else form
    rules = _rules(select or (), ignore or (), links=links)
    asked = _Asked(since, rules, form, fix=fix, dry_run=dry_run, links=links, baseline=baseline)
    findings = _findings(paths or [], asked)
    if dry_run:
        return
    show = report.show_statistics if statistics else report.show_findings
    show(findings, asked.form)
    if any(item.severity is Severity.ERROR for item in findings.problems):
        raise typer.Exit(1)


def _refuse_idle(*, fix: bool, dry_run: bool, baseline: bool | None) -> None:
    """Raises UsageError where there is nothing, or more than one thing, to show beforehand."""
    from cannery.errors import UsageError

    if dry_run and fix is (baseline is True):
        hint = "Run `kb check --fix --dry-run` or `kb check --baseline --dry-run`."
        raise UsageError("--dry-run needs either --fix or --baseline", hint)


def _rules(select: Sequence[str], ignore: Sequence[str], *, links: bool) -> Callable[[str], bool]:
    """Whether a rule's code is among the chosen ones. Raises UsageError if they find nothing."""
    from cannery.check.scope import chosen_rules, finds_without_links
    from cannery.errors import UsageError

    rules = chosen_rules(select, ignore)
    if not links and not finds_without_links(rules):
        raise UsageError("these rules need --links", "Run it again with --links.")
    return rules


class _Asked(NamedTuple):
    since: str
    rules: Callable[[str], bool]
    form: CheckFormat
    fix: bool
    dry_run: bool
    links: bool
    baseline: bool | None


def _findings(paths: Sequence[Path], asked: _Asked) -> Findings:
    """What there is to tell of all knowledge bases that the files are in; with `dry_run`, nothing.

    Hosts and pre-commit want paths from the top of the repository.
    """
    from cannery.check.scope import Scope
    from cannery.cli import report
    from cannery.operations.check import Findings
    from cannery.operations.selection import (
        by_knowledge_base,
        chosen_paths,
        path_to,
        repository_above,
    )
    from cannery.workspace import open_workspace

    here = Path.cwd()
    groups = by_knowledge_base(here, paths)
    found = Findings(0, (), {})
    for start, own in groups:
        workspace = open_workspace(start, to_read=True)
        scope = Scope(chosen_paths(workspace.root, own, asked.since), asked.rules)
        result = _result(workspace, scope, asked)
        if asked.dry_run:
            show = report.show_planned if asked.baseline else report.show_fixes
            show(workspace, result, scope)
            continue
        above = None if start == here else here.resolve()
        if len(groups) > 1 or asked.form in _FROM_THE_TOP:
            above = repository_above(workspace.root)
        if not paths:
            _tidy(workspace, result, asked)
        found += result.within(scope).below(path_to(workspace.root, above))
    return found


def _result(workspace: Workspace, scope: Scope, asked: _Asked) -> CheckResult:
    """The findings after what was asked to be done about them."""
    from cannery.cli.progress import shown
    from cannery.operations import check

    with shown() as listener:
        if asked.fix and not asked.dry_run:
            result = check.fix(workspace, scope, listener)
        else:
            result = check.check(workspace, listener)
        if asked.links and not asked.dry_run:
            from cannery.operations.check_links import with_links  # few checks ask other hosts

            result = with_links(result, scope, listener).by(result.baseline)
        return _by_baseline(result, scope, asked, listener)


def _by_baseline(
    result: CheckResult, scope: Scope, asked: _Asked, listener: Listener
) -> CheckResult:
    """The result without a baseline, or with one that is begun, as was asked for."""
    from cannery.check.baseline import PATH, Baseline
    from cannery.errors import ContentError
    from cannery.model.event import Remark
    from cannery.operations.baseline import begin

    if asked.baseline is False:
        return result.by(Baseline())
    if not asked.baseline or asked.dry_run:
        return result
    if result.baseline.is_there:
        if result.problems and not _is_ci():
            listener(Remark(f"{PATH} already exists: nothing is added. To begin again, delete it."))
        return result
    if _is_ci():
        hint = "Run `kb check --baseline` on your machine, and commit the file."
        raise ContentError(f"no {PATH}", hint)
    return begin(result.whole.workspace, result, scope, listener)


def _tidy(workspace: Workspace, result: CheckResult, asked: _Asked) -> None:
    """Shrink the baseline where a person works; a program that checks writes nothing."""
    from cannery.cli.output import counted
    from cannery.cli.progress import shown
    from cannery.model.event import Remark
    from cannery.operations.baseline import shrink

    with shown() as listener:
        if asked.form is CheckFormat.TEXT and not _is_ci():
            shrink(workspace, result, listener)
        elif result.gone:
            count = counted(result.gone, "known finding is", "known findings are")
            listener(Remark(f"{count} gone: `kb check` on your machine takes them out."))


def _is_ci() -> bool:
    """Whether a service runs this: all of them say so in the environment."""
    return os.environ.get("CI", "").casefold() not in ("", "0", "false")
