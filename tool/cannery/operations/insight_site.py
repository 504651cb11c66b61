"""The pages of figures as a site of their own, in the frame of the internal site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cannery.content.library import shelve
from cannery.model.entry import Audience
from cannery.model.event import Listener, ignore
from cannery.model.glossary import NO_TERMS
from cannery.operations.build_site import BuiltSite, Mode, build_site
from cannery.operations.insight_pages import figures_for, no_figures
from cannery.operations.site_place import STAGE
from cannery.site.visibility import PublishedView, published_view
from cannery.workspace import Workspace

_FOLDER = "insight"  # beside the stage, where nobody names another


def build_insight_site(
    workspace: Workspace, target: Path | None = None, listener: Listener = ignore
) -> BuiltSite:
    """Build the pages of figures alone. Raises ContentError without figures, SiteError."""
    view = _view(workspace, listener)
    stage = workspace.root / STAGE
    mode = Mode(view=view, stage=None if target else stage)
    return build_site(workspace, Audience.INTERNAL, target or stage / _FOLDER, listener, mode)


def _view(workspace: Workspace, listener: Listener) -> PublishedView:
    settings = workspace.settings
    languages = dict.fromkeys((settings.default_language, *settings.languages))
    figures = figures_for(workspace, tuple(languages), listener, upkeep=True)
    if not figures:
        raise no_figures(workspace)
    empty = published_view(workspace, shelve((), ()), Audience.INTERNAL)
    return replace(empty, figures=figures, glossary=NO_TERMS)
