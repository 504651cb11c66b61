"""`kb site`: the help centre and the internal site, built or served."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.model.entry import Audience

if TYPE_CHECKING:
    from cannery.workspace import Workspace


_SHOWN = 10  # files that are named


class Action(StrEnum):
    BUILD = "build"
    SERVE = "serve"


def site(
    action: Annotated[Action, typer.Argument(help="Build its files, or serve it while you write.")],
    audience: Annotated[
        Audience, typer.Option(help="Whose site: public, or internal with the macros.")
    ] = Audience.PUBLIC,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where to build; mkdocs.yml says, else.")
    ] = None,
    port: Annotated[int, typer.Option(help="Where to serve, on this machine.")] = 8000,
    json: Annotated[bool, typer.Option("--json", help="What was built, as JSON.")] = False,
) -> None:
    """Build the site, or serve it and build again what you change.

    Pages that are as they were are not built again. A public site is looked through for words that
    only internal entries have.

    Example: kb site build --audience internal --out /srv/help
    """
    try:
        from cannery import mkdocs_plugin  # noqa: F401 - MkDocs is an extra
    except ImportError as error:
        from cannery.errors import SiteError

        hint = 'Install it with `pip install "cannery[site]"`.'
        raise SiteError(f"the site's generator is not there: {error}", hint) from error
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if action is Action.SERVE:
        _serve(workspace, audience, port)
    else:
        _build(workspace, audience, out, json=json)


def _build(workspace: Workspace, audience: Audience, out: Path | None, *, json: bool) -> None:
    from cannery.cli.sitebuild import build_site

    start = time.monotonic()
    built = build_site(workspace, audience, out)
    seconds = time.monotonic() - start
    uncleaned(built.uncleaned)
    if json:
        output.as_json(
            {
                "folder": str(built.folder),
                "audience": audience.value,
                "pages": built.pages,
                "built": built.fresh,
                "seconds": round(seconds, 2),
            }
        )
        return
    pages = output.counted(built.pages, "page")
    output.note(f"{pages} in {built.folder}, {built.fresh} of them built now, in {seconds:.1f} s.")


def uncleaned(files: Sequence[str]) -> None:
    """Say which files are on a site just as their makers left them."""
    if not files:
        return
    named = ", ".join(files[:_SHOWN])
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    output.note(f"Served with whatever their makers wrote into them: {named}{more}.")


def _serve(workspace: Workspace, audience: Audience, port: int) -> None:
    """Until ^C. A fault in the content is told, and the site stays as it was before it."""
    from tempfile import TemporaryDirectory

    from cannery.cli.app import told
    from cannery.cli.sitebuild import build_site
    from cannery.mkdocs_plugin import server_for
    from cannery.workspace import open_workspace

    with TemporaryDirectory(prefix=f"kb-site-{os.getpid()}-") as folder:
        target = Path(folder) / "site"
        build_site(workspace, audience, target)

        def again() -> None:
            try:
                built = build_site(open_workspace(workspace.root), audience, target, alone=True)
                output.note(f"{output.counted(built.fresh, 'page')} built again.")
            except Exception as error:  # noqa: BLE001 - the boundary: the server goes on
                told(error)

        server = server_for(workspace.root, target, port, again)
        output.note(f"The {audience.value} site is at {server.url} until you press ^C.")
        try:
            server.serve()
        except KeyboardInterrupt:
            output.note("")
        finally:
            server.shutdown()
