"""All files of a site's search: after an edit of a few pages, those that are others than before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cannery.model.hit import SearchRecord
from cannery.search.browser_index import browser_index, head_files, told_synonyms
from cannery.search.browser_index_cache import PageCache, cache_key
from cannery.search.browser_index_state import IndexState, load_state, order_of, store_state
from cannery.search.browser_pages import Pages, Titles, as_json, text_name
from cannery.search.browser_shards import shard_name
from cannery.search.browser_terms import PageTerms
from cannery.search.browser_update import EditedPage, updated

_FEW = 20  # pages: after an edit of more of them the whole index is made as soon


@dataclass(frozen=True)
class SearchFiles:
    """Files by name, to be written.

    `id` tells what the files of a folder were made from. `names` are those of all files: what is
    not in `files` is as it should be in a folder with the files that were told to be `known`.
    """

    id: str
    names: frozenset[str]
    files: Mapping[str, bytes]

    @property
    def kept(self) -> frozenset[str]:
        """The files that are not written."""
        return self.names - self.files.keys()


@dataclass(frozen=True)
class SearchContent:
    """What there is to find: pages, titles of folders by language, groups of synonyms.

    `may_tell`: see `index_files`.
    """

    records: Sequence[SearchRecord]
    titles: Titles = field(default_factory=dict)
    synonyms: Iterable[Sequence[str]] = ()
    may_tell: Callable[[str], bool] = bool


class Kept(NamedTuple):
    """A folder for what is kept from one build to the next, and a name for it there.

    `known`: the id of the files that are where these files are to be; empty for others or none.
    """

    folder: Path
    name: str
    known: str = ""


def search_files(
    content: SearchContent, kept: Kept, on_page: Callable[[], None] = lambda: None
) -> SearchFiles:
    """The files of a site's search; `on_page` is called for each page that is looked at."""
    cache = PageCache(kept.folder)
    keys = [cache_key(record) for record in content.records]
    pages = Pages(content.records, content.titles)
    maker = _Maker(content.records, pages, cache, keys, on_page)
    before = load_state(kept.folder, kept.name)
    edited = maker.edited(before) if before else None
    state = maker.state(before, edited)
    if before is None or before.id != state.id:
        store_state(kept.folder, kept.name, state)
    told = told_synonyms(content.synonyms, state.index.terms, content.may_tell)
    head = head_files(pages, state.index, told)
    files = dict(maker.files(state, before if before and before.id == kept.known else None))
    cache.save(keys)
    return SearchFiles(state.id, frozenset({*maker.names(state), *head}), files | head)


@dataclass(frozen=True)
class _Maker:
    records: Sequence[SearchRecord]
    pages: Pages
    cache: PageCache
    keys: Sequence[str]
    on_page: Callable[[], None]

    def page(self, number: int) -> PageTerms:
        return self.cache.terms(self.records[number], self.keys[number])

    def changed(self, before: IndexState) -> list[int]:
        """The pages that have other contents, of those that are there before and now."""
        both = zip(before.keys, self.keys, strict=True)
        return [number for number, (old, new) in enumerate(both) if old != new]

    def edited(self, before: IndexState) -> list[EditedPage] | None:
        """The pages that were edited; None where that is not all, or too much."""
        if before.order != order_of(self.records):
            return None
        numbers = self.changed(before)
        olds = [self.cache.known(before.keys[number]) for number in numbers[: _FEW + 1]]
        if len(numbers) > _FEW or None in olds:
            return None
        return [
            EditedPage(number, old, self.page(number))
            for number, old in zip(numbers, olds, strict=True)
            if old
        ]

    def state(self, before: IndexState | None, edited: list[EditedPage] | None) -> IndexState:
        if before is not None and edited is not None:
            return IndexState(before.order, self.keys, updated(before.index, self.records, edited))
        analysed = []
        for number in range(len(self.records)):
            analysed.append(self.page(number))
            self.on_page()
        index = browser_index(self.records, analysed)
        return IndexState(order_of(self.records), self.keys, index)

    def files(self, state: IndexState, there: IndexState | None) -> Iterator[tuple[str, bytes]]:
        """Those of terms and of texts, but for such as are there already."""
        old = there.index.terms.files if there else {}
        for first, data in state.index.terms.files.items():
            if old.get(first) != data:
                yield shard_name(first), data
        starts = {*self.text_spans(there)} if there and there.order == state.order else set()
        changed = self.changed(there) if there and starts else []
        for start, end in self.text_spans(state):
            if (start, end) not in starts or any(start <= number < end for number in changed):
                texts = self.pages.texts(start, map(self.page, range(start, end)))
                yield text_name(start), as_json(texts)

    def text_spans(self, state: IndexState) -> Iterable[tuple[int, int]]:
        return pairwise([*self.pages.text_files(state.index.numbers), len(state.keys)])

    def names(self, state: IndexState) -> Iterator[str]:
        """Those of all files of terms and of texts."""
        yield from map(shard_name, state.index.terms.firsts)
        yield from (text_name(start) for start, _ in self.text_spans(state))
