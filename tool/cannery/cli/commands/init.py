"""`kb init`: a knowledge base of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def init(
    folder: Annotated[Path, typer.Argument(help="Where; made if it is not there.")] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")
    ] = False,
) -> None:
    """Start a knowledge base: settings, one example of each kind, a site, checks on every change.

    A file that is there already is never touched.

    Example: kb init support-kb
    """
    from cannery.git.state import start
    from cannery.starter import starter_files, sweep, write_file

    wanted = starter_files(folder)
    if not dry_run:
        sweep(folder, wanted)
    for file in wanted:
        if file.exists:
            output.note(f"kept    {file.path}")
            continue
        if not dry_run:
            write_file(folder, file)
        output.say(f"{'would write' if dry_run else 'wrote'}   {file.path}")
    if dry_run:
        return
    if start(folder):
        output.say("made a Git repository")
    output.note(f"Next: cd {folder}, then kb find hello, and kb reply hello.")
