"""What keeps an entry from being on a site where it is meant to be."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.facts import Facts
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.layout import is_front
from cannery.content.links import site_path
from cannery.content.redirect_faults import Former, redirects_of, with_folders
from cannery.model.location import Kind, Problem, Status


def places(whole: Whole) -> Iterator[Problem]:
    """Two articles whose pages have the same address: only one of them can be there."""
    taken: dict[str, Facts] = {}
    for item in _shown(whole):
        address = site_path(item.at, whole.workspace.settings)
        other = taken.setdefault(address, item)
        if other.at.id != item.at.id:  # two files for one entry are told as such
            message = f"its page has the same address as that of {other.at.path:.200}"
            hint = "Merge the two, or rename one of them."
            yield Problem(item.at.path, 0, "place", message, hint)


def redirects(whole: Whole) -> Iterator[Problem]:
    """Earlier ids that can't be one, or that lead nowhere since something is there."""
    living = with_folders(
        id_
        for id_, variants in whole.ids.items()
        if any(item.status != Status.RETIRED for item in variants)
    )
    shown = (*_shown(whole), *_shown_macros(whole))
    formers = [Former(item.at, item.redirect_from) for item in shown if item.redirect_from]
    for fault in redirects_of(formers, living, whole.workspace.settings).faults:
        line = whole.facts[fault.path].line("redirect_from")
        yield Problem(fault.path, line, "redirect", *fault[2:])


def _shown(whole: Whole) -> Iterator[Facts]:
    """The articles that a site has."""
    for item in whole.entries:
        is_article = item.at.kind is Kind.ARTICLE and not is_front(item.at.path)
        if is_article and item.status == Status.PUBLISHED:
            yield item


def _shown_macros(whole: Whole) -> Iterator[Facts]:
    """The macros that an internal site has."""
    for item in whole.entries:
        if item.at.kind is Kind.MACRO and item.status == Status.PUBLISHED:
            yield item


_TITLE = "---\ntitle: Networks\n---\nText.\n"
_MOVED = "---\ntitle: Proxies\nredirect_from: [articles/{}]\n---\nText.\n"

RULES = (
    Rule(
        code="place",
        whole=places,
        why="Of two pages with one address readers see only one.",
        wrong={
            "articles/net/index.md": _TITLE,
            "articles/net/README.md": _TITLE.replace("Networks", "Our networks"),
        },
        right={"articles/net/index.md": _TITLE},
    ),
    Rule(
        code="redirect",
        whole=redirects,
        why="Nothing leads from an address where another page is, so old links open the wrong one.",
        wrong={"articles/proxies.md": _MOVED.format("net"), "articles/net.md": _TITLE},
        right={"articles/proxies.md": _MOVED.format("proxy"), "articles/net.md": _TITLE},
    ),
)
