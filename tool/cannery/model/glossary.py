"""A team's glossary, as values that travel between the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cannery.model.entry import Audience


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one language: what it is called, what else, and what it means, without Markdown."""

    term: str
    means: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.also)


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term by languages, and who may read of it."""

    terms: Mapping[str, Term]
    audience: Audience = Audience.INTERNAL


@dataclass(frozen=True, slots=True)
class VisibleTerms:
    """The entries that an audience may read of, and those that it may not."""

    shown: tuple[GlossaryEntry, ...] = ()
    hidden: tuple[GlossaryEntry, ...] = ()


NO_TERMS = VisibleTerms()
