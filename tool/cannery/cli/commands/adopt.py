"""`kb adopt`: a knowledge base of what another tool has laid out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def adopt(
    folder: Annotated[
        Path, typer.Argument(metavar="[PATH]", help="The repository or folder.")
    ] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done without doing it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the plan as JSON; with --yes, carry it out.")
    ] = False,
) -> None:
    """Make a knowledge base of another tool's folder.

    MkDocs, Docusaurus, Hugo, Jekyll, Starlight, VitePress, GitBook, Obsidian or plain Markdown. The
    pages stay where they are and keep their own build: kb/kb.toml names their folders, languages
    and front matter. Existing files are left unchanged. Run it again to see what is new. To undo,
    run `kb undo`.

    Example: kb adopt ../handbook --dry-run
    """
    from cannery.cli.adoption import plan_data, show_plan, show_survey
    from cannery.cli.progress import shown
    from cannery.operations.adopt import adopt as carry_out
    from cannery.operations.adopt import plan_adoption

    with shown() as listener:
        planned = plan_adoption(folder, listener)
        if json:
            output.as_json(plan_data(planned))
        else:
            show_survey(planned.survey)
            show_plan(planned)
        is_idle = planned.news is not None or all(file.exists for file in planned.files)
        if dry_run or is_idle or (json and not yes):
            return
        if not yes and sys.stdin.isatty():
            output.confirm("Carry it out?", default=True, abort=True)
        carry_out(planned, listener)
    output.note(f"Adopted {planned.survey.root}. Next: `kb check`, then `kb find`.")
