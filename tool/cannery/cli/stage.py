"""`kb stage`: the pages of a site, for MkDocs to build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.model import Audience


def stage(
    folder: Annotated[Path, typer.Argument(help="Where to put the pages.")] = Path(".site"),
    audience: Annotated[
        Audience, typer.Option(help="Whose pages: public ones only, or internal ones too.")
    ] = Audience.PUBLIC,
) -> None:
    """Put the articles that an audience may see into a folder, with the pictures they use.

    Macros are never among them. A link to what the audience can't open is an error.

    Example: kb stage .site --audience public && mkdocs build
    """
    from cannery.content.files import scan
    from cannery.content.library import load_each, shelve
    from cannery.site.stage import stage as put
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    found = scan(workspace)
    loads = output.progress(load_each(workspace, found.stamps), len(found.stamps), "Reading")
    done = put(workspace, shelve(loads, found.problems), folder, audience)
    said = f"{output.counted(done.pages, 'page')} and {output.counted(done.assets, 'other file')}"
    output.note(f"{said} for the {audience.value} site in {folder}.")
