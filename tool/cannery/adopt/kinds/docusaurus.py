"""Docusaurus: `docs/`, with translations below `i18n/`; past versions are left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cannery.adopt.config import (
    beside,
    folder_of,
    left_out_by_globs,
    script_list,
    script_texts,
    settings_files,
)
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import written_in
from cannery.adopt.layouts import LANGUAGE
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_SETTINGS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs"))
_PLUGIN = "docusaurus-plugin-content-docs"
_TRANSLATED = re.compile(rf"((?:[^/]+/)?)i18n/([A-Za-z_-]{{2,12}})/{_PLUGIN}/current/")
_ROUTE = re.compile(r"\brouteBasePath\s{0,9}:\s{0,9}[\"']([^\"'\n]{1,200})[\"']")
_DOCS_PATH = re.compile(
    r"\bdocs\s{0,9}:\s{0,99}\{[^{}]{0,2000}?\bpath\s{0,9}:\s{0,9}[\"']([^\"'\n]{1,200})[\"']"
)


def _evidence(tree: SourceTree) -> Sequence[str]:
    found = settings_files(tree, _SETTINGS)
    return found or tuple(path for path in tree.markdown if _TRANSLATED.match(path))[:1]


def _layout(tree: SourceTree) -> SourceLayout:
    file = _evidence(tree)[0]
    text = tree.config(file) if file.rpartition("/")[2] in _SETTINGS else ""
    translated = _TRANSLATED.match(file)
    base = (translated[1].rstrip("/") or ".") if translated and not text else folder_of(file)
    texts = script_texts(text)
    path = _DOCS_PATH.search(text)
    docs = beside(base, path[1] if path else "docs")
    translations = beside(base, f"i18n/{LANGUAGE}/{_PLUGIN}/current")
    before = translations.partition(LANGUAGE)[0]
    found = {item.removeprefix(before).partition("/")[0] for item in tree.below(before.rstrip("/"))}
    default = texts.get("defaultLocale") or written_in(tree, [*tree.below(docs, tree.markdown)])
    languages = dict.fromkeys([default, *script_list(text, "locales"), *sorted(found)])
    organization, project = texts.get("organizationName"), texts.get("projectName")
    globs = script_list(text, "exclude")
    ignored = [
        pattern
        for folder in (docs, translations.replace(LANGUAGE, "*"))
        for pattern in left_out_by_globs(globs, folder)
    ]
    is_named = organization and project
    articles = (docs, translations) if found else (docs,)
    return SourceLayout(
        articles=articles,
        languages=tuple(languages),
        default_language=default,
        ignore=(*_parts(tree, articles), *ignored),
        name=texts.get("title", ""),
        site_url=texts.get("url", ""),
        repository=f"https://github.com/{organization}/{project}" if is_named else "",
    )


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.mdx import imported
    from cannery.adopt.convert.mdx_dialects import MDX
    from cannery.adopt.convert.page import convert_page

    return convert_page(page, MDX, page.tree.once("docusaurus", _site), imported(page.text))


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site

    file = _evidence(tree)[0]
    route = _ROUTE.search(tree.config(file))
    base = folder_of(file) if file.rpartition("/")[2] in _SETTINGS else file.partition("i18n/")[0]
    base = base.strip("./")
    habit = Habit(route[1].strip("/") if route else "docs", ("static",), numbers=True)
    addresses = Addresses(tree, _layout(tree), habit, base)
    return Site(addresses, {"base": base}, prefix="frontMatter.")


def _parts(tree: SourceTree, articles: Iterable[str]) -> Iterator[str]:
    """Patterns of what pages import: files and folders whose names begin with `_`."""
    for folder in articles:
        before = folder.partition(LANGUAGE)[0].rstrip("/")
        if any("/_" in path for path in tree.below(before, tree.markdown)):
            yield f"{folder.replace(LANGUAGE, '*')}/**/_*"


_NAMES = {"slug": "redirect_from"}
DOCUSAURUS = SourceKind(
    "docusaurus",
    "Docusaurus",
    _evidence,
    _layout,
    markdown_pages,
    _convert,
    is_site=True,
    names=_NAMES,
)
