"""`kb site`: the help centre and the internal site, built or served."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cannery.cli import output
from cannery.cli.options import LenientOption
from cannery.model.entry import Audience

if TYPE_CHECKING:
    from cannery.operations.build_site import BuiltSite
    from cannery.workspace import Workspace


class Action(StrEnum):
    BUILD = "build"
    SERVE = "serve"


def site(
    action: Annotated[
        Action, typer.Argument(help="Build the files, or serve the site while you write.")
    ],
    audience: Annotated[
        Audience, typer.Option(help="The audience: public, or internal with macros.")
    ] = Audience.PUBLIC,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Output folder. Default: site_dir in mkdocs.yml."),
    ] = None,
    port: Annotated[int, typer.Option(help="The local port to serve on.")] = 8000,
    lenient: LenientOption = False,
    offline: Annotated[
        bool,
        typer.Option(
            "--offline", help="Write a copy that opens from a disk, into the folder of --out."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Build the site, or serve it and rebuild what you change.

    Only changed pages are built. What can't be on the site, such as a broken link, is an error; all
    errors are told at once. With --lenient it is left out, marked on its page and listed. A public
    site with a link to internal entries, or with words that only they have, is always refused.

    Example: kb site build --audience internal --out /srv/help
    """
    from cannery.cli.site_report import require_mkdocs
    from cannery.workspace import open_workspace

    require_mkdocs()
    workspace = open_workspace(Path.cwd())
    if action is Action.SERVE:
        _serve(workspace, audience, port, lenient=lenient)
    else:
        _build(workspace, _Build(audience, out, lenient, offline), json=json)


class _Build(NamedTuple):
    audience: Audience
    out: Path | None
    is_lenient: bool
    is_offline: bool


def _build(workspace: Workspace, wanted: _Build, *, json: bool) -> None:
    from cannery.cli.progress import shown
    from cannery.cli.site_report import show_built
    from cannery.errors import UsageError
    from cannery.operations.build_site import Mode, build_site
    from cannery.operations.offline_site import build_offline

    audience, out, is_lenient, is_offline = wanted
    if is_offline and out is None:
        raise UsageError("--offline needs a folder of its own", "Add --out FOLDER.")
    mode = Mode(lenient=is_lenient)
    start = time.monotonic()
    with shown() as listener:
        if is_offline and out is not None:
            built = build_offline(workspace, audience, out, listener, mode)
        else:
            built = build_site(workspace, audience, out, listener, mode)
    show_built(built, audience, time.monotonic() - start, json=json)


def _serve(workspace: Workspace, audience: Audience, port: int, *, lenient: bool) -> None:
    """Until ^C. A fault in the content is told, and the site stays as it was before it."""
    from cannery.cli.progress import shown
    from cannery.operations.serve_site import Wanted, served_site

    wanted = Wanted(audience, port, lenient)
    with shown() as show, served_site(workspace, wanted, _rebuild, show) as server:
        output.note(f"Serving the {audience.value} site at {server.url} (Ctrl+C to stop).")
        try:
            server.serve()
        except KeyboardInterrupt:
            output.note("")


def _rebuild(build: Callable[[], BuiltSite]) -> None:
    from cannery.cli.boundary import report_error
    from cannery.cli.site_report import show_left_out

    try:
        built = build()
        show_left_out(built.problems, built.warnings)
        output.note(f"Rebuilt {output.counted(built.rebuilt, 'page')}.")
    except Exception as error:  # noqa: BLE001 - as in main(): any error is shown, and the server goes on
        report_error(error)
