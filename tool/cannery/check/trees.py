"""Folders that hold the same pages once more: another language of them, or another version."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from cannery.util.language_tags import is_language

_Folder = tuple[str, ...]

_LEAST = 3  # pages of the same name and place, for two folders to be the same ones twice
_SHARE = 0.25  # of the smaller folder's pages
_LOOKED_AT = 500  # pages of a folder
_LAST = "\U0010ffff"
_VERSION = re.compile(r"(?:v|version[-_]?)\d++(?:[._-][^\W_]{1,8}+)*|\d++(?:\.(?:\d++|x))+")
_NUMBER = re.compile(r"\d{1,3}[-_.](?=\D)")  # before a name, for an order of pages


class Trees:
    """What the places of all pages say about each other."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._pages = sorted(pieces(path) for path in paths)
        self._all = frozenset(self._pages)
        self._known: dict[tuple[_Folder, _Folder], bool] = {}

    def are_parallel(self, one: str, other: str) -> bool:
        """Whether two pages are, by their places, one page in two languages or versions."""
        here, there = pieces(one), pieces(other)
        if self.edition(one) != self.edition(other):
            return True
        before, after = _shared(here, there), _shared(here[::-1], there[::-1])
        after = min(after, len(here) - before, len(there) - before)
        if not after:
            return False
        return self._are_twice(here[: len(here) - after], there[: len(there) - after])

    def edition(self, path: str) -> Sequence[str]:
        """The languages and versions that the folders of a page name."""
        page = pieces(path)
        return tuple(
            name
            for at, name in enumerate(page[:-1])
            if name in self._tags.get(page[:at], ()) or _VERSION.fullmatch(name)
        )

    def originals(
        self, pairs: Iterable[tuple[str, str]], default: str
    ) -> Sequence[tuple[str, str]]:
        """The pairs of pages without those that are, each, another one's translations or versions.

        Of a pair in several languages, the one in the default language is left.
        """
        in_order = sorted(pairs, key=lambda pair: not {*self.edition(pair[0])} <= {default})
        by_names: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for pair in in_order:
            known = by_names[tuple(sorted(pieces(path)[-1] for path in pair))]
            if not any(all(map(self.are_parallel, other, pair)) for other in known):
                known.append(pair)
        return [pair for pairs in by_names.values() for pair in pairs]

    def distinct(self, paths: Iterable[str], most: int) -> Sequence[str]:
        """The pages that are no other of them in another language or version, at most so many."""
        found: list[str] = []
        for path in paths:
            if not any(self.are_parallel(other, path) for other in found):
                found.append(path)
                if len(found) == most:
                    break
        return found

    def _are_twice(self, one: _Folder, other: _Folder) -> bool:
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            sizes = [end - start for start, end in map(self._range, key)]
            small, large = key if sizes[0] <= sizes[1] else key[::-1]
            start, end = self._range(small)
            looked_at = self._pages[start : min(end, start + _LOOKED_AT)]
            both = sum((*large, *page[len(small) :]) in self._all for page in looked_at)
            self._known[key] = both >= max(_LEAST, _SHARE * len(looked_at))
        return self._known[key]

    def _range(self, folder: _Folder) -> tuple[int, int]:
        """Where the pages below a folder begin and end."""
        return bisect_left(self._pages, folder), bisect_left(self._pages, (*folder, _LAST))

    @cached_property
    def _tags(self) -> dict[_Folder, frozenset[str]]:
        """The folders that are languages, by the folder that they lie in."""
        return {
            above: frozenset(inside)
            for above, inside in self._tagged.items()
            if above[-1:] == ("i18n",) or self._are_translations(above, inside)
        }

    @cached_property
    def _tagged(self) -> dict[_Folder, dict[str, set[_Folder]]]:
        """The pages below folders that are called like languages, by parent and name."""
        found: dict[_Folder, dict[str, set[_Folder]]] = defaultdict(lambda: defaultdict(set))
        for page in self._pages:
            for at, name in enumerate(page[:-1]):
                if is_language(name):
                    found[page[:at]][name].add(page[at + 1 :])
        return found

    def _are_translations(self, above: _Folder, inside: dict[str, set[_Folder]]) -> bool:
        """Whether most of these folders have pages called as another's, or as the parent's."""
        return 2 * sum(self._is_translation(above, inside, name) for name in inside) > len(inside)

    def _is_translation(self, above: _Folder, inside: dict[str, set[_Folder]], name: str) -> bool:
        pages = inside[name]
        least = max(min(_LEAST, len(pages)), _SHARE * len(pages))
        beside = sum((*above, *page) in self._all for page in pages)
        return beside >= least or any(
            len(pages & others) >= least for other, others in inside.items() if other != name
        )


def pieces(path: str) -> _Folder:
    """The folders and the name of a page, without numbers for an order and without endings."""
    *folders, name = PurePosixPath(path).parts
    return tuple(_NUMBER.sub("", piece) for piece in (*folders, name.partition(".")[0]))


def _shared(one: _Folder, other: _Folder) -> int:
    """How many names two paths begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))
