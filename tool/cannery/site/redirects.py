"""Redirect pages at the former ids of published entries."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Mapping
from urllib.parse import unquote


def redirect_pages(addresses: Mapping[str, str]) -> dict[str, str]:
    """The pages by their place on the site; `addresses` has the present one by the former."""
    return {f"{unquote(before)}index.html": _page(before, now) for before, now in addresses.items()}


def _page(before: str, now: str) -> str:
    # Both are quoted already. A relative address holds on every host and below every folder.
    there = html.escape(f"{posixpath.relpath(now, before)}/")
    lines = (
        "<!doctype html>",
        '<meta charset="utf-8">',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">""",
        "<title>This page has moved</title>",
        '<meta name="robots" content="noindex">',
        f'<meta http-equiv="refresh" content="0; url={there}">',
        f'<p><a href="{there}">This page has moved here.</a></p>',
    )
    return "".join(f"{line}\n" for line in lines)
