"""A vault of Obsidian's: the folder that `.obsidian/` is in."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.adopt.config import beside, text_at, values_of
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

_FOLDER = ".obsidian"


def _evidence(tree: SourceTree) -> Sequence[str]:
    inside = [path for path in tree.files if _FOLDER in path.split("/")[:3]]
    return sorted(inside, key=lambda path: (path.count("/"), path))[:1]


def _layout(tree: SourceTree) -> SourceLayout:
    before = _evidence(tree)[0].partition(_FOLDER)[0].rstrip("/")
    base = before or "."
    own = values_of(tree, f"{before}/{_FOLDER}/templates.json".lstrip("/"))
    templates = beside(base, text_at(own, "folder") or "Templates")
    found = folders_with_languages(tree, base)
    return found._replace(
        ignore=(templates,) if templates in tree.folders and templates != base else (),
        name=base.rpartition("/")[2] if base != "." else tree.root.name,
    )


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.obsidian import OBSIDIAN as DIALECT
    from cannery.adopt.convert.page import Site, convert_page

    return convert_page(page, DIALECT, Site(words=("aliases",)))


_NAMES = {"aliases": "keywords"}
OBSIDIAN = SourceKind(
    "obsidian", "Obsidian vault", _evidence, _layout, markdown_pages, _convert, names=_NAMES
)
