"""The index of a site's own search, split into files of which a browser loads a few per query.

`root.json`: languages, folders, numbers of each page, the first term of each shard, synonyms.
`t-*.bin`: shards of sorted terms, so that a prefix is in one or two of them. A page's words in
another spelling are terms there (`server=`), and katakana have their English words (`サーバ=`), see
`equivalents`; so are shortcuts (`!;refund`). `r*.json`: what is shown of the pages. `p*.json`:
their texts, for passages; one file where the site is small. `filters.json`: see `browser_filters`.
Read by `site/web/search_index.js`; ranks as `kb find` does.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from zlib import crc32

from cannery.model.hit import SearchRecord
from cannery.model.location import Kind, Status
from cannery.search import browser_filters, browser_readings
from cannery.search.browser_pages import (
    ROWS,
    PageNumbers,
    Pages,
    Titles,
    as_json,
    page_numbers,
    text_name,
)
from cannery.search.browser_postings import NO_POSTINGS, Postings, merged
from cannery.search.browser_shards import shard_name, shards
from cannery.search.browser_term_files import TermFiles
from cannery.search.browser_terms import PageTerms, page_terms
from cannery.search.loan_words import table
from cannery.search.query_terms import query_terms
from cannery.search.tokens import MARK, stemmed
from cannery.util.text import fold

FORMAT = 7


@dataclass(frozen=True)
class BrowserIndex:
    """What the files of the index are made of, but for what is shown of the pages.

    `dashed`: by page, see `browser_filters`; `shortcuts`: as terms, see `Pages`.
    """

    numbers: PageNumbers
    dashed: Sequence[Sequence[str]]
    shortcuts: Mapping[str, Postings]
    terms: TermFiles


def browser_index(records: Sequence[SearchRecord], analysed: Sequence[PageTerms]) -> BrowserIndex:
    """The index of pages that were analysed."""
    terms = merged(page.postings for page in analysed)
    shortcuts = Pages(records, {}).shortcuts()
    loans = {word: known for word, known in loan_words(terms).items() if known.raw}
    files = TermFiles(shards(terms | loans | shortcuts))
    dashed = [page.dashed for page in analysed]
    return BrowserIndex(page_numbers(analysed), dashed, shortcuts, files)


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
    pages, index = Pages(records, titles or {}), browser_index(records, analysed)
    told = told_synonyms(synonyms, index.terms, may_tell)
    return {
        **{shard_name(first): data for first, data in index.terms.files.items()},
        **dict(_text_files(pages, index.numbers, analysed)),
        **head_files(pages, index, told),
    }


def head_files(
    pages: Pages, index: BrowserIndex, synonyms: Mapping[str, list[str]]
) -> dict[str, bytes]:
    """The files that are of all pages, whatever is asked of them."""
    dashed = chain.from_iterable(index.dashed)
    readings = browser_readings.readings_file(index.terms)
    return {
        **({browser_readings.FILE: readings} if readings else {}),
        **dict(_row_files(pages, len(index.dashed))),
        browser_filters.FILE: browser_filters.filters_file(pages.records, dashed),
        "root.json": _root(pages, index, synonyms, has_readings=bool(readings)),
    }


def own_words() -> Iterator[str]:
    """What the files say whatever the pages are: names of files, of fields, of states."""
    blanks = dict.fromkeys(SearchRecord._fields, "-")
    record = SearchRecord(**blanks)._replace(tags=("-",))  # type: ignore[arg-type]
    files = index_files([record], [page_terms(record)])
    yield " ".join([*files, *(item.value for item in (*Status, *Kind))])
    yield from (data.decode("utf-8", "replace") for data in files.values())


def _root(
    pages: Pages, index: BrowserIndex, synonyms: Mapping[str, list[str]], *, has_readings: bool
) -> bytes:
    """The file that each search begins with; of a small site it has what is shown of the pages."""
    head = {
        "format": FORMAT,
        **pages.head(index.numbers),
        "shards": index.terms.firsts,
        "shown": ROWS,
        "texts": pages.text_files(index.numbers),
        "synonyms": synonyms,
        "readings": has_readings,
    }
    if head["count"] <= ROWS:
        head["rows"] = pages.rows(0)
    return as_json(head)


def _row_files(pages: Pages, count: int) -> Iterator[tuple[str, bytes]]:
    """What is shown of the pages of a large site."""
    for start in range(0, count, ROWS) if count > ROWS else ():
        yield f"r{start // ROWS}.json", as_json(pages.rows(start))


def _text_files(
    pages: Pages, numbers: PageNumbers, analysed: Sequence[PageTerms]
) -> Iterator[tuple[str, bytes]]:
    starts = pages.text_files(numbers)
    for start, end in pairwise([*starts, len(analysed)]):
        yield text_name(start), as_json(pages.texts(start, analysed[start:end]))


def loan_words(terms: Container[str], of: Iterable[str] | None = None) -> dict[str, Postings]:
    """By katakana, its English words if the pages have any of them in any spelling, as postings.

    They stand by no page, and sort beside the pairs of letters that a query fetches anyway. `of`:
    only those that have some of these terms for a word.
    """
    stems = {katakana: [*map(stemmed, english)] for katakana, english in table().items()}
    if of is not None:
        asked = {term.removesuffix(MARK) for term in of}
        stems = {
            katakana: words for katakana, words in stems.items() if not asked.isdisjoint(words)
        }
    return {
        f"{katakana}{MARK}": Postings(0, " ".join(words).encode())
        if any(word in terms or f"{word}{MARK}" in terms for word in words)
        else NO_POSTINGS
        for katakana, words in stems.items()
    }


def told_synonyms(
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
