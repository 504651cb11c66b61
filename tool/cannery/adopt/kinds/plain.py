"""A folder of Markdown that no tool has laid out."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

# Folders that usually hold the pages, where most of a repository is something else.
_USUAL = ("docs", "doc", "documentation", "content", "articles", "wiki", "handbook", "pages")


def _evidence(tree: SourceTree) -> Sequence[str]:
    return tree.markdown[:3]


def _layout(tree: SourceTree) -> SourceLayout:
    """The one usual folder with pages, else all of it."""
    usual = [folder for folder in _USUAL if any(tree.below(folder, tree.markdown))]
    base = usual[0] if len(usual) == 1 else "."
    return folders_with_languages(tree, base)


def _convert(page: SourcePage) -> Converted:
    """A page's raw HTML is converted, and its JSX, whatever program that was for."""
    from cannery.adopt.convert.mdx import imported
    from cannery.adopt.convert.mdx_dialects import MDX
    from cannery.adopt.convert.page import Site, convert_page
    from cannery.adopt.convert.plain import dialect_of

    if page.path.endswith(".mdx"):
        return convert_page(page, MDX, Site(), imported(page.text))
    return convert_page(page, dialect_of(page.text), Site())


_NAMES = {"aliases": "keywords"}
PLAIN = SourceKind(
    "plain", "plain Markdown", _evidence, _layout, markdown_pages, _convert, names=_NAMES
)
