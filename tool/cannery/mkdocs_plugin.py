"""The plugin `cannery` for MkDocs: a plain `mkdocs build` or `mkdocs serve` stages by itself.

Visibility is decided in the stage: the plugin fills the folder, and leaves alone what is as it was.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import cast

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from cannery.content.builder_file import differences, root_of
from cannery.errors import CanneryError
from cannery.model.entry import Audience
from cannery.site import lost_pages
from cannery.site.generator import Share, use_settings
from cannery.site.glossary import TermIndex, term_indexes
from cannery.site.markdown_twins import has_twin, twin
from cannery.site.reload import with_reload
from cannery.site.safe_markdown import EXTENSION_NAMES
from cannery.site.tree import PAGES, StageFolder
from cannery.util import notices
from cannery.util.loopback import loopback_only
from cannery.util.plain import clean

_UNUSED = ("assets/javascripts/", "assets/stylesheets/")
_log = logging.getLogger("mkdocs.plugins.cannery")


class _Options(base.Config):
    audience = options.Choice([item.value for item in Audience], default=Audience.PUBLIC.value)


class CanneryPlugin(BasePlugin[_Options]):
    """`share` is what this build makes of a stage that is there; None has the plugin stage."""

    def __init__(self) -> None:
        self.share: Share | None = None
        self._env = Environment()  # noqa: S701 - MkDocs' own takes its place
        self._terms: dict[str, TermIndex] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs names them
        for handler in logging.getLogger("mkdocs").handlers:
            handler.addFilter(_clean_record)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # Without it pages would hold whatever HTML the content has.
        if not {*EXTENSION_NAMES} & {*config.markdown_extensions}:
            config.markdown_extensions.append(EXTENSION_NAMES[0])
        if self.share is None:
            _stage(config, Audience(self.config.audience))
        self._terms = term_indexes(StageFolder(Path(config.docs_dir).parent).theme)
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Every file stays known, for links lead there; only those of the share are built.

        Of Material's own files none is used: its style sheets, scripts and search, 3 MB.
        """
        for file in [*files]:
            if file.src_uri.startswith(_UNUSED) and _is_materials(str(file.abs_src_path)):
                files.remove(file)
        share = self.share
        if share is None:
            return files
        stage = f"{config.docs_dir}{os.sep}"
        for file in files:
            if str(file.abs_src_path).startswith(stage) or not share.theme:
                wanted = file.src_uri in share.files
                file.is_modified = lambda wanted=wanted: wanted  # type: ignore[method-assign,misc]
        if not share.theme:
            config.theme.static_templates = set()
            config.extra_templates = []
        return files

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        kb = page.meta.get("kb", {})
        if has_twin(page.meta):
            is_page = files.src_uris.__contains__
            text = twin(page.meta, markdown, page.file.src_uri, is_page)
            beside = Path(config.site_dir, page.file.src_uri)
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, "utf-8", "surrogatepass", "\n")
        name = kb.get("file") or page.file.src_uri
        source = {
            "name": name,
            "path": str(_root(config) / name),
            "language": kb.get("lang", ""),
            "links": kb.get("links", {}),
            "sizes": kb.get("sizes", {}),
            "terms": self._terms.get(kb.get("lang", "")) if kb.get("kind") == "article" else None,
        }
        config.mdx_configs |= dict.fromkeys(EXTENSION_NAMES, source)  # of this page's conversion
        return markdown

    def on_env(self, env: Environment, /, **_: object) -> Environment:
        self._env = env
        return env

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name != lost_pages.NAME:
            return context
        for name, text in lost_pages.lost_pages(self._env, context):
            write_file(text.encode("utf-8", "xmlcharrefreplace"), str(Path(config.site_dir, name)))
        lost = {**context, "lost": lost_pages.lost_context(self._env)}
        return cast("TemplateContext", lost)

    def on_build_error(self, *, error: Exception) -> None:
        if isinstance(error, CanneryError):
            raise PluginError(clean(f"{error.message}\n{error.hint}")) from error

    def on_page_content(self, html: str, /, **_: object) -> str:
        if self.share is not None:
            self.share.on_page()
        return html

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, **_: object
    ) -> LiveReloadServer:
        server.unwatch(config.docs_dir)  # it is written by each build
        from cannery.content.files import content_folders
        from cannery.workspace import open_workspace

        for folder in content_folders(open_workspace(_root(config), to_read=True)):
            server.watch(str(folder))
        pages = with_reload(server.serve_request)
        server.set_app(loopback_only(pages, config.dev_addr.host))
        return server


def _is_materials(path: str) -> bool:
    return f"{os.sep}material{os.sep}templates{os.sep}" in path


def _root(config: MkDocsConfig) -> Path:
    return root_of(Path(config.config_file_path))


def _stage(config: MkDocsConfig, audience: Audience) -> None:
    from cannery.operations.stage import stage_site
    from cannery.workspace import open_workspace

    folder = Path(config.docs_dir)
    if folder.name != PAGES:
        raise PluginError(f"docs_dir is {folder}; set it to the folder {PAGES} of a stage.")
    try:
        workspace = open_workspace(_root(config))
        stage_site(workspace, folder.parent, audience)
        use_settings(config, workspace.settings, audience)
        told = [f"{item.path}:{item.line}: {item.message}" for item in differences(workspace)]
        for text in (*notices.taken(), *told):
            _log.info(clean(text))
    except CanneryError as error:
        raise PluginError(clean(f"{error.message}\n{error.hint}")) from error


def _clean_record(record: logging.LogRecord) -> bool:
    """Clean what is logged: it speaks of files, of their texts, and of what a browser asks for."""
    record.msg, record.args = clean(record.getMessage()), ()
    return True
