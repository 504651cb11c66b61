"""The entries nearest to a gap, and how much of what is asked for they have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import catalogue, load
from cannery.insight.gaps.fit import Fit, is_near, share, weight
from cannery.model.entry import Macro, Part
from cannery.model.hit import Query
from cannery.model.location import Status
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search.strip_markup import strip_markup

_HITS = 3
_SOUGHT, _COMPARED = 2, 20  # questions of a gap that are searched for, and compared with entries
_MAX_TEXT = 20_000  # characters of an entry
Terms = Callable[[str], Iterable[str]]


class _Entry(NamedTuple):
    """An entry in all its languages: its title, and the terms of its names and of its text."""

    title: str
    names: frozenset[str]
    text: frozenset[str]


class Entries:
    """Looks for the entries near a gap; each is read once."""

    def __init__(self, knowledge_base: KnowledgeBase, terms: Terms) -> None:
        self._knowledge_base = knowledge_base
        self._terms = terms
        workspace = knowledge_base.workspace
        self._catalogue = catalogue(workspace, scan(workspace))
        self._known: dict[str, _Entry | None] = {}

    def near(
        self, samples: Sequence[str], weights: Mapping[str, float], led: Mapping[str, int]
    ) -> tuple[Fit, ...]:
        """The nearest first. `led`: by id, how many searches went on to an entry."""
        found = dict.fromkeys(led)
        for words in samples[:_SOUGHT]:
            query = Query(words, limit=_HITS, snippets=False)
            found |= dict.fromkeys(hit.at.id for hit in self._knowledge_base.find(query))
        asked = [tuple(self._terms(text)) for text in samples[:_COMPARED]]
        fits = [
            Fit(
                id_,
                entry.title,
                share(asked, entry.names),
                share(asked, entry.names | entry.text),
                weight(weights, entry.names),
                led.get(id_, 0),
            )
            for id_ in found
            if (entry := self._entry(id_))
        ]
        fits = [*filter(is_near, fits)]
        fits.sort(key=lambda fit: (-fit.led, -(fit.named + fit.said + fit.about), fit.entry))
        return tuple(fits[:_HITS])

    def _entry(self, id_: str) -> _Entry | None:
        if id_ not in self._known:
            self._known[id_] = self._read(id_)
        return self._known[id_]

    def _read(self, id_: str) -> _Entry | None:
        """None for one that is gone, or that no one is to find."""
        workspace = self._knowledge_base.workspace
        files = self._catalogue[id_].by_language.values() if id_ in self._catalogue else ()
        items = [load(workspace, at.path).item for at in files]
        entries = [item for item in items if item and not isinstance(item, Part)]
        if not entries or all(entry.header.status is Status.RETIRED for entry in entries):
            return None
        names, texts = [id_.rsplit("/", 1)[-1].replace("-", " ")], []
        for entry in entries:
            header = entry.header
            shortcut = entry.shortcut if isinstance(entry, Macro) else ""
            names += [header.title, shortcut, *header.keywords, *header.tags]
            texts.append(f"{header.summary}\n{strip_markup(entry.body)[:_MAX_TEXT]}")
        default = workspace.settings.default_language
        first = next((entry for entry in entries if entry.at.language == default), entries[0])
        return _Entry(first.header.title, self._all(names), self._all(texts))

    def _all(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(term for text in texts for term in self._terms(text))
