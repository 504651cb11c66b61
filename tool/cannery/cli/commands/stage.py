"""`kb stage`: the pages of a site, for a generator to build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.model.entry import Audience


def stage(
    folder: Annotated[Path, typer.Argument(help="Where to put them.")] = Path(".site"),
    audience: Annotated[
        Audience, typer.Option(help="Whose pages: public ones only, or internal ones too.")
    ] = Audience.PUBLIC,
) -> None:
    """Put the pages that an audience may see into a folder, with pictures, search and theme.

    Macros are on internal sites only. A link to what the audience can't open is an error.

    Example: kb stage .site --audience internal && mkdocs build
    """
    from cannery.cli.commands.site import uncleaned
    from cannery.cli.staging import stage_whole
    from cannery.workspace import open_workspace

    made, written = stage_whole(open_workspace(Path.cwd()), folder, audience)
    uncleaned([f"{name} ({why})" for name, why in made.assets.items() if why])
    said = (
        f"{output.counted(made.pages, 'page')} and {output.counted(len(made.assets), 'other file')}"
    )
    output.note(f"{said} for the {audience.value} site in {folder}; {written} files were written.")
