"""`kb insight site`: the figures as pages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer


def site(
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Output folder. Default: .site/insight."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Write the figures as a site, in each language.

    A page for each measure has charts, tables and the definition.
    `kb site build --audience internal` has the same pages as a section. No public site has them.

    Example: kb insight site --out /srv/figures
    """
    from cannery.cli.progress import shown
    from cannery.cli.site_report import require_mkdocs, show_built
    from cannery.model.entry import Audience
    from cannery.workspace import open_workspace

    require_mkdocs()
    from cannery.operations.insight_site import build_insight_site

    workspace, start = open_workspace(Path.cwd()), time.monotonic()
    with shown() as listener:
        built = build_insight_site(workspace, out, listener)
    show_built(built, Audience.INTERNAL, time.monotonic() - start, json=json)
