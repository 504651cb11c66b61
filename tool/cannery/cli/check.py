"""`kb check`: what is wrong with the content."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.place import Severity


def check(
    json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON.")] = False,
) -> None:
    """Check every article and macro; exit 1 when there is an error.

    Example: kb check
    """
    from cannery.check.rules import Checked, run
    from cannery.content.files import scan
    from cannery.content.library import load_each, shelve
    from cannery.content.links import article_url
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    found = scan(workspace)
    loads = output.progress(load_each(workspace, found.stamps), len(found.stamps), "Reading")
    shelf = shelve(loads, found.problems)
    lookup = article_url(workspace, found, workspace.settings.default_language)
    problems = run(Checked(workspace, found, shelf, lookup))
    errors = sum(item.severity is Severity.ERROR for item in problems)
    if json:
        output.as_json([item._asdict() for item in problems])
    else:
        output.problems(problems)
        warnings = len(problems) - errors
        output.note(f"{len(shelf.entries)} entries: {errors} errors, {warnings} warnings.")
    if errors:
        raise typer.Exit(1)
