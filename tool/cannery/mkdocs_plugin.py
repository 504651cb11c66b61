"""The plugin `cannery` for MkDocs, and how a build is told which pages to make. MkDocs' only room.

A plain `mkdocs build` or `mkdocs serve` stages by itself. Visibility is decided in the stage: all
that this does is to fill the folder, and to leave alone what is as it was.
"""

from __future__ import annotations

import logging
import os
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
from mkdocs.structure.pages import Page

from cannery.content.yamltext import refuse_heavy
from cannery.errors import CanneryError, SiteError
from cannery.model.entry import Audience
from cannery.serve.loopback import loopback_only
from cannery.serve.reload import with_reload
from cannery.site.plain import reading
from cannery.util import terminal
from cannery.util.plain import clean

Config = MkDocsConfig
_NAME = "cannery"  # of the plugin, as pyproject.toml and mkdocs.yml have it
_CLEANER = "cannery.site.plain"  # without it pages would hold whatever HTML content says


@dataclass(frozen=True)
class Share:
    """The staged files that a build makes; `alone` makes what the theme brings, too."""

    files: frozenset[str]
    alone: bool


_share: list[Share] = []  # of the build that runs: its folder is staged already
_tick: list[Callable[[], None]] = []  # likewise: for each of its pages


class _Options(base.Config):
    audience = options.Choice([item.value for item in Audience], default=Audience.PUBLIC.value)


class CanneryPlugin(BasePlugin[_Options]):
    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs names them
        for handler in logging.getLogger("mkdocs").handlers:
            handler.addFilter(_cleaned)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if _CLEANER not in config.markdown_extensions:
            config.markdown_extensions.append(_CLEANER)
        if not _share:
            _stage(config, Audience(self.config.audience))
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Every file stays known, for links lead there; only those of the share are made."""
        if not _share:
            return files
        share = _share[-1]
        stage = f"{config.docs_dir}{os.sep}"
        for file in files:
            if str(file.abs_src_path).startswith(stage) or not share.alone:
                wanted = file.src_uri in share.files
                file.is_modified = lambda wanted=wanted: wanted  # type: ignore[method-assign,misc]
        if not share.alone:
            config.theme.static_templates = set()
            config.extra_templates = []
        return files

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, **_: object
    ) -> str:
        name = page.meta.get("kb", {}).get("file") or page.file.src_uri
        reading.set((name, _root(config) / name))
        return markdown

    def on_build_error(self, *, error: Exception) -> None:
        if isinstance(error, CanneryError):
            raise PluginError(clean(f"{error.message}\n{error.hint}")) from error

    def on_page_content(self, html: str, /, **_: object) -> str:
        for tick in _tick:
            tick()
        return html

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, **_: object
    ) -> LiveReloadServer:
        server.unwatch(config.docs_dir)  # it is written by each build
        server.watch(str(_root(config) / "kb"))
        pages = with_reload(server.serve_request)
        server.set_app(loopback_only(pages, config.dev_addr.host))
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
        raise PluginError(clean(f"{error.message}\n{error.hint}")) from error


def configured(file: Path, site_dir: Path | None) -> MkDocsConfig:
    """The settings of a site's generator. Raises SiteError."""
    named = {"site_dir": str(site_dir)} if site_dir else {}
    hint = "See https://www.mkdocs.org/user-guide/."
    try:
        refuse_heavy(file)
    except (OSError, ValueError) as error:
        raise SiteError(f"{file}: {error}", hint) from error
    with _warnings() as wrong:
        try:
            return load_config(str(file), strict=True, **named)
        # A number or a date that is none ends the reading of YAML with the bare error.
        except (MkDocsException, Abort, ValueError, OverflowError) as error:
            said = "\n".join([*wrong, str(error)])
            raise SiteError(f"{file}: {said}", hint) from error


def programs(config: MkDocsConfig) -> list[str]:
    """What of others a build runs, as the settings name it: hooks, and plugins but for ours."""
    hooks = [*config.hooks]
    plugins = [name for name in config.plugins if name not in {_NAME, *hooks}]
    return [*(f"the hook {name}" for name in hooks), *(f"the plugin {name}" for name in plugins)]


def is_connected(config: MkDocsConfig) -> bool:
    """Whether a page may show what another one is: other plugins and hooks see all of them."""
    others = set(config.plugins) - {_NAME}
    return bool(others) or config.validation.links.anchors >= logging.WARNING


def build_pages(
    config: MkDocsConfig, share: Share, tick: Callable[[], None] = lambda: None
) -> list[str]:
    """Build these files into the site's folder, and leave the others.

    What is wrong with them comes back, in order. `tick` is called for each page.
    """
    _share.append(share)
    _tick[:] = [tick]
    with _warnings() as wrong:
        try:
            build(config, dirty=True)
        except (MkDocsException, Abort) as error:
            return sorted({*wrong}) or [str(error)]
        finally:
            _share.pop()
            _tick.clear()
    return sorted({*wrong})


def _cleaned(record: logging.LogRecord) -> bool:
    """Clean what is logged: it speaks of files, of their texts, and of what a browser asks for."""
    record.msg, record.args = clean(record.getMessage()), ()
    return True


class _Teller(logging.Handler):
    """Tells what a server logs beside the result: requests that went wrong, above all."""

    def emit(self, record: logging.LogRecord) -> None:
        terminal.note(self.format(record))


_teller = _Teller(logging.WARNING)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """MkDocs' warnings while the block runs, but for the one that pages depend on each other."""

    def wanted(record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.getMessage()

    builder, log = logging.getLogger("mkdocs.commands.build"), logging.getLogger("mkdocs")
    kept = _Kept()
    builder.addFilter(wanted)
    log.addHandler(kept)
    try:
        yield kept.said
    finally:
        log.removeHandler(kept)
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
    server.set_app(loopback_only(with_reload(server.serve_request), "127.0.0.1"))
    logging.getLogger("mkdocs.livereload").addHandler(_teller)
    server.error_handler = lambda code: _page_for(site, code)
    server.watch(str(root / "kb"))
    server.watch(str(root / "mkdocs.yml"))
    return server


def _page_for(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
