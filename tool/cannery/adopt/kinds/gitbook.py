"""GitBook, and mdBook, which is laid out like it: pages beside a `SUMMARY.md`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cannery.adopt.config import beside, folder_of, settings_files, text_at, values_of
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_SUMMARY = "SUMMARY.md"  # the table of contents, and no page
_SETTINGS = (".gitbook.yaml", "book.json", "book.toml")


def _evidence(tree: SourceTree) -> Sequence[str]:
    return settings_files(tree, _SETTINGS) + settings_files(tree, [_SUMMARY])


def _layout(tree: SourceTree) -> SourceLayout:
    file = _evidence(tree)[0]
    values = values_of(tree, file) if not file.endswith(_SUMMARY) else {}
    own = text_at(values, "root", "book.src") or ("src" if file.endswith("book.toml") else ".")
    base = beside(folder_of(file), own)
    found = folders_with_languages(tree, base, default=text_at(values, "language", "book.language"))
    ignored = [path for path in tree.below(base) if path.rpartition("/")[2] == _SUMMARY]
    return found._replace(ignore=tuple(ignored), name=text_at(values, "title", "book.title"))


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.gitbook import GITBOOK as DIALECT
    from cannery.adopt.convert.page import convert_page

    return convert_page(page, DIALECT, page.tree.once("gitbook", _site))


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site

    layout = _layout(tree)
    base = layout.articles[0].partition("/{")[0].strip("./")
    return Site(Addresses(tree, layout, Habit(pictures=("",)), base))


GITBOOK = SourceKind(
    "gitbook", "GitBook", _evidence, _layout, markdown_pages, _convert, is_site=True
)
