"""The words of the site itself, in the languages that it knows; others read English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from cannery.site import web


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """All words by language and name."""
    data: dict[str, dict[str, str]] = json.loads((web.FOLDER / "texts.json").read_text("utf-8"))
    return data


def text(language: str, name: str) -> str:
    return texts().get(language, texts()["en"])[name]
