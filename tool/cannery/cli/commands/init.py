"""`kb init`: a knowledge base of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def init(
    folder: Annotated[
        Path, typer.Argument(help="The folder; created if it doesn't exist.")
    ] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the files without writing them.")
    ] = False,
) -> None:
    """Create a knowledge base: settings, examples, a site, CI checks.

    Existing files are left unchanged.

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
        output.say("created a Git repository")
    output.note(f"Next: cd {folder}, then try `kb find hello` and `kb reply hello`.")
