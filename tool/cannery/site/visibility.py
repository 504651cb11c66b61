"""What of a knowledge base an audience may see, and where on its site each thing is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import NamedTuple
from urllib.parse import quote, unquote

from cannery.content.glossary import visible_terms
from cannery.content.icons import icons
from cannery.content.layout import FRONT, locate
from cannery.content.links import SECTION_PAGES, section_of, site_path
from cannery.content.redirect_faults import with_folders
from cannery.content.visibility import (
    NO_FILES,
    Files,
    Lead,
    Reference,
    follow,
    link_to,
)
from cannery.model.entry import Article, Audience, Entry, FileHistory, Macro, Part, Shelf
from cannery.model.figure_page import SECTION, FigurePage
from cannery.model.glossary import NO_TERMS, VisibleTerms
from cannery.model.location import Location, Problem, Status
from cannery.site.originals import follow_originals
from cannery.site.selection import files_by_id, select, visible_histories
from cannery.workspace import Settings, Workspace

_ADDRESS = re.compile(r"https?://[^\x00-\x20\x7f\s\"'<>\\]+")


class HostPages(NamedTuple):
    """Where the team's Git host edits a file, tells its history, and takes faults and questions.

    Addresses with `{path}` in the place of the file's path, `{id}` in that of the entry's id,
    `{query}` in that of what was searched for. Empty where there is no such page.
    """

    edit: str = ""
    history: str = ""
    report: str = ""
    ask: str = ""


NO_HOST = HostPages()


class SectionMark(NamedTuple):
    """A section's icon, as the theme's folder of icons calls it, and its place, lowest first."""

    icon: str = ""
    order: float = inf


@dataclass(frozen=True)
class PublishedView:
    """What an audience may see, by paths; `files` has the files of every entry, by id.

    `fronts` are the team's own front pages. `hidden` and its like and `whole` have what it may not
    see: only the search for leaks looks at them. `problems` are of reading all files. `figures` are
    pages of an internal site.
    """

    workspace: Workspace
    audience: Audience
    articles: Mapping[str, Article]
    macros: Mapping[str, Macro]
    parts: tuple[Part, ...]
    files: Mapping[str, Files]
    hidden: tuple[Entry, ...]
    hidden_parts: tuple[Part, ...]
    fronts: tuple[Article, ...] = ()
    whole: tuple[Entry, ...] = ()
    hidden_people: tuple[str, ...] = ()
    file_histories: Mapping[str, FileHistory] = field(default_factory=dict)
    host: HostPages = NO_HOST
    problems: tuple[Problem, ...] = ()
    glossary: VisibleTerms = NO_TERMS
    figures: tuple[FigurePage, ...] = ()

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @property
    def web_address(self) -> str:
        """The site's address with a slash at its end; of an internal site no page tells any."""
        is_known = _ADDRESS.fullmatch(self.settings.site_url)
        return f"{self.settings.site_url}/" if is_known and self.audience is Audience.PUBLIC else ""

    def lists(self, language: str) -> tuple[str, ...]:
        """The pages of lists that a language has, by name."""
        return self._lists.get(language, ())

    @cached_property
    def _lists(self) -> Mapping[str, tuple[str, ...]]:
        tagged = {entry.at.language for entry in self.entries if entry.header.tags}
        kinds = {"articles": self.articles, "macros": self.macros}
        names = [name for name, there in kinds.items() if there]
        explained = {language for entry in self.glossary.shown for language in entry.terms}
        changing = () if self.is_of_figures else self.languages
        figured = {page.language for page in self.figures}
        more = {"tags": tagged, "glossary": explained, "changes": changing, SECTION: figured}
        return {
            language: (*names, *(name for name in more if language in more[name]))
            for language in self.languages
        }

    @property
    def is_of_figures(self) -> bool:
        """Whether there is nothing else to see."""
        return bool(self.figures) and not (self.articles or self.macros)

    @property
    def entries(self) -> Iterator[Entry]:
        yield from self.articles.values()
        yield from self.macros.values()

    @cached_property
    def variants(self) -> Mapping[str, Mapping[str, Entry]]:
        """What is shown, by id and language."""
        by_id: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            by_id.setdefault(entry.at.id, {})[entry.at.language] = entry
        return by_id

    @cached_property
    def same_titles(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The ids of those that share a title in a language, by language and title."""
        ids: dict[tuple[str, str], list[str]] = {}
        for entry in self.entries:
            ids.setdefault((entry.at.language, entry.header.title), []).append(entry.at.id)
        return {key: tuple(each) for key, each in ids.items()}

    @cached_property
    def _named_folders(self) -> frozenset[str]:
        return with_folders(id_.rpartition("/")[0] for id_ in self.variants)

    def section_of(self, id_: str) -> str:
        """The section that an article is the page of: as `net/index`, or as `net` beside `net/`."""
        is_beside = id_ in self._named_folders and id_.startswith("articles/")
        return section_of(id_) or (id_ if is_beside else "")

    @cached_property
    def living(self) -> frozenset[str]:
        """The ids of all entries that are not retired, shown or not, and of their folders."""
        return with_folders(id_ for id_, files in self.files.items() if _is_living(files))

    @cached_property
    def sections(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of published entries by folder, in order; without the sections' own pages."""
        by_folder: dict[str, list[str]] = {}
        for id_ in sorted(self.variants, key=lambda id_: (self._place(id_), id_)):
            if not self.section_of(id_):
                by_folder.setdefault(id_.rpartition("/")[0], []).append(id_)
        return {folder: tuple(ids) for folder, ids in by_folder.items()}

    def _place(self, id_: str) -> float:
        """Where an entry says that it is to stand; one that says nothing is behind those."""
        entry = self.best(id_, self.settings.default_language)
        return inf if entry is None or entry.header.order is None else entry.header.order

    @cached_property
    def folders(self) -> Mapping[str, tuple[str, ...]]:
        """The folders right below each folder that holds something shown."""
        return {folder: tuple(sorted(inside)) for folder, inside in self._inside.items()}

    @cached_property
    def _inside(self) -> Mapping[str, set[str]]:
        inside: dict[str, set[str]] = {}
        for folder in self.counts:
            inside.setdefault(folder.rpartition("/")[0], set()).add(folder)
        return inside

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many entries each folder holds, its own folders included."""
        counts: dict[str, int] = {}
        for folder, ids in self.sections.items():
            parts = folder.split("/")
            for size in range(len(parts)):
                above = "/".join(parts[: size + 1])
                counts[above] = counts.get(above, 0) + len(ids)
        return counts

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are pages in, the default one first."""
        there = {entry.at.language for entry in self.entries}
        there |= {page.language for page in self.figures}
        default = self.settings.default_language
        return (default, *(item for item in self.settings.languages if item in there - {default}))

    def lead_of(self, path: str, language: str) -> Lead:
        """Where a link to a file leads, in a text of this language."""
        return self._follow(link_to(path, language, self.settings), locate(path, self.settings).id)

    def address_lead(self, id_: str, language: str) -> Lead:
        """Where the `article_url` of an article leads, in a macro of this language."""
        return self._follow(Reference(language), id_)

    def _follow(self, reference: Reference, id_: str) -> Lead:
        entry = self.files.get(id_, NO_FILES)
        return follow(reference, entry, self.audience, self.settings.default_language)

    def best(self, id_: str, language: str) -> Entry | None:
        """The entry in a language, else in the default one, else in any."""
        there = self.variants.get(id_, {})
        default = self.settings.default_language
        return there.get(language) or there.get(default) or next(iter(there.values()), None)

    def address(self, at: Location) -> str:
        """The page's address below the site's, percent-encoded: `ja/articles/net/har/`."""
        return site_path(at, self.settings)

    def page_path(self, at: Location) -> str:
        """The page's file below the folder of pages."""
        folder = unquote(self.address(at)).rstrip("/")
        return f"{folder}/index.md" if self.section_of(at.id) else f"{folder}.md"

    @cached_property
    def trails(self) -> dict[tuple[str, str], list[list[str]]]:
        """Room for what `article.trail` has found, by folder and language."""
        return {}

    def section_page(self, folder: str, language: str) -> Entry | None:
        """A section's own page, if it has one."""
        names = [*(f"{folder}/{name}" for name in SECTION_PAGES), folder]
        pages = (self.best(name, language) for name in names if name.startswith("articles/"))
        return next((page for page in pages if page), None)

    def section_mark(self, folder: str, language: str) -> SectionMark:
        """A section's icon and place, as its page says, or the one in the default language."""
        default = self.settings.default_language
        pages = [self.section_page(folder, one) for one in dict.fromkeys((language, default))]
        headers = [page.header for page in pages if page]
        icon = next((header.icon for header in headers if header.icon in icons()), "")
        order = next((header.order for header in headers if header.order is not None), inf)
        return SectionMark(icons().get(icon, ""), order)

    def target(self, path: str, language: str) -> str:
        """The page's file that a link leads to: in the language of the text, if that is shown."""
        at = self.lead_of(path, language).at or locate(path, self.settings)
        if at.id == FRONT:
            return f"{self.folder(at.language) if at.language in self.languages else ''}index.md"
        return self.page_path(at)

    def folder(self, language: str) -> str:
        """The folder of a language's pages: empty for the default one."""
        return unquote(self.root(language))

    def root(self, language: str) -> str:
        """The address of a language's pages: empty for the default one."""
        return "" if language == self.settings.default_language else f"{quote(language)}/"


def _is_living(entry: Files) -> bool:
    seen = [entry.visibility(at) for at in entry.files]
    return any(item is None or item.status is not Status.RETIRED for item in seen)


def published_view(
    workspace: Workspace,
    shelf: Shelf,
    audience: Audience,
    host: HostPages = NO_HOST,
) -> PublishedView:
    """The site of what an audience sees."""
    is_internal = audience is Audience.INTERNAL
    shelf = follow_originals(shelf, workspace.settings)
    selection = select(workspace, shelf, audience)
    return PublishedView(
        workspace,
        audience,
        {item.at.path: item for item in selection.entries if isinstance(item, Article)},
        {item.at.path: item for item in selection.entries if isinstance(item, Macro)},
        shelf.parts if is_internal else (),
        files_by_id(shelf.entries),
        selection.hidden,
        () if is_internal else shelf.parts,
        selection.fronts,
        selection.whole,
        host=host,
        problems=shelf.problems,
        glossary=visible_terms(workspace, audience),
    )


def with_history(site: PublishedView, histories: Mapping[str, FileHistory]) -> PublishedView:
    """The site with what Git knows of its files, as far as its audience may know it."""
    paths = [item.at.path for item in site.entries]
    there = visible_histories(histories, paths, site.audience, site.settings)
    hidden = {name for path in paths if path in histories for name in histories[path].people}
    shown = {name for history in there.values() for name in history.people}
    return replace(site, file_histories=there, hidden_people=tuple(sorted(hidden - shown)))
