"""The icons that a section may have: names that support teams know, each a file of the theme's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def icons() -> Mapping[str, str]:
    """The file's name in the theme's folder `.icons/material`, without its ending, by ours."""
    named: dict[str, str] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return named
