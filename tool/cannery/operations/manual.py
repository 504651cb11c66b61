"""The documentation that comes with the program: its pages, and those that answer a question."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.layout import locate
from cannery.content.library import Variants, catalogue, load_entry, resolve
from cannery.errors import AmbiguousError, NotFoundError, SettingsError
from cannery.manual import FOLDER
from cannery.model.entry import Entry
from cannery.model.event import Listener, ignore
from cannery.model.hit import Query
from cannery.operations.entry import supported
from cannery.operations.find import find
from cannery.settings_file import MAX_DAYS
from cannery.user_settings import UserSettings, read_user_settings
from cannery.util import notices, user_folders
from cannery.workspace import Workspace, open_workspace

_MOST = 5  # pages that answer
_INDEX = "/index"  # a section's own page


class Page(NamedTuple):
    """A page in the language of its reader, and all the languages that it is written in."""

    entry: Entry
    languages: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.entry.at.id.rpartition("/")[2]


class Section(NamedTuple):
    """Pages below one title."""

    title: str
    pages: tuple[Page, ...]


class Answer(NamedTuple):
    """The pages that answer, the best first; without any, words that may have been meant."""

    pages: tuple[Page, ...]
    suggestions: tuple[str, ...] = ()


def open_manual() -> Workspace:
    """The documentation, with the user's own settings; its index is in the user's cache.

    Settings that can't be read are no reason to have no help with them.
    """
    return open_workspace(FOLDER, user=_user())


def _user() -> UserSettings:
    try:
        return read_user_settings()
    except SettingsError as error:
        notices.add(f"your settings are left out: {error.message}")
        # Opening takes away what is too old, and nobody knows what that is now.
        return UserSettings(user_folders.config(), memory_days=MAX_DAYS)


def all_pages(manual: Workspace, language: str = "") -> tuple[Page, ...]:
    """Every page by its id, in the language that is asked for, else in the user's.

    Raises UsageError for a language that the documentation doesn't have.
    """
    supported(language, manual.settings.languages)
    names = catalogue(manual, scan(manual))
    return tuple(_page(manual, names[id_], language) for id_ in sorted(names))


def pages_about(
    manual: Workspace, words: str, language: str = "", listener: Listener = ignore
) -> Answer:
    """The page that `words` name, or those that a search for them finds.

    A section's own page answers nothing. The language that is asked for is shown wherever a page
    has it, whichever variant matched.
    """
    supported(language, manual.settings.languages)
    scanned = scan(manual)
    try:
        return Answer((_page(manual, resolve(manual, scanned, words), language),))
    except (NotFoundError, AmbiguousError):
        query = Query(words, limit=2 * _MOST, prefer=language or manual.user.language)
    hits, suggestions, *_ = find(manual, query, listener)
    names = catalogue(manual, scanned)
    found = [hit.at for hit in hits if not hit.at.id.endswith(_INDEX)][:_MOST]
    pages = (_page(manual, names[at.id], language or at.language) for at in found)
    return Answer(tuple(pages), suggestions)


def linked_page(manual: Workspace, page: Page) -> Callable[[str], str]:
    """What a relative link of a page leads to: the other page's name, or nothing."""
    ids = catalogue(manual, scan(manual))
    tails = Counter(id_.rpartition("/")[2] for id_ in ids)
    folder = posixpath.dirname(page.entry.at.path)

    def name(address: str) -> str:
        path = address.partition("#")[0]
        if not path.endswith(".md"):
            return ""
        whole = posixpath.normpath(posixpath.join(folder, path))
        id_ = locate(whole, manual.settings).id
        if id_ not in ids:
            return ""
        tail = id_.rpartition("/")[2]
        return tail if tails[tail] == 1 else id_

    return name


def sections(pages: Iterable[Page]) -> tuple[Section, ...]:
    """The pages by section; a section's own page gives its title, and is none of them."""
    titles: dict[str, str] = {}
    grouped: dict[str, list[Page]] = {}
    for page in pages:
        id_ = page.entry.at.id
        folder = id_.rpartition("/")[0]
        others = grouped.setdefault(folder, [])
        if id_.endswith(_INDEX):
            titles[folder] = page.entry.header.title
        else:
            others.append(page)
    return tuple(Section(titles.get(key, ""), tuple(each)) for key, each in grouped.items())


def _page(manual: Workspace, variants: Variants, language: str) -> Page:
    at = variants.choose((language, manual.user.language), manual.settings)
    return Page(load_entry(manual, at), tuple(sorted(variants.by_language)))
