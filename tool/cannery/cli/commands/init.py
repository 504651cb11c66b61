"""`kb init`: a knowledge base of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import starter_languages

if TYPE_CHECKING:
    from cannery.operations.start import Beginning


def init(
    folder: Annotated[
        Path, typer.Argument(help="The folder; created if it doesn't exist.")
    ] = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG",
            help="A language, en or ja; the first is the default.",
            autocompletion=starter_languages,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the files without writing them.")
    ] = False,
) -> None:
    """Create a knowledge base: settings, examples, a site, CI checks.

    In a repository, the files for its host go to its top. Existing files are left unchanged.

    Example: kb init support-kb --lang ja --lang en
    """
    from cannery.operations.start import begin, plan

    asked = [word.strip() for item in lang or () for word in item.split(",")]
    planned = plan(folder, [word for word in asked if word])
    made = False if dry_run else begin(planned)
    _list(planned, "would write" if dry_run else "wrote")
    if dry_run:
        return
    if made:
        output.say("created a Git repository")
    go = "" if folder.resolve() == Path.cwd().resolve() else f"cd {folder}, then "
    output.note(f"Next: {go}try `kb find hello` and `kb reply hello`.")


def _list(planned: Beginning, verb: str) -> None:
    """The files, those for the repository's host by their names from its top."""
    from cannery.operations.start import not_ignored

    is_inner = False
    for file in planned.files:
        path = file.path
        while path.startswith("../"):
            path, is_inner = path.removeprefix("../"), True
        if file.exists:
            output.note(f"kept    {path}")
        else:
            output.say(f"{verb}   {path}")
    if is_inner:
        output.note(f"The files below .github are in {planned.top}.")
    if missing := not_ignored(planned):
        output.note(f"Add to .gitignore, so that nothing built is committed: {' '.join(missing)}")
