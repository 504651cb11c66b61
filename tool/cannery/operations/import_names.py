"""Titles, shortcuts and ids of imported macros, none of which another macro has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, count
from typing import NamedTuple

from cannery.content.holes import tags
from cannery.exchange.languages import Family
from cannery.model.canned_reply import CannedReply, Origin
from cannery.model.entry import Macro
from cannery.model.loss import Loss
from cannery.operations.draft import slug
from cannery.search.strip_markup import strip_markup
from cannery.util.plain import one_line
from cannery.util.text import fold_name

_MAX_TITLE, _MAX_STEM = 80, 50
_MAX_FOLDERS, _MAX_FOLDER = 4, 40  # of letters: a path has to fit where Windows checks it out
_MAX_SHORTCUT = 60
_UNTITLED = "Reply"


class FamilyNames(NamedTuple):
    """What all languages of a macro share: `stem` is the title that its files are named for."""

    stem: str
    section: str
    shortcut: str


class Names:
    """The names that there are. Each that is given out counts at once; what changed is noted."""

    def __init__(self, macros: Iterable[Macro]) -> None:
        self.notes: list[Loss] = []
        self._titles: set[tuple[str, str]] = set()
        self._shortcuts: dict[str, str] = {}
        self._languages: dict[str, set[str]] = defaultdict(set)
        for macro in macros:
            self._titles.add((macro.at.language, fold_name(macro.header.title)))
            self._languages[fold_name(macro.at.id)].add(macro.at.language)
            if macro.shortcut:
                self._shortcuts[fold_name(macro.shortcut)] = macro.at.id

    def family(self, family: Family, default: str, into: str) -> FamilyNames:
        """The names of a family, of which `default` is the language that names files."""
        first = family.first(default)
        section = section_of(into, first.section)
        title = title_of(first)
        languages = {*family.by_language}
        stem = base = title[:_MAX_STEM].strip()
        number = 1
        while not self._is_free(self._id(section, stem), languages, family.shortcut):
            number += 1
            stem = f"{base} {number}"
        id_ = self._id(section, stem)
        self._languages[fold_name(id_)] |= languages
        return FamilyNames(stem, section, self._shortcut(family.shortcut, id_, first.origin))

    def title(self, reply: CannedReply, section: str) -> str:
        """A title that no macro in the language has."""
        wanted = title_of(reply)
        folder = section.rpartition("/")[2]
        others = (f"{wanted} {number}" for number in count(2))
        ways = chain([wanted], [f"{wanted} ({folder})"] if folder else [], others)
        title = next(it for it in ways if (reply.language, fold_name(it)) not in self._titles)
        self._titles.add((reply.language, fold_name(title)))
        if title != wanted:
            why = f"another macro has this title: it is {title} here"
            self.notes.append(Loss(reply.origin.path, reply.origin.line, wanted, why))
        return title

    def _id(self, section: str, stem: str) -> str:
        return "/".join(filter(None, ("macros", section, slug(stem))))

    def _is_free(self, id_: str, languages: set[str], shortcut: str) -> bool:
        """Whether no entry has the id, or one of the same shortcut in other languages."""
        there = self._languages.get(fold_name(id_), set())
        if not there:
            return True
        is_same = self._shortcuts.get(fold_name(shortcut), "") == id_ if shortcut else False
        return is_same and there.isdisjoint(languages)

    def _shortcut(self, wanted: str, id_: str, origin: Origin) -> str:
        """The shortcut, or none where another macro answers to it."""
        shortcut = one_line(wanted)[:_MAX_SHORTCUT]
        if not shortcut:
            return ""
        owner = self._shortcuts.setdefault(fold_name(shortcut), id_)
        if owner == id_:
            return shortcut
        why = f"the shortcut of {owner}: {id_} has none"
        self.notes.append(Loss(origin.path, origin.line, shortcut, why))
        return ""


def title_of(reply: CannedReply) -> str:
    """A title without placeholders, else the first words of the text, else what it is called by."""
    first = reply.body.strip().partition("\n")[0]
    ways = (
        _without_tags(reply.title),
        strip_markup(_without_tags(first)).strip(),
        one_line(reply.shortcut),
    )
    title = next((it for it in ways if any(map(str.isalnum, it))), _UNTITLED)
    return title if len(title) <= _MAX_TITLE else f"{title[: _MAX_TITLE - 1].rstrip()}…"


def _without_tags(template: str) -> str:
    pieces, at = [], 0
    for tag in tags(template):
        shown = "…" if template.startswith("{{", tag.start) else ""
        pieces += [template[at : tag.start], shown]
        at = tag.end
    return one_line("".join([*pieces, template[at:]])).strip("# ")


def section_of(*sections: str) -> str:
    """Sections as folders that every computer can have."""
    folders = [one for section in sections for one in section.split("/") if one.strip(". \t")]
    return "/".join(slug(one)[:_MAX_FOLDER].strip("-") for one in folders[:_MAX_FOLDERS])
