"""GitBook, and mdBook, which is laid out like it: pages beside a `SUMMARY.md`."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.adopt.config import beside, folder_of, settings_files, text_at, values_of
from cannery.adopt.kind import Kind, markdown_pages, unchanged
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

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


GITBOOK = Kind("gitbook", "GitBook", _evidence, _layout, markdown_pages, unchanged, is_site=True)
