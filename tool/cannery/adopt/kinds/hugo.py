"""Hugo: `content/`, or a folder of it for each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cannery.adopt.config import beside, folder_of, settings_files, text_at, values_of
from cannery.adopt.kind import Converted, SourceKind, SourcePage, markdown_pages
from cannery.adopt.languages import folders_with_languages
from cannery.adopt.layouts import LANGUAGE
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout

if TYPE_CHECKING:
    from cannery.adopt.convert.page import Site

_ENDINGS = ("toml", "yaml", "yml", "json")
_SETTINGS = tuple(f"hugo.{ending}" for ending in _ENDINGS)
_EARLIER = tuple(f"config.{ending}" for ending in _ENDINGS)  # as other programs call theirs, too
_SECTION = "_index.md"  # a page for a folder, which only Hugo has by this name


def _evidence(tree: SourceTree) -> Sequence[str]:
    own = settings_files(tree, _SETTINGS) + _in_folder(tree)
    if own:
        return own
    sections = [path for path in tree.below("content", tree.markdown) if path.endswith(_SECTION)]
    if not sections:
        return ()
    return settings_files(tree, _EARLIER) or tuple(sections[:1])


def _in_folder(tree: SourceTree) -> tuple[str, ...]:
    """The settings in `config/_default/`, those of the site before those of languages."""
    names = (*_SETTINGS, *_EARLIER, *(f"languages.{ending}" for ending in _ENDINGS))
    return tuple(path for name in names if (path := f"config/_default/{name}") in tree.names)


def _layout(tree: SourceTree) -> SourceLayout:
    values: dict[str, Any] = {}
    files = [path for path in _evidence(tree) if not path.endswith(_SECTION)]
    for path in files:
        read = values_of(tree, path)
        is_languages = path.rpartition("/")[2].startswith("languages.")
        values = {**values, "languages": read} if is_languages else {**read, **values}
    base = folder_of(files[0]).removesuffix("config/_default").rstrip("/") if files else "."
    languages = values.get("languages")
    languages = languages if isinstance(languages, dict) else {}
    content = beside(base or ".", text_at(values, "contentDir", "contentdir") or "content")
    default = text_at(values, "defaultContentLanguage", "defaultcontentlanguage")
    default = default or ("en" if not languages or "en" in languages else next(iter(languages)))
    found = folders_with_languages(tree, content, languages, default)
    named = dict(_of_languages(base or ".", languages))
    hidden = tree.once(
        f"hugo unpublished {content}", lambda tree: _unpublished(tree, content, values)
    )
    return found._replace(
        articles=tuple(named) or found.articles,
        tags=tuple((name, tag) for name, tag in named.items() if LANGUAGE not in name),
        ignore=(*found.ignore, *hidden),
        name=text_at(values, "title", f"languages.{default}.title"),
        site_url=text_at(values, "baseURL", "baseurl"),
        repository=text_at(values, "params.github_repo", "params.repo"),
    )


def _unpublished(tree: SourceTree, content: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    from cannery.adopt.convert.unpublished import unpublished

    today = date.today()  # noqa: DTZ011 - the team's own day
    return tuple(dict.fromkeys(unpublished(tree, content, values, today)))


def _of_languages(base: str, languages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The folders that the languages name, with them; one named after its own is a pattern."""
    for tag, settings in languages.items():
        if folder := text_at(settings if isinstance(settings, dict) else {}, "contentDir"):
            pieces = beside(base, folder).split("/")
            own = (LANGUAGE if piece.lower() == tag.lower() else piece for piece in pieces)
            yield "/".join(own), tag


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.hugo import HUGO as DIALECT
    from cannery.adopt.convert.page import convert_page

    folder = page.path.rpartition("/")[0]
    names = page.tree.once(f"hugo {folder}", lambda tree: _handed_down(tree, folder))
    return convert_page(page, DIALECT, page.tree.once("hugo", _site), names)


def _handed_down(tree: SourceTree, folder: str) -> dict[str, str]:
    """The values that the pages of the folders above hand down to those below them."""
    from cannery.adopt.convert.header import read_page
    from cannery.adopt.convert.notes import Notes
    from cannery.adopt.convert.variables import texts_in

    names: dict[str, str] = {}
    pieces = folder.split("/")
    for size in range(1, len(pieces) + 1):
        path = "/".join([*pieces[:size], _SECTION])
        if text := tree.config(path):
            cascade = read_page(text, Notes(SourcePage(path, text, tree))).values.get("cascade")
            for table in cascade if isinstance(cascade, list) else [cascade]:
                names |= {name.removeprefix("params."): value for name, value in texts_in(table)}
    return names


def _site(tree: SourceTree) -> Site:
    from cannery.adopt.convert.addresses import Addresses, Habit
    from cannery.adopt.convert.page import Site
    from cannery.adopt.convert.variables import texts_in

    files = [path for path in _evidence(tree) if not path.endswith(_SECTION)]
    base = folder_of(files[0]).removesuffix("config/_default").strip("./") if files else ""
    params = [
        values_of(tree, path)
        for path in tree.below(base)
        if path.rpartition("/")[2].rpartition(".")[0] == "params"
    ]
    params += [values_of(tree, path).get("params", {}) for path in files]
    variables = {name: text for table in params for name, text in texts_in(table)}
    habit = Habit(pictures=("static", "assets"), small=True)
    return Site(Addresses(tree, _layout(tree), habit, base), variables)


_NAMES = {"aliases": "redirect_from", "url": "redirect_from"}
HUGO = SourceKind(
    "hugo", "Hugo", _evidence, _layout, markdown_pages, _convert, is_site=True, names=_NAMES
)
