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
    from cannery.starter import plant, seeds, sweep

    wanted = seeds(folder)
    if not dry_run:
        sweep(folder, wanted)
    for seed in wanted:
        if seed.exists:
            output.note(f"kept    {seed.path}")
            continue
        if not dry_run:
            plant(folder, seed)
        output.say(f"{'would write' if dry_run else 'wrote'}   {seed.path}")
    if dry_run:
        return
    if start(folder):
        output.say("made a Git repository")
    output.note(f"Next: cd {folder}, then kb find hello, and kb reply hello.")
