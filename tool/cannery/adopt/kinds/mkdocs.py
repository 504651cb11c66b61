"""MkDocs, and what continues it: `docs/` beside `mkdocs.yml`, languages by its plugin `i18n`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cannery.adopt.config import beside, folder_of, settings_files, text_at, yaml_values
from cannery.adopt.kind import Kind, markdown_pages, unchanged
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

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
    return found._replace(
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


MKDOCS = Kind("mkdocs", "MkDocs", _evidence, _layout, markdown_pages, unchanged, is_site=True)
