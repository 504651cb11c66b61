"""VitePress: the folder that `.vitepress/` is in, with a folder for each further language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cannery.adopt.config import (
    beside,
    left_out_by_globs,
    script_keys,
    script_list,
    script_texts,
)
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_FOLDER = ".vitepress"
_ROOT = "root"


def _evidence(tree: SourceTree) -> Sequence[str]:
    inside = (path for path in tree.files if _FOLDER in path.split("/")[:3])
    own = [path for path in inside if path.partition(f"{_FOLDER}/")[2].startswith("config")]
    return sorted(own, key=lambda path: (path.count("/"), path))


def _layout(tree: SourceTree) -> SourceLayout:
    files = _evidence(tree)
    base = files[0].partition(_FOLDER)[0].rstrip("/") or "."
    text = "\n".join(tree.config(path) for path in files)
    texts, locales = script_texts(text), script_keys(text, "locales")
    content = beside(base, texts.get("srcDir", "."))
    root = script_texts(locales.pop(_ROOT, "")).get("lang", "") or texts.get("lang", "")
    tags = {tag.strip("/"): value for tag, value in locales.items()}
    default = root if root in tags else root.partition("-")[0]
    found = folders_with_languages(tree, content, tags, default)
    ignored = left_out_by_globs(script_list(text, "srcExclude"), content)
    return found._replace(
        ignore=(*found.ignore, *ignored),
        name=texts.get("title", ""),
        site_url=texts.get("hostname", ""),
    )


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.page import convert_page
    from cannery.adopt.convert.vitepress import VITEPRESS as DIALECT

    return convert_page(page, DIALECT, page.tree.once("vitepress", _site))


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site

    base = _evidence(tree)[0].partition(_FOLDER)[0].strip("./")
    variables = {"base": base}
    addresses = Addresses(tree, _layout(tree), Habit(pictures=("public", ""), default=True), base)
    return Site(addresses, variables, prefix="$frontmatter.")


VITEPRESS = SourceKind(
    "vitepress", "VitePress", _evidence, _layout, markdown_pages, _convert, is_site=True
)
