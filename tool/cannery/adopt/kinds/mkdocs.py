"""MkDocs, and what continues it: `docs/` beside `mkdocs.yml`, languages by its plugin `i18n`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cannery.adopt.config import beside, folder_of, left_out, settings_files, text_at, yaml_values
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_SETTINGS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")


def _evidence(tree: SourceTree) -> Sequence[str]:
    return settings_files(tree, _SETTINGS)


def _layout(tree: SourceTree) -> SourceLayout:
    file = _evidence(tree)[0]
    values = yaml_values(tree.config(file))
    docs = beside(folder_of(file), text_at(values, "docs_dir") or "docs")
    locales = [*_locales(values)]
    named = [text_at(item, "locale") for item in locales]
    first = next((text_at(item, "locale") for item in locales if text_at(item, "default")), "")
    default = first or text_at(values, "theme.language")
    found = folders_with_languages(tree, docs, [name for name in named if name], default)
    # Its site lacks them, and what a site lacks must not come to ours.
    unpublished = [text_at(values, name) for name in ("exclude_docs", "draft_docs")]
    patterns = (line for text in unpublished for line in text.split("\n"))
    return found._replace(
        ignore=(*found.ignore, *left_out(patterns, docs)),
        name=text_at(values, "site_name"),
        site_url=text_at(values, "site_url"),
        repository=text_at(values, "repo_url"),
    )


def _locales(values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The languages of the plugin `i18n`, as mappings; `default: true` is a text here."""
    plugins = values.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else ():
        settings = plugin.get("i18n") if isinstance(plugin, dict) else None
        languages = settings.get("languages") if isinstance(settings, dict) else None
        if isinstance(languages, list):
            yield from (item for item in languages if isinstance(item, dict))
        elif isinstance(languages, dict):
            yield from ({"locale": locale} for locale in languages)


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert import mkdocs
    from cannery.adopt.convert.page import convert_page

    site = page.tree.once("mkdocs", _site)
    has_macros = site.variables.get("macros") == "yes"
    return convert_page(page, mkdocs.MACROS if has_macros else mkdocs.MKDOCS, site)


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site
    from cannery.adopt.convert.variables import texts_in

    file = _evidence(tree)[0]
    values = yaml_values(tree.config(file))
    docs = beside(folder_of(file), text_at(values, "docs_dir") or "docs")
    plugins = str(values.get("plugins"))
    extra = values.get("extra")
    variables = dict(texts_in(extra if isinstance(extra, dict) else {}))
    variables["snippets"] = "\n".join(_snippet_folders(values, folder_of(file)))
    variables["macros"] = "yes" if "macros" in plugins or "markdownextradata" in plugins else ""
    return Site(Addresses(tree, _layout(tree), Habit(pictures=("",)), docs.strip("./")), variables)


def _snippet_folders(values: Mapping[str, Any], base: str) -> Iterator[str]:
    """Where the extension `snippets` looks for files."""
    extensions = values.get("markdown_extensions")
    for extension in extensions if isinstance(extensions, list) else [extensions]:
        options = extension.get("pymdownx.snippets") if isinstance(extension, dict) else None
        paths = options.get("base_path") if isinstance(options, dict) else None
        for path in paths if isinstance(paths, list) else [paths]:
            if isinstance(path, str):
                yield beside(base, path.removeprefix("!relative"))
    yield base


MKDOCS = SourceKind("mkdocs", "MkDocs", _evidence, _layout, markdown_pages, _convert, is_site=True)
