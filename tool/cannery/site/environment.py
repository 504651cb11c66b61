"""What all pages of a site depend on, whatever they say."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cannery.model.entry import Audience
from cannery.site.build_record import digest
from cannery.site.stage import Stage

_PACKAGES = (
    "cannery",
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "markdown-it-py",
    "mdit-py-plugins",
    "linkify-it-py",
    "pymdown-extensions",
    "jinja2",
    "nh3",
)


def environment_of(file: Path, stage: Stage, audience: Audience) -> str:
    """A digest of what every page depends on: where it changes, all of them are built again."""
    parts = [audience.value, sys.version, digest(file.read_bytes()), *map(_version, _PACKAGES)]
    parts += [name + digest(data) for name, data in sorted(stage.theme.items())]
    return digest("\n".join(parts).encode())


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
