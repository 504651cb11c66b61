"""Guide's categories and sections, and our folders: the first folder is a category.

A folder that has no section gets one; none is ever deleted. The lock file keeps which is which, so
that one that is called otherwise at the desk stays the same folder here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.guide_locales import Locales
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import Json, answered, number, one, rows
from cannery.util.plain import one_line
from cannery.util.text import fold_name

CATEGORIES, SECTIONS = "guide_categories", "guide_sections"
CATEGORY, SECTION = "category", "section"
_BASE = "/api/v2/help_center"
_PLACES = {CATEGORY: f"{_BASE}/categories", SECTION: f"{_BASE}/sections"}
_ROOT = "."  # the folder of all articles itself
_DEEPEST = 10


class Sections:
    """The sections of one help centre; they are listed once, when one is looked for."""

    def __init__(self, opening: Opening, locales: Locales, numbers: Numbers) -> None:
        self._opening, self._locales, self._numbers = opening, locales, numbers
        self._is_listed = False

    def folder(self, section: str) -> str:
        """The folder below `articles/` that a section is, by its number; empty for that itself."""
        if section not in self._numbers.known(SECTIONS).values():
            self._list()
        known = self._numbers.known(SECTIONS)
        found = next((name for name, value in known.items() if value == section), _ROOT)
        return "" if found == _ROOT else found

    def number(self, folder: str) -> str:
        """The number of the section that a folder is; one is made where there is none."""
        name = folder or _ROOT
        if name not in self._numbers.known(SECTIONS):
            self._list()
        if name not in self._numbers.known(SECTIONS):
            path = f"{_BASE}/categories/{self._category(folder)}/sections"
            self._numbers.keep(SECTIONS, name, self._made(path, SECTION, folder))
        return self._numbers.known(SECTIONS)[name]

    def _category(self, folder: str) -> str:
        top = folder.partition("/")[0]
        name = top or _ROOT
        if name not in self._numbers.known(CATEGORIES):
            made = self._made(f"{_BASE}/categories", CATEGORY, top)
            self._numbers.keep(CATEGORIES, name, made)
        return self._numbers.known(CATEGORIES)[name]

    def _made(self, path: str, what: str, folder: str) -> str:
        """Make a category or section with its name in each language; its number."""
        client = self._opening.client
        (locale, name), *others = self._titles(folder).items()
        sent = {what: {"name": name, "locale": locale}}
        made = number(one(answered(client, "POST", path, sent), what))
        for other, title in others:
            translation = {"translation": {"locale": other, "title": title}}
            answered(client, "POST", f"{_PLACES[what]}/{made}/translations", translation)
        return made

    def _titles(self, folder: str) -> dict[str, str]:
        """What a folder is called, by locale, the default language first."""
        default = self._opening.default_language
        languages = sorted(self._locales.by_language, key=lambda item: item != default)
        titles = {one: self._title(folder, one) for one in languages}
        found = {self._locales.by_language[one]: title for one, title in titles.items() if title}
        own = _plain_title(folder.rpartition("/")[2]) or "Articles"
        return found or {self._locales.by_language[one]: own for one in languages[:1]}

    def _title(self, folder: str, language: str) -> str:
        """A folder's title; those below a category have those of the folders between in it."""
        files = self._opening.files
        titles = files.titles(language) if files else {}
        path = folder.split("/")
        inner = ["/".join(path[: size + 1]) for size in range(len(path))][1:] or [folder]
        found = [titles.get(f"articles/{item}".rstrip("/"), "") for item in inner]
        return " / ".join(found) if all(found) else ""

    def _list(self) -> None:
        """Learn the folders of all categories and sections that have none yet."""
        if self._is_listed:
            return
        self._is_listed = True
        client = self._opening.client
        categories = [*rows(client, f"{_BASE}/categories", "categories")]
        for row in categories:
            self._learn(CATEGORIES, row, "")
        by_number = {number(row): row for row in rows(client, f"{_BASE}/sections", "sections")}
        for row in by_number.values():
            self._learn_section(row, by_number)

    def _learn_section(self, row: Json, sections: Mapping[str, Json]) -> None:
        """Learn a section, below its category and the sections that it is in.

        One that is called as its category is the category's own folder.
        """
        known = {value: name for name, value in self._numbers.known(CATEGORIES).items()}
        category = known.get(number(row, "category_id"), "").removeprefix(_ROOT)
        above = category
        for around in [*_around(row, sections)][::-1]:
            above = f"{above}/{self._name(around, above)}"
        is_own = above == category and self._name(row, "") == category
        self._learn(SECTIONS, row, "" if is_own else above)

    def _learn(self, what: str, row: Json, above: str) -> None:
        known = self._numbers.known(what)
        if number(row) in known.values():
            return
        name = self._name(row, above)
        base = f"{above}/{name}" if above else name
        free, count = base, 1
        while free in known:
            count += 1
            free = f"{base}-{count}"
        self._numbers.keep(what, free, number(row))

    def _name(self, row: Json, above: str) -> str:
        """The folder that a category or section is: one of ours that is called so, or a new one."""
        title = fold_name(one_line(str(row.get("name") or "")))
        prefix = f"{above}/" if above else ""
        for language in self._opening.languages:
            files = self._opening.files
            for id_, name in (files.titles(language) if files else {}).items():
                folder = id_.removeprefix("articles").removeprefix("/")
                rest = folder.removeprefix(prefix)
                if folder.startswith(prefix) and "/" not in rest and fold_name(name) == title:
                    return rest or _ROOT
        files = self._opening.files
        return (files.folder(title.replace("/", " ")) if files else "") or "section"


def _plain_title(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").strip().capitalize()


def _around(row: Json, sections: Mapping[str, Json]) -> Iterator[Json]:
    """The sections that a section is in, from the innermost."""
    above = sections.get(number(row, "parent_section_id"))
    for _ in range(_DEEPEST):
        if above is None:
            return
        yield above
        above = sections.get(number(above, "parent_section_id"))
