"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cannery.check.page import Page
from cannery.check.whole import Whole
from cannery.model.location import Problem

Files = Mapping[str, str]
Fix = Callable[[Page, Whole], str]


def shown(text: str) -> str:
    """An example's text for display, with a visible sign for NUL."""
    return text.rstrip().replace("\0", "\u2400")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of `kb check`.

    `code` is what reports and settings call it. `page` finds it in one file: what it finds is kept
    until the file changes, so it may look at nothing else. `whole` finds it between files, from
    the facts of each. Either may find faults of other codes too. `fix` gives a file's text without
    the fault, or as it is where only a person knows. `wrong` and `right` are small knowledge
    bases, by path below kb/, with the fault and without.
    """

    code: str
    why: str
    wrong: Files
    right: Files
    page: Callable[[Page], Iterator[Problem]] | None = None
    whole: Callable[[Whole], Iterator[Problem]] | None = None
    fix: Fix | None = None
