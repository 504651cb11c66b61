"""Jekyll: posts and collections in folders that begin with `_`, pages anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cannery.adopt.config import beside, folder_of, left_out, settings_files, text_at, yaml_values
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_SETTINGS = ("_config.yml", "_config.yaml", "_config.toml")
_PIECES = ("_drafts", "_includes", "_layouts", "_site", "_sass", "_data", "vendor")
_MOSTLY = 0.7  # of the pages that are in collections: then the others are the repository's own


def _evidence(tree: SourceTree) -> Sequence[str]:
    return settings_files(tree, _SETTINGS)


def _layout(tree: SourceTree) -> SourceLayout:
    file = _evidence(tree)[0]
    values, base = yaml_values(tree.config(file)), folder_of(file)
    base = beside(base, text_at(values, "source") or ".")
    ignored = [path for name in _PIECES if (path := beside(base, name)) in tree.folders]
    named = values.get("exclude")  # from the folder of the pages, with and without a slash before
    names = (
        [f"/{name}" for name in named if isinstance(name, str)] if isinstance(named, list) else []
    )
    ignored += left_out(names, base)
    collections = _collections(tree, values, base)
    pages = [*tree.below(base, tree.markdown)]
    inside = sum(path.startswith(tuple(f"{name}/" for name in collections)) for path in pages)
    found = folders_with_languages(tree, base, default=text_at(values, "lang", "locale")[:2])
    if collections and inside > _MOSTLY * len(pages):
        found = found._replace(articles=tuple(collections))
    return found._replace(
        ignore=tuple(ignored) if found.articles[0] == base else (),
        name=text_at(values, "title", "name"),
        site_url=text_at(values, "url") + text_at(values, "baseurl"),
        repository=_repository(text_at(values, "repository")),
    )


def _collections(tree: SourceTree, values: Mapping[str, Any], base: str) -> list[str]:
    """The folders of posts, drafts apart, and of the collections that have pages."""
    above = beside(base, text_at(values, "collections_dir") or ".")
    named = values.get("collections")
    names = [str(name) for name in named] if isinstance(named, list | dict) else []
    folders = (beside(above, f"_{name}") for name in ["posts", *names])
    return [folder for folder in dict.fromkeys(folders) if any(tree.below(folder, tree.markdown))]


def _repository(name: str) -> str:
    return f"https://github.com/{name}" if name.count("/") == 1 else name


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.jekyll import JEKYLL as DIALECT
    from cannery.adopt.convert.page import convert_page

    return convert_page(page, DIALECT, page.tree.once("jekyll", _site))


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site
    from cannery.adopt.convert.variables import texts_in

    file = _evidence(tree)[0]
    values = yaml_values(tree.config(file))
    base = beside(folder_of(file), text_at(values, "source") or ".").strip("./")
    variables = {f"site.{name}": text for name, text in texts_in(values)}
    habit = Habit(pictures=("",), dates=True, languages=False)
    return Site(Addresses(tree, _layout(tree), habit, base), variables, prefix="page.")


JEKYLL = SourceKind(
    "jekyll", "Jekyll", _evidence, _layout, markdown_pages, _convert, is_site=True, is_whole=True
)
