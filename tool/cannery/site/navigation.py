"""What leads from every page to the others: the sections of a site as a tree, by language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from cannery.model.figure_page import SECTION, FigurePage
from cannery.site.article import sections_in_order
from cannery.site.figure_pages import figure_address
from cannery.site.visibility import PublishedView

_DEEPEST = (
    6  # levels of sections that a tree has: what is below leads there from its section's page
)
_MOST = 60  # sections of a level; all of them are on the page of the section above

Branch = list[Any]  # a section's title, its address, and the branches below it


def navigation(site: PublishedView) -> dict[str, Any]:
    """For each language: the sections of articles and of macros, and the feed's address if any.

    Counts of entries are left out: a tree stands on every page, and all would be built again with
    each entry that comes or goes.
    """
    return {language: _of_language(site, language) for language in site.languages}


def _of_language(site: PublishedView, language: str) -> dict[str, Any]:
    root = site.root(language)
    kinds = [name for name in site.lists(language) if name in ("articles", "macros")]
    trees = [[name, f"{root}{name}/", _branches(site, name, language, _DEEPEST)] for name in kinds]
    figures = [page for page in site.figures if page.language == language]
    if figures:
        trees.append([SECTION, f"{root}{SECTION}/", _figure_branches(site, figures)])
    return {
        "root": root,
        "trees": trees,
        "feed": f"{root}changes.xml" if site.web_address else "",
    }


def _figure_branches(site: PublishedView, figures: Sequence[FigurePage]) -> list[Branch]:
    """The pages right below the first one."""
    right_below = [page for page in figures if page.path and len(page.above) == 1]
    return [
        [page.title, figure_address(site, page.language, page.path), []]
        for page in right_below[:_MOST]
    ]


def _branches(site: PublishedView, folder: str, language: str, depth: int) -> list[Branch]:
    """The sections right below one, in the order of the lists of sections."""
    inside = sections_in_order(site, folder, language) if depth else []
    return [
        [title, f"{site.root(language)}{quote(item)}/", _branches(site, item, language, depth - 1)]
        for title, item in inside[:_MOST]
    ]
