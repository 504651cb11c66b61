"""Redirect pages at the former ids of published entries."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Mapping
from urllib.parse import unquote


def redirect_pages(addresses: Mapping[str, str]) -> dict[str, str]:
    """The pages by their place on the site; `addresses` has the present one by the former."""
    return {_file(unquote(before)): _page(before, now) for before, now in addresses.items()}


def _file(before: str) -> str:
    return f"{before}index.html" if before.endswith("/") else before


def _page(before: str, now: str) -> str:
    # Both are quoted already. A relative address holds on every host and below every folder.
    folder = posixpath.dirname(before) or "."
    there = html.escape(f"{posixpath.relpath(now, folder)}/")
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
