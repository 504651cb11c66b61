"""`kb stage`: the pages of a site, for a generator to build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import LenientOption
from cannery.model.entry import Audience


def stage(
    folder: Annotated[Path, typer.Argument(help="The folder to write to.")] = Path(".site"),
    audience: Annotated[
        Audience, typer.Option(help="The audience: public pages only, or internal ones too.")
    ] = Audience.PUBLIC,
    lenient: LenientOption = False,
) -> None:
    """Write the pages of a site to a folder, for MkDocs to build.

    Images, search and theme come with them. Macros are on internal sites only. A link that the
    audience can't open is an error.

    Example: kb stage .site --audience internal && mkdocs build
    """
    from cannery.cli.progress import shown
    from cannery.cli.site_report import show_left_out, show_uncleaned
    from cannery.operations.stage import stage_site
    from cannery.workspace import open_workspace

    with shown() as listener:
        staged, written = stage_site(
            open_workspace(Path.cwd()), folder, audience, listener, lenient=lenient
        )
    show_uncleaned([f"{name} ({why})" for name, why in staged.assets.items() if why])
    show_left_out(staged.problems)
    pages = output.counted(staged.pages, "page")
    others = output.counted(len(staged.assets), "other file")
    target = f"the {audience.value} site in {folder}"
    output.note(f"Staged {pages} and {others} for {target}; {written} written.")
