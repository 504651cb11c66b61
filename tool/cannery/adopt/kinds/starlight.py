"""Astro Starlight: `src/content/docs/`, with a folder for each further language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cannery.adopt.config import beside, folder_of, script_keys, script_texts, settings_files
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_SETTINGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "js", "ts", "mts", "cjs"))
_CONTENT = "src/content/docs"
_ENDINGS = (".mjs", ".js", ".ts", ".mts", ".cjs")
_ROOT = "root"  # what the settings call the language whose pages are in no folder


def _evidence(tree: SourceTree) -> Sequence[str]:
    settings = [
        path
        for path in settings_files(tree, _SETTINGS)
        if any(tree.below(beside(folder_of(path), _CONTENT), tree.markdown))
    ]
    return settings or [*tree.below(_CONTENT, tree.markdown)][:1]


def _layout(tree: SourceTree) -> SourceLayout:
    file = _evidence(tree)[0]
    is_settings = file.rpartition("/")[2] in _SETTINGS
    text = tree.config(file) if is_settings else ""
    texts, locales = script_texts(text), script_keys(text, "locales")
    content = beside(folder_of(file) if is_settings else ".", _CONTENT)
    root = script_texts(locales.pop(_ROOT, "")).get("lang", "")
    default = root or texts.get("defaultLocale", "")
    found = folders_with_languages(tree, content, locales, "" if default == _ROOT else default)
    return found._replace(
        name=texts.get("title", ""),
        site_url=texts.get("site", ""),
        repository=texts.get("github", ""),
    )


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert import mdx_dialects
    from cannery.adopt.convert.mdx import imported
    from cannery.adopt.convert.page import convert_page

    is_mdx = page.path.endswith(".mdx")
    dialect = mdx_dialects.MDX if is_mdx else mdx_dialects.STARLIGHT
    names = imported(page.text) if is_mdx else {}
    return convert_page(page, dialect, page.tree.once("starlight", _site), names)


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site

    base = _evidence(tree)[0].partition(_CONTENT)[0]
    base = (folder_of(base) if base.endswith(_ENDINGS) else base).strip("./")
    habit = Habit(pictures=("public",), small=True, default=True)
    return Site(Addresses(tree, _layout(tree), habit, base), {"base": base}, prefix="frontmatter.")


_NAMES = {"slug": "redirect_from"}
STARLIGHT = SourceKind(
    "starlight",
    "Astro Starlight",
    _evidence,
    _layout,
    markdown_pages,
    _convert,
    is_site=True,
    names=_NAMES,
)
