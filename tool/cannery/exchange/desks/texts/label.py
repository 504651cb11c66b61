"""The one name that a desk keeps of a text: its title, its shortcut and its language.

`Refund ;refund` and `返金のご案内 ;refund (ja)`: agents find both by the shortcut, and so do we,
who know by it which records are one entry. What has no shortcut has the title that it has in the
default language, `Thanks (ja)`: nothing else tells that it is the same.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from cannery.util.plain import one_line
from cannery.util.text import fold_name

_SHORTEST = 2  # letters of a shortcut: a sign, and what it is for


class Label(NamedTuple):
    """What a name says. `language` is empty for the default one.

    `entry` is the id of the entry, where a desk has a place for it; `root` the desk's own id of the
    text that it is a translation of, or its own.
    """

    title: str
    shortcut: str = ""
    language: str = ""
    entry: str = ""
    root: str = ""

    @property
    def key(self) -> str:
        """What the records of one entry have in common."""
        if self.root or self.entry:
            return self.root or self.entry
        return f" {fold_name(self.shortcut)}" if self.shortcut else f"  {fold_name(self.title)}"


def written(label: Label) -> str:
    """The name that says it."""
    suffix = f"({label.language})" if label.language else ""
    return one_line(" ".join(filter(None, (label.title, label.shortcut, suffix))))


def read(name: str, languages: Collection[str]) -> Label:
    """What a name says; `languages` are the names that desks know them by."""
    title, language = _split(one_line(name), languages)
    head, _, last = title.rpartition(" ")
    if head and _is_shortcut(last):
        return Label(head, last, language)
    return Label(title, "", language)


def _split(name: str, languages: Collection[str]) -> tuple[str, str]:
    head, opening, last = name.rpartition(" (")
    language = last.removesuffix(")")
    if head and opening and last != language and language in languages:
        return head, language
    return name, ""


def _is_shortcut(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0] in ";:/!#." and word[1].isalnum()
