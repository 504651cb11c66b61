"""`kb insight watch`: what is beyond its threshold becomes an issue."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.progress import shown

if TYPE_CHECKING:
    from cannery.operations.insight_watch import Told, Watch


def watch(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what is beyond its threshold, and open nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Compare each measure's last month with its threshold.

    That is the last complete month, and [insight.thresholds] of kb.toml. What is beyond it with
    all of its interval becomes an issue on the team's host, unless one is open. Without a host or
    a token the exit code is 1 where anything is beyond.

    Example: kb insight watch --yes
    """
    from cannery.operations.insight_watch import look_out, report_breaches
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    found = look_out(workspace)
    if not json:
        _show(found)
    told: list[Told] = []
    if found.breaches and not dry_run:
        if not yes and sys.stdin.isatty():
            count = output.counted(len(found.breaches), "issue")
            output.confirm(f"Open {count} unless they are open?", default=True, abort=True)
        with shown() as listener:
            told = list(report_breaches(workspace, found, listener))
    _report(found, told, json=json)
    if any(not each.url for each in told):
        raise typer.Exit(1)


def _show(found: Watch) -> None:
    from cannery.operations.insight_watch import figure_of

    for each in found.watched:
        state = "beyond" if each.is_breached else "within"
        when = each.month or "all data"
        name = each.report.measure.name
        output.say(f"{name}  {figure_of(each)}  {state} {each.threshold.written}  ({when})")
    for name in found.untold:
        output.note(f"{name}: the data tell nothing of it.")


def _report(found: Watch, told: list[Told], *, json: bool) -> None:
    urls = {each.breach.title: each for each in told}
    if json:
        output.as_json(
            {
                "watched": [
                    {
                        "measure": each.report.measure.name,
                        "threshold": each.threshold.written,
                        "month": each.month,
                        **each.figure._asdict(),
                        "is_breached": each.is_breached,
                    }
                    for each in found.watched
                ],
                "untold": list(found.untold),
                "issues": [
                    {"title": title, "url": each.url, "is_new": each.is_new}
                    for title, each in urls.items()
                ],
            }
        )
        return
    for title, each in urls.items():
        what = "Opened" if each.is_new else "Open already:" if each.url else "Not reported:"
        output.note(f"{what} {each.url or title}")
