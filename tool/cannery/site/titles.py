"""What pages are called in a list of results: `Title - Section - Name`, each of them once."""

from __future__ import annotations

from cannery.model.entry import Entry
from cannery.site.article import language_name, section_title, trail
from cannery.site.texts import text
from cannery.site.visibility import PublishedView

_FEW = 20  # entries of one title whose sections are compared


def entry_title(site: PublishedView, entry: Entry) -> str:
    """The title of an entry's page: with all its sections, or its id, where others have it too."""
    language, title = entry.at.language, entry.header.title
    sections = _sections(site, entry.at.id, language)
    same = site.same_titles[language, title]
    if len(same) == 1:
        return _joined(site, title, *sections[:1])
    ids = [id_ for id_ in same if id_ != entry.at.id]
    if len(ids) > _FEW or any(_sections(site, id_, language) == sections for id_ in ids):
        title = f"{title} ({entry.at.id.partition('/')[2]})"
    return _joined(site, title, *sections)


def section_page_title(site: PublishedView, folder: str, language: str) -> str:
    """The title of a section's page, with its language where the page is not written in it."""
    title = section_title(site, folder, language)
    default = site.settings.default_language
    if language != default and title == section_title(site, folder, default):
        title = f"{title} ({language_name(language)})"
    return _joined(site, title, *_sections(site, folder, language)[:-1][:1])


def front_title(site: PublishedView, title: str, language: str) -> str:
    """The title of a front page: the site's name alone where it has no other."""
    is_other = language != site.settings.default_language
    name = f"{site.settings.name} ({language_name(language)})" if is_other else site.settings.name
    return name if title == site.settings.name else f"{title} - {name}"


def list_title(site: PublishedView, title: str, language: str) -> str:
    """The title of a page that lists what is in no section of its own.

    With its language where we have no words in it, and other pages have the same ones.
    """
    default = site.settings.default_language
    if language != default and text(language, "changes") == text(default, "changes"):
        title = f"{title} ({language_name(language)})"
    return _joined(site, title)


def _sections(site: PublishedView, id_: str, language: str) -> list[str]:
    """The titles of the sections above an id, the innermost first."""
    return [title for title, _ in reversed(trail(site, id_, language))]


def _joined(site: PublishedView, *parts: str) -> str:
    return " - ".join([*parts, site.settings.name])
