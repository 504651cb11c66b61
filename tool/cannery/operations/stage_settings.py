"""The settings that MkDocs builds a stage with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cannery.content.builder_file import config_name
from cannery.errors import SiteError
from cannery.model.event import Listener, Remark
from cannery.operations.site_place import STAGE
from cannery.site.build_record import refuse_other_files
from cannery.site.generator import Config, Moved, foreign_code, load_settings
from cannery.site.tree import StageFolder

if TYPE_CHECKING:
    from cannery.workspace import Workspace


def stage_settings(
    workspace: Workspace,
    folder: StageFolder,
    target: Path | None,
    listener: Listener,
    *,
    lenient: bool,
) -> Config:
    """MkDocs' settings for a stage and a target. Raises SiteError for ones that build another."""
    for inside in (folder.pages, folder.theme):
        inside.mkdir(parents=True, exist_ok=True)
    name = config_name(workspace.root)
    named = StageFolder(workspace.root / STAGE)
    moved = Moved(named.pages, named.theme, folder.pages, folder.theme)
    config = load_settings(workspace.root / name, target, moved, lenient=lenient)
    if run := foreign_code(config):
        listener(Remark(f"{name} runs code: {', '.join(run)}."))
    staged = {inside.resolve() for inside in (folder.pages, folder.theme)}
    used = {Path(path).resolve() for path in (config.docs_dir, *config.theme.dirs)}
    if missing := sorted(staged - used):
        up = "../" * name.count("/")
        hint = f"Set docs_dir: {up}{STAGE}/docs and, below theme, custom_dir: {up}{STAGE}/theme."
        place = named.root / missing[0].name
        raise SiteError(f"{name} does not use {place}", hint)
    refuse_other_files(Path(config.site_dir))
    return config
