"""`kb export`: macros and articles as files of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names, language_names

if TYPE_CHECKING:
    from cannery.operations.export import Exported
    from cannery.workspace import Workspace


def _formats(incomplete: str) -> list[str]:
    from cannery.operations.export import format_names

    return [name for name in format_names() if name.startswith(incomplete)]


Format = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT",
        help="espanso, vscode, textexpander, csv, json or okf.",
        autocompletion=_formats,
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ENTRY|SECTION]...", help="Only these; otherwise all.", autocompletion=entry_names
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="The file to write, or the folder of okf. Default: stdout."),
]
Language = Annotated[
    str,
    typer.Option(metavar="LANG", help="Only this language.", autocompletion=language_names),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Replace existing files without asking.")]


def export(
    format_: Format,
    names: Names = None,
    out: Out = None,
    language: Language = "",
    yes: Yes = False,
) -> None:
    """Export macros to another program's format.

    espanso, Visual Studio Code and TextExpander ask for the fields; csv is a table, json has all
    that macros say. okf writes articles too, as a folder in Open Knowledge Format. What can't be
    taken over is listed. Drafts and retired entries are left out.

    Example: kb export espanso -o ~/.config/espanso/match/cannery.yml
    """
    from cannery.cli.import_report import loss_lines
    from cannery.cli.progress import shown
    from cannery.errors import UsageError
    from cannery.operations.export import ExportQuery
    from cannery.operations.export import export as run
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    with shown() as listener:
        exported = run(workspace, ExportQuery(format_, tuple(names or ()), language), listener)
    if out is None:
        if not exported.file:
            raise UsageError(f"{format_} is a folder of files", "Name one: --out FOLDER.")
        output.payload(exported.files[exported.file])
    else:
        _save(workspace, out, exported, asks=not yes)
        output.note(f"Exported {output.counted(exported.entries, 'entry', 'entries')} to {out}.")
    if exported.losses:
        output.note(f"Not taken over as it was: {len(exported.losses)}")
        for line in loss_lines(exported.losses):
            output.note(f"  {line}")


def _save(workspace: Workspace, out: Path, exported: Exported, *, asks: bool) -> None:
    """Write the files. Raises CanneryError, and Abort if the user keeps those that are there."""
    from cannery.errors import CanneryError
    from cannery.operations.export import existing, refuse_place, save

    refuse_place(workspace, out, exported)
    replaced = existing(out, exported)
    if replaced and asks:
        what = str(replaced[0]) if len(replaced) == 1 else output.counted(len(replaced), "file")
        output.confirm(f"Replace {what}?", default=False, abort=True)
    try:
        save(out, exported)
    except OSError as error:
        reason = f"{out} can't be written: {error.strerror}"
        raise CanneryError(reason, "Choose another place.") from error
