"""`kb insight import`: events of tickets, from a file or from a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output, progress, prompts
from cannery.cli.completers import desks_or_files

if TYPE_CHECKING:
    from cannery.operations.insight_import import Imported


Source = Annotated[
    str,
    typer.Argument(
        metavar="FILE|DESK",
        help="An export, or a desk of kb.toml to ask.",
        autocompletion=desks_or_files,
    ),
]
Name = Annotated[
    str,
    typer.Option(
        "--source", metavar="NAME", help="What the tickets are of; for a second desk's exports."
    ),
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Don't ask what the columns of a CSV are for.")
]
Texts = Annotated[
    bool, typer.Option("--texts", help="Keep subject lines too, masked, for `kb insight gaps`.")
]


def import_(
    source: Source,
    name: Name = "",
    yes: Yes = False,
    texts: Texts = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read all, and keep nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Read events of tickets: no names, addresses or texts.

    Subject lines are kept only if asked for, for as many days as your [memory] allows.

    Example: kb insight import tickets.csv
    """
    from cannery.cli.insight_columns import ask_columns
    from cannery.operations.insight_columns import keep_columns
    from cannery.operations.insight_import import ImportRequest, import_events
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    asks = not yes and prompts.can_ask(stdin_taken=False)
    columns = ask_columns(workspace, Path(source)) if asks else {}
    request = ImportRequest(source, name, columns, has_texts=texts, is_dry=dry_run)
    with progress.shown() as listener:
        if columns and not dry_run:
            keep_columns(workspace, columns, listener)
            output.note("Kept in [insight.columns] of kb.toml: it is not asked again.")
        found = import_events(workspace, request, listener)
    if json:
        output.as_json({**_as_json(found), "dry_run": dry_run})
        return
    _show(found, Path(source).name, dry_run=dry_run)


def _show(found: Imported, file: str, *, dry_run: bool) -> None:
    reading = found.reading
    for fault in reading.faults:
        output.note(f"{file}:{fault.line}: {fault.why}" if fault.line else f"{file}: {fault.why}")
    if reading.left_out:
        output.note(f"{output.counted(reading.left_out, 'row')} left out.")
    for text in reading.notes:
        output.note(f"{text}.")
    output.note(_summary(found))
    if dry_run:
        output.note("Nothing was kept: this was a dry run.")


def _summary(found: Imported) -> str:
    counts = found.added.counts
    first, *others = [fate for fate in _FATES if counts[fate]] or [""]
    if not first:
        return "No tickets came in."
    pieces = [
        f"{output.counted(counts[first], 'ticket')} {_FATES[first]}",
        *(f"{counts[fate]:,} {_FATES[fate]}" for fate in others),
    ]
    if not (counts["new"] or counts["changed"] or counts["events"]):
        return f"Nothing changed in {found.name}: {', '.join(pieces)}."
    more = output.counted(counts["events"], "event")
    return f"{found.name}: {', '.join(pieces)}; {more} added."


_FATES = {
    "new": "new",
    "changed": "changed",
    "added": "with additions",
    "same": "as they were",
    "older": "older than what is known",
    "double": "more than once",
}


def _as_json(found: Imported) -> dict[str, object]:
    counts, reading = found.added.counts, found.reading
    return {
        "source": found.name,
        **{fate: counts[fate] for fate in (*_FATES, "events")},
        "left_out": reading.left_out,
        "faults": [fault._asdict() for fault in reading.faults],
        "notes": reading.notes,
        "ends_at": found.added.ends_at,
    }
