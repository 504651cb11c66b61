"""Serve a site on this machine, and build it again when the content changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Protocol

from cannery.content.builder_file import config_name
from cannery.content.files import content_folders
from cannery.content.kept_files import KeptFiles
from cannery.model.entry import Audience
from cannery.model.event import Listener, ignore
from cannery.operations.build_site import BuiltSite, Mode, build_site
from cannery.site.generator import server_for
from cannery.workspace import Workspace, open_workspace


class Wanted(NamedTuple):
    """The site to serve, and the local port to serve it on; `lenient` as in `Mode`."""

    audience: Audience
    port: int
    lenient: bool = False


class Server(Protocol):
    """A server that is yet to be started."""

    url: str

    def serve(self) -> None: ...


@contextmanager
def served_site(
    workspace: Workspace,
    wanted: Wanted,
    rebuild: Callable[[Callable[[], BuiltSite]], None],
    listener: Listener = ignore,
) -> Iterator[Server]:
    """Build a site into a temporary folder; a server of it, for this machine alone.

    When the content changes, the server calls `rebuild` with a function that builds again and
    raises as `build_site` does; if it raises, the site stays as it was.
    """
    with TemporaryDirectory(prefix=f"kb-site-{os.getpid()}-") as folder:
        target = Path(folder) / "site"
        stage = Path(folder) / "stage"  # kept for a build's target, which is gone with the server
        first = Mode(lenient=wanted.lenient, files=KeptFiles(), stage=stage)
        build_site(workspace, wanted.audience, target, listener, first)

        def build() -> BuiltSite:
            mode = first._replace(alone=True)
            present = open_workspace(workspace.root)
            return build_site(present, wanted.audience, target, listener, mode)

        root = workspace.root
        watched = (*content_folders(workspace), root / config_name(root))
        with server_for(watched, target, wanted.port, lambda: rebuild(build), listener) as server:
            yield server
