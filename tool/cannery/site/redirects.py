"""Redirect pages at the former ids of published entries."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from cannery.site.texts import text

_SCRIPT = "assets/kb/moved.js"
_POLICY = "default-src 'none'; script-src 'self'"


def redirect_pages(
    addresses: Mapping[str, str], languages: Sequence[str], site: str = ""
) -> dict[str, str]:
    """The pages by their place on the site; `addresses` has the present one by the former.

    `languages` are those of the site, the one without a folder first. `site` is its address, where
    search engines may know it: they are told where the page is now.
    """
    return {
        _file(unquote(before)): _page(before, now, _language(now, languages), site)
        for before, now in addresses.items()
    }


def _file(before: str) -> str:
    return f"{before}index.html" if before.endswith("/") else before


def _language(now: str, languages: Sequence[str]) -> str:
    folder = unquote(now.partition("/")[0])
    return folder if folder in languages[1:] else languages[0]


def _page(before: str, now: str, language: str, site: str) -> str:
    # Both are quoted already. A relative address holds on every host and below every folder.
    folder = posixpath.dirname(before) or "."
    there = html.escape(f"{posixpath.relpath(now, folder)}/")
    script = html.escape(posixpath.relpath(_SCRIPT, folder))
    title = html.escape(text(language, "moved"))
    canonical = f'<link rel="canonical" href="{html.escape(f"{site}{now}")}">'
    # A refresh forgets what stands behind `?` and `#`, which the script takes along: a form's
    # values, and a heading.
    lines = (
        "<!doctype html>",
        f'<html lang="{html.escape(language)}">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{title}</title>",
        '<meta name="viewport" content="width=device-width">',
        canonical if site else '<meta name="robots" content="noindex">',
        f'<noscript><meta http-equiv="refresh" content="0; url={there}"></noscript>',
        f'<p><a href="{there}">{title}</a></p>',
        f'<script src="{script}"></script>',
    )
    return "".join(f"{line}\n" for line in lines)
