"""`kb import`: the canned replies of another program as macros."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import language_names, section_names

if TYPE_CHECKING:
    from cannery.operations.import_plan import Decisions, ImportPlan
    from cannery.operations.import_replies import ImportQuery, Survey
    from cannery.workspace import Workspace

_NEXT = "Next: kb check, then kb propose."


def _formats(incomplete: str) -> list[tuple[str, str]]:
    """The formats that a shell completes, each with what it is."""
    from cannery.exchange.table import abouts

    return [(name, about) for name, about in abouts().items() if name.startswith(incomplete)]


Source = Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="What to import.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="NAME",
        help="The format. Detected from the content if omitted.",
        autocompletion=_formats,
    ),
]
Into = Annotated[
    str,
    typer.Option(metavar="SECTION", help="The folder below macros/.", autocompletion=section_names),
]
Language = Annotated[
    str,
    typer.Option(
        metavar="LANG",
        help="The language of all texts. Detected from names and texts if omitted.",
        autocompletion=language_names,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be imported.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Import without asking.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def import_(
    source: Source,
    format_: Format = "",
    into: Into = "",
    language: Language = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Import canned replies from another program.

    Each reply becomes a macro: placeholders become fields, names and numbers of customers too.
    Languages are paired by name, duplicates are left out, and a reply with a secret is refused.
    What can't be taken over is listed. Importing a file again changes nothing. To undo, run
    `kb undo`.

    Example: kb import espanso/match --into snippets --dry-run
    """
    from cannery.cli.import_questions import decide
    from cannery.cli.progress import shown
    from cannery.cli.prompts import can_ask
    from cannery.operations.import_plan import plan, save
    from cannery.operations.import_replies import ImportQuery
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    query = ImportQuery(source, format_, into, language)
    asks = not (yes or dry_run or json) and can_ask(stdin_taken=False)
    found = _survey(workspace, query, resumes=not dry_run)
    decisions = decide(found, asks=asks)
    planned = plan(workspace, found, decisions)
    _show(found, planned, decisions, as_json=json)
    if asks and planned.files:
        _confirm(len(planned.files))
    if not dry_run:
        with shown() as listener:
            save(workspace, found, planned, listener)
    if not json:
        _note_result(len(planned.files), dry_run=dry_run)


def _survey(workspace: Workspace, query: ImportQuery, *, resumes: bool) -> Survey:
    """What there is to import; with `resumes`, after what a killed import has left is settled."""
    from cannery.cli.progress import shown
    from cannery.operations.import_plan import recover
    from cannery.operations.import_replies import survey

    with shown() as listener:
        if resumes:
            recover(workspace, listener)
        return survey(workspace, query, listener)


def _show(found: Survey, planned: ImportPlan, decisions: Decisions, *, as_json: bool) -> None:
    from cannery.cli.import_report import as_data, show

    if as_json:
        output.as_json(as_data(found, planned, decisions))
    else:
        show(found, planned)


def _confirm(files: int) -> None:
    """Raises Abort if the user says no."""
    output.confirm(f"Write {output.counted(files, 'file')}?", default=True, abort=True)


def _note_result(macros: int, *, dry_run: bool) -> None:
    if macros:
        count = output.counted(macros, "macro")
        output.note(f"Would import {count}." if dry_run else f"Imported {count}. {_NEXT}")
