"""Zendesk Guide: articles as HTML files, or the list of them that its API gives, by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cannery.adopt.kind import Converted, SourceKind, SourcePage
from cannery.adopt.layouts import LANGUAGE
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout
from cannery.util.language_tags import is_language

_TRIED = 20  # files that are looked at


def _evidence(tree: SourceTree) -> Sequence[str]:
    from cannery.adopt.convert.help_center import is_article, is_listing

    lists = [path for path in tree.files if path.endswith(".json") and is_listing(tree, path)]
    if lists:
        return lists
    pages = [path for path in tree.files if path.endswith((".html", ".htm"))]
    return [path for path in pages[:_TRIED] if is_article(tree.config(path))]


def _layout(tree: SourceTree) -> SourceLayout:
    from cannery.adopt.convert.help_center import help_center

    center = tree.once("zendesk", help_center)
    found = dict.fromkeys(article.language for article in center.articles.values())
    languages = [name for name in found if is_language(name)]
    default = center.source_language or next(iter(languages), "en")
    folders = {path.partition("/")[0] for path in center.articles}
    is_by_folder = folders <= set(languages)
    return SourceLayout(
        articles=(LANGUAGE,) if is_by_folder and folders else (".",),
        languages=tuple(dict.fromkeys((default, *languages))),
        default_language=default,
        site_url=center.address,
    )


def _pages(tree: SourceTree, layout: SourceLayout) -> Iterator[SourcePage]:  # noqa: ARG001 - as kinds are
    from cannery.adopt.convert.help_center import help_center, text_of

    center = tree.once("zendesk", help_center)
    for path in sorted(center.articles):
        yield SourcePage(path, text_of(center.articles[path]), tree)


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.help_center import convert_article, help_center

    return convert_article(page, page.tree.once("zendesk", help_center))


ZENDESK = SourceKind(
    "zendesk",
    "Zendesk Guide",
    _evidence,
    _layout,
    _pages,
    _convert,
    is_markdown=False,
    is_site=True,
)
