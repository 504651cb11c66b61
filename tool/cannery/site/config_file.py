"""Where the builder's settings of a knowledge base are, and which one such settings are of."""

from __future__ import annotations

from pathlib import Path

from cannery.workspace import MARKER

NAME = "mkdocs.yml"
BESIDE_SETTINGS = f"{MARKER.parent.as_posix()}/{NAME}"


def config_name(root: Path) -> str:
    """The file's path from the root: beside kb.toml, where the root's own is another site's."""
    return BESIDE_SETTINGS if (root / BESIDE_SETTINGS).is_file() else NAME


def root_of(file: Path) -> Path:
    """The root of the knowledge base that a settings file is of."""
    folder = file.absolute().parent
    is_beside = folder.name == MARKER.parent.name and (folder / MARKER.name).is_file()
    return folder.parent if is_beside else folder
