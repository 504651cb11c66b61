"""What a site's search knows of pages beside their terms: numbers of all, and what is shown."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cannery.model.hit import SearchRecord
from cannery.search.browser_postings import Postings, gaps
from cannery.search.browser_shards import Cutter, Sizes
from cannery.search.browser_terms import PageTerms
from cannery.util.text import fold_name

ROWS = 2048  # pages whose titles are in one file: what answers a query is in few sections
_TEXTS = Sizes(8_000, 12_000, 32_000)
# Bytes of all texts, a third of that when packed: the hits of one query are in many small files.
FEW_TEXTS = 400_000

Titles = Mapping[str, Mapping[str, str]]  # of folders, by language


@dataclass(frozen=True)
class PageNumbers:
    """By page: the terms in its text, title and headings; in a query for its title; its bytes."""

    text: Sequence[int]
    title: Sequence[int]
    heading: Sequence[int]
    called: Sequence[int]
    size: Sequence[int]


def page_numbers(analysed: Iterable[PageTerms]) -> PageNumbers:
    rows = [numbers_of(page) for page in analysed]
    return PageNumbers(*(array("L", [row[at] for row in rows]) for at in range(5)))


def numbers_of(page: PageTerms) -> tuple[int, int, int, int, int]:
    """What `PageNumbers` has of a page."""
    size = len(page.plain.encode("utf-8", "replace"))
    return page.text, page.title, page.heading, page.called, size


class Pages:
    """The pages in their order, with the folders that they are in."""

    def __init__(self, records: Sequence[SearchRecord], titles: Titles) -> None:
        self.records, self._titles = records, titles
        self.languages = sorted({item.language for item in records})
        self._folders = sorted({above for item in records for above in _folders_of(item.entry)})
        self._roots = _roots(records)

    def head(self, numbers: PageNumbers) -> dict[str, Any]:
        """What a browser needs of all pages, whatever is asked."""
        languages = {language: at for at, language in enumerate(self.languages)}
        folders = {folder: at for at, folder in enumerate(self._folders)}
        entries = [item.entry for item in self.records]
        return {
            "count": len(self.records),
            "languages": self.languages,
            "roots": [self._roots.get(language, "") for language in self.languages],
            "folders": [[folder, self._titles.get(folder, {})] for folder in self._folders],
            "pages": {
                "language": [languages[item.language] for item in self.records],
                "folder": [folders[entry.rpartition("/")[0]] for entry in entries],
                "variant": [*_variants(entries)],
                "text": [*numbers.text],
                "title": [*numbers.title],
                "heading": [*numbers.heading],
                "called": [*numbers.called],
            },
        }

    def rows(self, start: int) -> list[list[Any]]:
        """What is shown of the pages from a number on, as many as are in one file."""
        return [self._row(item) for item in self.records[start : start + ROWS]]

    def _row(self, item: SearchRecord) -> list[Any]:
        usual = f"{self._roots.get(item.language, '')}{item.entry}/"
        is_usual = item.kind == ("macro" if item.entry.startswith("macros/") else "article")
        more = {
            "address": item.address if item.address != usual else "",
            "kind": "" if is_usual else item.kind,
            "tags": [*item.tags],
            "shortcut": item.shortcut,
        }
        row = [item.entry.rpartition("/")[2], item.title]
        told = {name: value for name, value in more.items() if value}
        return [*row, told] if told else row

    def text_files(self, numbers: PageNumbers) -> list[int]:
        """The first page of each file of texts; those of a small site are one file."""
        if sum(numbers.size) <= FEW_TEXTS:
            return [0] if self.records else []
        cutter = Cutter(_TEXTS)
        return [
            number
            for number, (item, size) in enumerate(zip(self.records, numbers.size, strict=True))
            if cutter.begins(f"{item.entry} {item.language}", size)
        ]

    def texts(self, start: int, analysed: Iterable[PageTerms]) -> list[list[str]]:
        """The summaries and texts of some pages, from a number on."""
        records = self.records[start:]
        return [[item.summary, page.plain] for item, page in zip(records, analysed, strict=False)]

    def shortcuts(self) -> dict[str, Postings]:
        """Terms for the macros' shortcuts, as no word of a text is: no word has this sign."""
        numbers: dict[str, list[int]] = {}
        for number, item in enumerate(self.records):
            if item.shortcut:
                numbers.setdefault(f"!{fold_name(item.shortcut)}", []).append(number)
        return {term: Postings(0, gaps(there)) for term, there in numbers.items()}


def text_name(start: int) -> str:
    """The file of the texts of some pages, from a number on."""
    return f"p{start}.json"


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _folders_of(entry: str) -> Iterator[str]:
    """The folder that an entry is in, and those above it."""
    while entry:
        entry = entry.rpartition("/")[0]
        yield entry


def _roots(records: Sequence[SearchRecord]) -> dict[str, str]:
    """By language, what the addresses of its pages begin with, as a rule."""
    counts: dict[str, Counter[str]] = {}
    for item in records:
        if item.address.endswith(f"{item.entry}/"):
            root = item.address[: -len(item.entry) - 1]
            counts.setdefault(item.language, Counter())[root] += 1
    return {
        language: min(roots, key=lambda root: (-roots[root], root))
        for language, roots in counts.items()
    }


def _variants(entries: Sequence[str]) -> Iterator[int]:
    """How many pages before each the same entry stands in another language; 0 for the first."""
    last: dict[str, int] = {}
    for number, entry in enumerate(entries):
        yield number - last.get(entry, number)
        last[entry] = number
