"""Redirect pages at the former ids of published entries."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from cannery.content.links import site_path
from cannery.model.entry import Article
from cannery.model.location import Problem
from cannery.workspace import Settings

_ID = re.compile(r"articles(?:/[^\W_][\w.-]*)+")


def redirects(
    shown: Mapping[str, Article], settings: Settings
) -> tuple[dict[str, str], list[Problem]]:
    """The pages by their place on the site, and the earlier ids that can't be one.

    A page that is there stays there: nothing leads away from it.
    """
    pages: dict[str, str] = {}
    problems: list[Problem] = []
    ids = {article.at.id for article in shown.values()}
    for path, article in shown.items():
        for old in _earlier(article):
            if not _ID.fullmatch(old) or ".." in old:
                message = f"redirect_from: {old!r:.60} is not a valid article id"
                problems.append(Problem(path, 1, "redirect", message))
            elif old not in ids:
                before = site_path(article.at._replace(id=old), settings)
                page = _page(before, site_path(article.at, settings))
                pages.setdefault(f"{unquote(before)}index.html", page)
    return pages, problems


def _earlier(article: Article) -> Iterator[str]:
    for old in article.header.redirect_from:
        if not old.startswith("macros/"):  # a macro is on no site, and never was
            yield old


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
