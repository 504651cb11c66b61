"""What [insight] of kb.toml says of how figures are shown. Each raises SettingsError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from cannery.model.insight_settings import Threshold
from cannery.settings_file import read_text, texts_in, wrong
from cannery.util.address import web

_THRESHOLD = re.compile(r"(>=|<=) ?(\d{1,9}(?:\.\d{1,6})?) ?(%|s|min|m|h|d)?")
_FACTORS = {"": 1.0, "%": 0.01, "s": 1.0, "min": 60.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def read_address(table: Mapping[str, Any], path: Path) -> str:
    """Where the pages of figures are; empty where nothing says so."""
    key = "insight.address"
    written = read_text({key: table.get("address", "")}, key, "", path)
    found = web(written)
    if written and found is None:
        hint = 'Write address = "https://kb.example.com/insight/".'
        raise wrong(path, key, "must be a web address", hint)
    return f"{found.address.rstrip('/')}/" if found else ""


def read_thresholds(table: Mapping[str, Any], path: Path) -> Mapping[str, Threshold]:
    """By the name of the measure, which only `kb insight watch` knows to be one."""
    key = "insight.thresholds"
    hint = 'Write [insight.thresholds], then solved_within_7d = ">= 80%".'
    found = texts_in(table.get("thresholds", {}), key, hint, path)
    return {name: _threshold(written, f"{key}.{name:.40}", path) for name, written in found.items()}


def _threshold(written: str, key: str, path: Path) -> Threshold:
    match = _THRESHOLD.fullmatch(written)
    value = float(match[2]) * _FACTORS[match[3] or ""] if match else float("nan")
    if match is None or not isfinite(value):
        hint = 'Write ">= 80%", "<= 4 h" or "<= 120": with %, s, min, h, d or no unit.'
        raise wrong(path, key, "must begin with >= or <=, and have a number", hint)
    return Threshold(match[1] == ">=", value, written)
