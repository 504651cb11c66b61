"""The index of a site's own search, split into files of which a browser loads a few per query.

`root.json`: languages, folders, numbers of each page, the first term of each shard, synonyms.
`t-*.bin`: shards of sorted terms, so that a prefix is in one or two of them. A page's words in
another spelling are terms there (`server=`), and katakana have their English words (`サーバ=`), see
`equivalents`; so are shortcuts (`!;refund`). `r*.json`: what is shown of the pages. `p*.json`:
their texts, for passages. `filters.json`: see `browser_filters`. Read by
`site/web/search_index.js`; ranks as `kb find` does.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from cannery.model.hit import SearchRecord
from cannery.model.location import Kind, Status
from cannery.search import browser_filters
from cannery.search.browser_pages import ROWS, PageNumbers, Pages, Titles, as_json, page_numbers
from cannery.search.browser_postings import Postings, postings
from cannery.search.browser_shards import shard_name, shards
from cannery.search.browser_terms import PageTerms, page_terms
from cannery.search.loan_words import table
from cannery.search.query_terms import query_terms
from cannery.search.tokens import MARK, stemmed
from cannery.util.text import fold

FORMAT = 5


def index_files(
    records: Sequence[SearchRecord],
    analysed: Sequence[PageTerms],
    synonyms: Iterable[Sequence[str]] = (),
    may_tell: Callable[[str], bool] = bool,
    titles: Titles | None = None,
) -> dict[str, bytes]:
    """The files of the index by name, reproducibly: the same bytes for the same pages.

    `may_tell` says of a synonym whose parts occur in the pages whether it may stand in the index.
    `titles` are those of folders, by language.
    """
    pages, terms = Pages(records, titles or {}), postings(analysed)
    numbers = page_numbers(analysed)
    files = [*shards(terms | loan_words(terms) | pages.shortcuts())]
    told = _synonyms(synonyms, terms, may_tell)
    return {
        **{shard_name(first): data for first, data in files},
        **dict(row_files(pages, len(records))),
        **dict(_text_files(pages, numbers, analysed)),
        browser_filters.FILE: browser_filters.filters_file(records),
        "root.json": root(pages, numbers, [first for first, _ in files], told),
    }


def own_words() -> Iterator[str]:
    """What the files say whatever the pages are: names of files, of fields, of states."""
    blanks = dict.fromkeys(SearchRecord._fields, "-")
    record = SearchRecord(**blanks)._replace(tags=("-",))  # type: ignore[arg-type]
    files = index_files([record], [page_terms(record)])
    yield " ".join([*files, *(item.value for item in (*Status, *Kind))])
    yield from (data.decode("utf-8", "replace") for data in files.values())


def root(
    pages: Pages, numbers: PageNumbers, firsts: Sequence[str], synonyms: Mapping[str, list[str]]
) -> bytes:
    """The file that each search begins with; of a small site it has what is shown of the pages."""
    head = {
        "format": FORMAT,
        **pages.head(numbers),
        "shards": firsts,
        "shown": ROWS,
        "texts": pages.text_files(numbers),
        "synonyms": synonyms,
    }
    if head["count"] <= ROWS:
        head["rows"] = pages.rows(0)
    return as_json(head)


def row_files(pages: Pages, count: int) -> Iterator[tuple[str, bytes]]:
    """What is shown of the pages of a large site."""
    for start in range(0, count, ROWS) if count > ROWS else ():
        yield f"r{start // ROWS}.json", as_json(pages.rows(start))


def _text_files(
    pages: Pages, numbers: PageNumbers, analysed: Sequence[PageTerms]
) -> Iterator[tuple[str, bytes]]:
    starts = pages.text_files(numbers)
    for start, end in pairwise([*starts, len(analysed)]):
        yield f"p{start}.json", as_json(pages.texts(start, analysed[start:end]))


def loan_words(terms: Container[str]) -> dict[str, Postings]:
    """Of katakana whose English words the pages have in any spelling: those, in place of postings.

    They stand by no page, and sort beside the pairs of letters that a query fetches anyway.
    """
    words = {}
    for katakana, english in table().items():
        stems = [*map(stemmed, english)]
        if any(stem in terms or f"{stem}{MARK}" in terms for stem in stems):
            words[f"{katakana}{MARK}"] = Postings(0, " ".join(stems).encode())
    return words


def _synonyms(
    groups: Iterable[Sequence[str]], terms: Container[str], may_tell: Callable[[str], bool]
) -> dict[str, list[str]]:
    """By the CRC-32 of a word in hexadecimal, the words of its group that occur in the pages.

    Words are hashed because one that no public page has may be internal.
    """
    by_hash: dict[str, set[str]] = {}
    for group in groups:
        folded = [fold(word) for word in group]
        occurring = {
            word
            for word in folded
            if all(term in terms for term in query_terms(word)) and may_tell(word)
        }
        for word in folded:
            if others := occurring - {word}:
                by_hash.setdefault(f"{crc32(word.encode()):08x}", set()).update(others)
    return {number: sorted(words) for number, words in sorted(by_hash.items())}
