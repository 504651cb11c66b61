"""Titles that more than one entry has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cannery.check.facts import Facts
from cannery.check.rule import Rule
from cannery.check.trees import pieces
from cannery.check.whole import Whole
from cannery.content.pieces import is_piece
from cannery.model.location import Kind, Problem, Severity

_MANY = 4  # entries of one title, from which on it is what each section calls such a page
_USUAL = 6  # short titles in several sections, from which on all sections have such pages
_INDEX = frozenset({"index", "_index", "readme"})
_SHORT_WORDS, _SHORT_LETTERS = 2, 8  # of a title; letters where no spaces part words


class _Alike(NamedTuple):
    """Entries of one title, none of which is another one in another language or version."""

    first: Facts
    second: Facts
    more: int


def same_titles(whole: Whole) -> Iterator[Problem]:
    """A title that two entries of a kind have: nobody can tell them apart in a list.

    What sections call their pages by habit is no fault, as their readers look at the section.
    """
    owners = [*_owners(whole)]
    sections = sum(_is_sections_word(*pair) for items in owners for pair in _beside(whole, items))
    alike = {(item.first.at.path, item.second.at.path): item for item in _alike(whole, owners)}
    for pair in whole.trees.originals(alike, whole.workspace.settings.default_language):
        item = alike[pair]
        if sections < _USUAL or not _is_sections_word(item.first, item.second):
            yield _problem(item)


def _owners(whole: Whole) -> Iterator[Sequence[Facts]]:
    """The entries of each title that several have."""
    owners: dict[tuple[str, str, str], list[Facts]] = defaultdict(list)
    for item in whole.entries:
        title = " ".join(item.title.lower().split())
        if title and (item.at.kind is not Kind.ARTICLE or not is_piece(item.at.path)):
            owners[item.at.kind, item.at.language, title].append(item)
    return (items for items in owners.values() if len({item.at.id for item in items}) > 1)


def _beside(whole: Whole, items: Sequence[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """The first two of these that are in the same language and version, if there are two."""
    first: dict[Sequence[str], Facts] = {}
    for item in items:
        if other := first.get(edition := whole.trees.edition(item.at.path)):
            yield other, item
            return
        first[edition] = item


def _alike(whole: Whole, owners: Iterable[Sequence[Facts]]) -> Iterator[_Alike]:
    for items in owners:
        is_macro = items[0].at.kind is Kind.MACRO
        by_path = {item.at.path: item for item in items}
        paths = [*by_path] if is_macro else whole.trees.distinct(by_path, _MANY)
        if len(paths) > 1 and (is_macro or len(paths) < _MANY):
            yield _Alike(by_path[paths[0]], by_path[paths[1]], len(paths) - 2)


def _is_sections_word(one: Facts, other: Facts) -> bool:
    """Whether two sections have a page of this name each, or the title is a word or two."""
    (here, name), (there, other_name) = _place(one), _place(other)
    if here == there or one.at.kind is Kind.MACRO:
        return False
    words = one.title.split()
    is_short = one.title.isascii() or max(map(len, words), default=0) <= _SHORT_LETTERS
    is_same = _is_plural(*sorted((name, other_name), key=len))
    return is_same or (len(words) <= _SHORT_WORDS and is_short)


def _is_plural(name: str, longer: str) -> bool:
    """Whether two names are one, or one and its plural: `library` and `libraries`."""
    return len(longer) <= len(name) + 2 and longer.startswith(name[:-1] or name)


def _place(item: Facts) -> tuple[Sequence[str], str]:
    """An entry's section and name; an index page is called as its folder."""
    *folder, name = pieces(item.at.path)
    if name.lower() in _INDEX and folder:
        name = folder.pop()
    return folder, name


def _problem(item: _Alike) -> Problem:
    more = f" and {item.more} more" if item.more else ""
    message = f"same title as {item.first.at.id}{more}"
    path, line = item.second.at.path, item.second.line("title")
    hint = "Make the title more specific."
    return Problem(path, line, "same-title", message, hint, Severity.WARNING)


RULES = (
    Rule(
        code="same-title",
        whole=same_titles,
        why="Two entries with the same title can't be told apart in search results.",
        wrong={
            "articles/a/start.md": "---\ntitle: Overview\n---\nOne.\n",
            "articles/b/start.md": "---\ntitle: Overview\n---\nAnother.\n",
        },
        right={
            "articles/a/start.md": "---\ntitle: Overview of builds\n---\nOne.\n",
            "articles/b/start.md": "---\ntitle: Overview of tests\n---\nAnother.\n",
        },
    ),
)
