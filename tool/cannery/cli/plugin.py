"""The plugin `cannery` for MkDocs, and how a build is told which pages to make. MkDocs' only room.

A plain `mkdocs build` or `mkdocs serve` stages by itself. Visibility is decided in the stage: all
that this does is to fill the folder, and to leave alone what is as it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from mkdocs.commands.build import build
from mkdocs.config import base, load_config
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from cannery.errors import CanneryError, SiteError
from cannery.model import Audience

Config = MkDocsConfig


@dataclass(frozen=True)
class Share:
    """The pages that a build makes, by their files; `alone` makes all that is no page, too."""

    pages: frozenset[str]
    alone: bool


_share: list[Share] = []  # of the build that runs: its folder is staged already
_tick: list[Callable[[], None]] = []  # likewise: for each of its pages


class _Options(base.Config):
    audience = options.Choice([item.value for item in Audience], default=Audience.PUBLIC.value)


class CanneryPlugin(BasePlugin[_Options]):
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not _share:
            _stage(config, Audience(self.config.audience))
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        if not _share:
            return files
        share = _share[-1]
        for file in files.documentation_pages():
            wanted = file.src_uri in share.pages
            file.is_modified = lambda wanted=wanted: wanted  # type: ignore[method-assign,misc]
        if not share.alone:
            config.theme.static_templates = set()
            return Files([file for file in files if file.is_documentation_page()])
        return files

    def on_page_content(self, html: str, /, **_: object) -> str:
        for tick in _tick:
            tick()
        return html

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, **_: object
    ) -> LiveReloadServer:
        server.unwatch(config.docs_dir)  # it is written by each build
        server.watch(str(_root(config) / "kb"))
        return server


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _stage(config: MkDocsConfig, audience: Audience) -> None:
    from cannery.cli.staging import PAGES, stage_whole
    from cannery.workspace import open_workspace

    folder = Path(config.docs_dir)
    if folder.name != PAGES:
        raise PluginError(f"docs_dir is {folder}: name the folder {PAGES} of a stage.")
    try:
        stage_whole(open_workspace(_root(config)), folder.parent, audience)
    except CanneryError as error:
        raise PluginError(f"{error.message}\n{error.hint}") from error


def configured(file: Path, site_dir: Path | None) -> MkDocsConfig:
    """The settings of a site's generator. Raises SiteError."""
    named = {"site_dir": str(site_dir)} if site_dir else {}
    try:
        with _told():
            return load_config(str(file), strict=True, **named)
    except (MkDocsException, Abort) as error:
        raise SiteError(f"{file}: {error}", "See https://www.mkdocs.org/user-guide/.") from error


def build_pages(
    config: MkDocsConfig, share: Share, tick: Callable[[], None] = lambda: None
) -> None:
    """Build these pages into the site's folder, and leave the others. Raises SiteError.

    `tick` is called for each.
    """
    _share.append(share)
    _tick[:] = [tick]
    try:
        with _told():
            build(config, dirty=True)
    except (MkDocsException, Abort) as error:
        raise SiteError(f"the site can't be built: {error}", "Mend what is named above.") from error
    finally:
        _share.pop()
        _tick.clear()


@contextmanager
def _told() -> Iterator[None]:
    """MkDocs' warnings on stderr, but for the one that pages depend on each other: ours don't."""

    def wanted(record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.getMessage()

    builder, log = logging.getLogger("mkdocs.commands.build"), logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    builder.addFilter(wanted)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        builder.removeFilter(wanted)


def server_for(root: Path, site: Path, port: int, builder: Callable[[], None]) -> LiveReloadServer:
    """A server of a built site on this machine, which builds again when the content changes.

    Raises SiteError where the port is taken.
    """
    with socket() as probe:  # the server itself binds only when it serves
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise SiteError(f"port {port}: {error}", "Choose another with --port.") from error
    server = LiveReloadServer(builder=builder, host="127.0.0.1", port=port, root=str(site))
    server.error_handler = lambda code: _page_for(site, code)
    server.watch(str(root / "kb"))
    server.watch(str(root / "mkdocs.yml"))
    return server


def _page_for(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
