"""The index of a site's own search, split into files of which a browser loads a few per query.

`meta.json`: counts, languages, the first term of each shard, synonyms. `docs.bin`: language and
lengths of each page. `t*.bin`: shards of sorted terms, so that a prefix is in one or two of them.
A page's words in another spelling are terms there (`server=`), and katakana have their English
words (`サーバ=`), see `equivalents`. `d*.json`: what is shown of the pages. `filters.json`: see
`browser_filters`. Read by `site/web/search_index.js`; ranks as `kb find` does.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from cannery.model.hit import SearchRecord
from cannery.search import browser_filters
from cannery.search.equivalents import equivalents
from cannery.search.loan_words import table
from cannery.search.query_terms import query_terms
from cannery.search.rows import little_endian
from cannery.search.strip_markup import headings, strip_markup
from cannery.search.tokens import MARK, compact_places, counts, has_cjk, is_compact, pairs, stemmed
from cannery.util.text import fold

FORMAT = 4
_SHARD = 24_000  # bytes of terms in a file: a few of them make a search
_SHOWN = 16  # pages whose title and summary are in one file
_LEAD = 160  # characters of a page that has no summary


@dataclass(frozen=True)
class PageTerms:
    """A page's terms with their counts, and what tells which of them stand side by side.

    `places`: by pair of kanji or katakana, offsets in the text. `followers`: by word, the numbers
    of those that stand behind it, see `_followers`. `lead`: what is shown of the page.
    """

    text: Mapping[str, int]
    title: Mapping[str, int]
    heading: Mapping[str, int]
    places: Mapping[str, Sequence[int]]
    followers: Mapping[str, Sequence[int]]
    lead: str


def page_terms(record: SearchRecord) -> PageTerms:
    body = strip_markup(record.body)
    text = f"{record.names} {record.summary} {body}"
    title = f"{record.names} {record.entry.rsplit('/', 1)[-1]}"
    heading = f"{record.summary} {strip_markup(headings(record.body))}"
    return PageTerms(
        counts(text) | equivalents(text),
        counts(title) | equivalents(title),
        counts(heading) | equivalents(heading),
        compact_places(text),
        _followers(text),
        record.summary or " ".join(body[: _LEAD * 2].split())[:_LEAD],
    )


def _followers(text: str) -> dict[str, list[int]]:
    """By word, the pairs that it begins, each as the lower half of its number, sorted.

    Half a number is enough: two words that follow the same one seldom share it.
    """
    following: dict[str, list[int]] = {}
    for word, _, number in pairs(text):
        if not has_cjk(word):
            following.setdefault(word, []).append(number & 0xFFFF)
    return {word: sorted(numbers) for word, numbers in following.items()}


def index_files(
    records: Sequence[SearchRecord],
    analysed: Sequence[PageTerms],
    synonyms: Iterable[Sequence[str]],
    may_tell: Callable[[str], bool] = bool,
) -> dict[str, bytes]:
    """The files of the index by name, reproducibly: the same bytes for the same pages.

    `may_tell` says of a synonym whose parts occur in the pages whether it may stand in the index.
    """
    terms = _postings(analysed)
    shards = [*_shards(terms | _loan_words(terms))]
    files = {f"t{number}.bin": data for number, (_, data) in enumerate(shards)}
    for start in range(0, len(records), _SHOWN):
        rows = [
            [item.address, item.entry, item.title, page.lead, item.language, item.kind]
            for item, page in zip(records[start : start + _SHOWN], analysed[start:], strict=False)
        ]
        files[f"d{start // _SHOWN}.json"] = _json(rows)
    languages = sorted({item.language for item in records})
    files["docs.bin"] = b"".join(
        bytes((languages.index(item.language),))
        + b"".join(_varint(_length(terms)) for terms in (page.text, page.title, page.heading))
        for item, page in zip(records, analysed, strict=True)
    )
    files[browser_filters.FILE] = browser_filters.filters_file(records)
    files["meta.json"] = _json(
        {
            "format": FORMAT,
            "count": len(records),
            "shown": _SHOWN,
            "languages": languages,
            "shards": [first for first, _ in shards],
            "synonyms": _synonyms(synonyms, terms, may_tell),
        }
    )
    return files


def _length(terms: Mapping[str, int]) -> int:
    return sum(count for term, count in terms.items() if not term.endswith(MARK))


def _loan_words(terms: Mapping[str, tuple[int, bytes]]) -> dict[str, tuple[int, bytes]]:
    """Of katakana whose English words the pages have in any spelling: those, in place of postings.

    They stand by no page, and sort beside the pairs of letters that a query fetches anyway.
    """
    words = {}
    for katakana, english in table().items():
        stems = [*map(stemmed, english)]
        if any(stem in terms or f"{stem}{MARK}" in terms for stem in stems):
            words[f"{katakana}{MARK}"] = (0, " ".join(stems).encode())
    return words


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


_SMALL = [_varint(value) for value in range(16_384)]


def _number(value: int) -> bytes:
    return _SMALL[value] if value < len(_SMALL) else _varint(value)


def _postings(analysed: Sequence[PageTerms]) -> dict[str, tuple[int, bytes]]:
    """By term, how many texts have it, and its posting list, in varints.

    Each posting: the gap to the previous page's number; the count in the text times 8, plus 4 if
    other words follow it, plus 2 if the title has the term, plus 1 if a heading has it; the counts
    in those; how many follow it, and two bytes for each; for a placed term the number of its
    offsets and the gaps between them.
    """
    lists: dict[str, bytearray] = {}
    last: dict[str, int] = {}
    frequency: Counter[str] = Counter()
    for number, page in enumerate(analysed):
        frequency.update(page.text.keys())
        for term in page.text.keys() | page.title.keys():  # a file's name is of the title alone
            into = lists.setdefault(term, bytearray())
            into += _number(number - last.get(term, -1) - 1)
            into += _posting(page, term)
            last[term] = number
    return {term: (frequency[term], bytes(postings)) for term, postings in lists.items()}


def _posting(page: PageTerms, term: str) -> bytearray:
    """What the posting list of a term has of a page, but for its number."""
    in_title, in_heading = page.title.get(term, 0), page.heading.get(term, 0)
    followers = page.followers.get(term, ())
    flags = 4 * bool(followers) + 2 * (in_title > 0) + (in_heading > 0)
    posting = bytearray(_number(page.text.get(term, 0) * 8 + flags))
    for count in filter(None, (in_title, in_heading, len(followers))):
        posting += _number(count)
    if followers:
        posting += little_endian(array("H", followers)).tobytes()
    if is_placed(term):
        posting += _offsets(page.places.get(term, ()))
    return posting


def _offsets(offsets: Sequence[int]) -> bytes:
    gaps = (after - before for before, after in pairwise((0, *offsets)))
    return _number(len(offsets)) + b"".join(map(_number, gaps))


def is_placed(term: str) -> bool:
    """Whether the index has the offsets of a term: a pair of kanji or katakana."""
    return len(term) == 2 and all(is_compact(char) for char in term)  # noqa: PLR2004 - a pair


def _shards(terms: Mapping[str, tuple[int, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The sorted terms in shards of about equal size: the first term and the bytes of each."""
    first, data = "", bytearray()
    for term, (frequency, postings) in sorted(terms.items()):
        raw = term.encode("utf-8", "replace")
        if data and len(data) + len(postings) > _SHARD:
            yield first, bytes(data)
            data = bytearray()
        if not data:
            first = term
        data += _number(len(raw)) + raw + _number(frequency) + _number(len(postings)) + postings
    if data:
        yield first, bytes(data)


def terms_in(data: bytes) -> Iterator[str]:
    """The terms in a shard, `t*.bin`; of one that is cut short, those before the cut.

    What stands for other spellings comes from words that pages have and from a public table.
    """
    at = 0
    try:
        while at < len(data):
            size, at = _read(data, at)
            term = data[at : at + size].decode("utf-8", "replace")
            if not term.endswith(MARK):
                yield term
            _, at = _read(data, at + size)
            size, at = _read(data, at)
            at += size
    except IndexError:
        return


def _read(data: bytes, at: int) -> tuple[int, int]:
    """The varint at an offset, and the offset behind it. Raises IndexError at the end."""
    value = shift = 0
    while data[at] > 0x7F:  # noqa: PLR2004 - seven bits
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | data[at] << shift, at + 1


def _synonyms(
    groups: Iterable[Sequence[str]],
    terms: Mapping[str, tuple[int, bytes]],
    may_tell: Callable[[str], bool],
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
