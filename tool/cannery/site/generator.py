"""Drive MkDocs: read its settings, build some of the staged pages, serve a built site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any, NamedTuple, Protocol, cast

from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from cannery.content.builder_file import PLUGIN
from cannery.content.yamltext import refuse_heavy
from cannery.errors import SiteError
from cannery.model.entry import Audience
from cannery.model.event import Listener, Remark
from cannery.site.reload import with_reload
from cannery.util.address import web
from cannery.util.loopback import loopback_only
from cannery.workspace import Settings

Config = MkDocsConfig
_WORDS = "partials/languages"  # of Material, by language


@dataclass(frozen=True)
class Share:
    """The staged files that one process builds; with `theme` also what the theme brings.

    `on_page` is called for each page that is built.
    """

    files: frozenset[str]
    theme: bool
    on_page: Callable[[], None] = lambda: None


class SharingPlugin(Protocol):
    """The plugin `cannery`: with a share, the folder is staged already."""

    share: Share | None


class Moved(NamedTuple):
    """The stage that settings name, and the one that takes its place."""

    pages: Path
    theme: Path
    new_pages: Path
    new_theme: Path

    def options(self, file: Path) -> dict[str, object]:
        """What takes the place of a file's settings of the same names; nothing of others."""
        if self.pages == self.new_pages:
            return {}
        settings = MkDocsConfig(str(file))
        with file.open("rb") as opened:
            settings.load_file(opened)
        theme = settings.get("theme")
        options: dict[str, object] = {}
        if _leads(file, settings.get("docs_dir"), self.pages):
            options["docs_dir"] = str(self.new_pages)
        if isinstance(theme, dict) and _leads(file, theme.get("custom_dir"), self.theme):
            options["theme"] = {**theme, "custom_dir": str(self.new_theme)}
        return options


def _leads(file: Path, name: object, folder: Path) -> bool:
    return isinstance(name, str) and (file.parent / name).resolve() == folder.resolve()


def load_settings(
    file: Path, site_dir: Path | None, moved: Moved, *, lenient: bool = False
) -> MkDocsConfig:
    """MkDocs' settings; `site_dir` takes the place of the one they name. Raises SiteError.

    With `lenient` a build goes on to its end, whatever MkDocs warns of.
    """
    named: dict[str, Any] = {"site_dir": str(site_dir)} if site_dir else {}
    hint = "See https://www.mkdocs.org/user-guide/."
    try:
        refuse_heavy(file)
    except (OSError, ValueError) as error:
        raise SiteError(f"{file}: {error}", hint) from error
    with _warnings() as warnings:
        try:
            named |= moved.options(file)
            return load_config(str(file), strict=not lenient, **named)
        # A number or a date that is none ends the reading of YAML with the bare error.
        except (MkDocsException, Abort, ValueError, OverflowError) as error:
            reasons = "\n".join([*warnings, str(error)])
            raise SiteError(f"{file}: {reasons}", hint) from error


def use_settings(config: MkDocsConfig, settings: Settings, audience: Audience) -> None:
    """Have the builder say what kb.toml says, where that says it: name, address and language."""
    if "name" in settings.keys:
        config.site_name = escape(settings.name)  # some of the theme's places print it as it is
    if web(settings.site_url) and audience is Audience.PUBLIC:
        config.site_url = f"{settings.site_url}/"
    language = settings.default_language
    if _speaks(config, language):
        config.theme["language"] = language


def _speaks(config: MkDocsConfig, language: str) -> bool:
    """Whether the theme has words of a language, which is part of a file's name."""
    names = (Path(folder, _WORDS, f"{language}.html") for folder in config.theme.dirs)
    return any(name.is_file() for name in names)


def foreign_code(config: MkDocsConfig) -> list[str]:
    """The code of others that a build runs: hooks, and plugins but for ours."""
    hooks = [*config.hooks]
    plugins = [name for name in config.plugins if name not in {PLUGIN, *hooks}]
    return [*(f"the hook {name}" for name in hooks), *(f"the plugin {name}" for name in plugins)]


def pages_depend_on_each_other(config: MkDocsConfig) -> bool:
    """Whether pages may show content of other pages: plugins and hooks can see all pages."""
    others = set(config.plugins) - {PLUGIN}
    return bool(others) or config.validation.links.anchors >= logging.WARNING


def build_pages(config: MkDocsConfig, share: Share) -> list[str]:
    """Build the files of the share into the site's folder; MkDocs' warnings about them, sorted.

    Raises SiteError if settings are lenient and MkDocs can't go on.
    """
    plugin = cast("SharingPlugin", config.plugins[PLUGIN])
    plugin.share = share
    with _warnings() as warnings:
        try:
            build(config, dirty=True)
        except (MkDocsException, Abort) as error:
            told = sorted({*warnings}) or [str(error)]
            if not config.strict:
                raise SiteError("\n".join(told), "Fix the problems listed.") from error
            return told
        finally:
            plugin.share = None
    return sorted({*warnings})


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """MkDocs' warnings while the block runs, but for the one that pages depend on each other."""

    def wanted(record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.getMessage()

    builder, log = logging.getLogger("mkdocs.commands.build"), logging.getLogger("mkdocs")
    collector = _Collector()
    builder.addFilter(wanted)
    log.addHandler(collector)
    try:
        yield collector.messages
    finally:
        log.removeHandler(collector)
        builder.removeFilter(wanted)


class _Reporter(logging.Handler):
    """Passes a server's warnings on, such as requests that went wrong."""

    def __init__(self, listener: Listener) -> None:
        super().__init__(logging.WARNING)
        self._listener = listener

    def emit(self, record: logging.LogRecord) -> None:
        self._listener(Remark(self.format(record)))


@contextmanager
def server_for(
    watched: Iterable[Path], site: Path, port: int, rebuild: Callable[[], None], listener: Listener
) -> Iterator[LiveReloadServer]:
    """A server of a built site on this machine, which calls `rebuild` when a file changes.

    Raises SiteError where the port is taken.
    """
    with socket() as probe:  # the server itself binds only when it serves
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise SiteError(f"port {port}: {error}", "Choose another port.") from error
    server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(site))
    server.set_app(loopback_only(with_reload(server.serve_request), "127.0.0.1"))
    server.error_handler = lambda code: _error_page(site, code)
    for path in watched:
        server.watch(str(path))
    log, reporter = logging.getLogger("mkdocs.livereload"), _Reporter(listener)
    log.addHandler(reporter)
    try:
        yield server
    finally:
        server.shutdown()
        log.removeHandler(reporter)


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
