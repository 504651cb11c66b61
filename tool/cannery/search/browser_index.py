"""A site's own index: files that a browser searches, a few at a time, as `kb find` does.

`meta.json` tells what there is; `docs.bin` how long each page is; `t*.bin` hold the terms in order,
so that a word, or the words that begin so, are in one file or two; `d*.json` hold what is shown of
the pages. `site/web/search.js` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from cannery.model.hit import SearchRecord
from cannery.search.strip_markup import headings, strip_markup
from cannery.search.tokens import compact_places, counts, is_compact, query_terms
from cannery.util.text import fold

FORMAT = 1
_SHARD = 24_000  # bytes of terms in a file: a few of them make a search
_SHOWN = 16  # pages whose title and summary are in one file
_LEAD = 160  # characters of a page that has no summary


@dataclass(frozen=True)
class PageTerms:
    """What a page's text comes to: terms with their counts, and where Japanese words stand."""

    text: Mapping[str, int]
    title: Mapping[str, int]
    heading: Mapping[str, int]
    places: Mapping[str, Sequence[int]]
    lead: str


def page_terms(record: SearchRecord) -> PageTerms:
    body = strip_markup(record.body)
    text = f"{record.names} {record.summary} {body}"
    return PageTerms(
        counts(text),
        counts(f"{record.names} {record.entry.rsplit('/', 1)[-1]}"),
        counts(f"{record.summary} {strip_markup(headings(record.body))}"),
        compact_places(text),
        record.summary or " ".join(body[: _LEAD * 2].split())[:_LEAD],
    )


def index_files(
    records: Sequence[SearchRecord],
    analysed: Sequence[PageTerms],
    synonyms: Iterable[Sequence[str]],
) -> dict[str, bytes]:
    """The files of the index, by name; the same for the same pages, whenever they are made."""
    terms = _postings(analysed)
    shards = [*_shards(terms)]
    files = {f"t{number}.bin": data for number, (_, data) in enumerate(shards)}
    for start in range(0, len(records), _SHOWN):
        rows = [
            [item.address, item.entry, item.title, found.lead, item.language, item.kind]
            for item, found in zip(records[start : start + _SHOWN], analysed[start:], strict=False)
        ]
        files[f"d{start // _SHOWN}.json"] = _json(rows)
    languages = sorted({item.language for item in records})
    files["docs.bin"] = b"".join(
        bytes((languages.index(item.language),))
        + _varint(sum(found.text.values()))
        + _varint(sum(found.title.values()))
        + _varint(sum(found.heading.values()))
        for item, found in zip(records, analysed, strict=True)
    )
    files["meta.json"] = _json(
        {
            "format": FORMAT,
            "count": len(records),
            "shown": _SHOWN,
            "languages": languages,
            "shards": [first for first, _ in shards],
            "synonyms": _synonyms(synonyms, terms),
        }
    )
    return files


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
    """By term, how many pages have it, and its list.

    Of each page: the distance to the one before; four times the term's count, and two for a title,
    one for a heading; the counts in those; the places.
    """
    lists: dict[str, bytearray] = {}
    last: dict[str, int] = {}
    frequency: dict[str, int] = {}
    for number, found in enumerate(analysed):
        title, heading, places = found.title, found.heading, found.places
        for term, count in found.text.items():
            into = lists.get(term)
            if into is None:
                into = lists[term] = bytearray()
                frequency[term] = 0
                last[term] = -1
            in_title, in_heading = title.get(term, 0), heading.get(term, 0)
            into += _number(number - last[term] - 1)
            into += _number(count * 4 + 2 * (in_title > 0) + (in_heading > 0))
            if in_title:
                into += _number(in_title)
            if in_heading:
                into += _number(in_heading)
            if is_placed(term):
                where = places.get(term, ())
                into += _number(len(where))
                before = 0
                for place in where:
                    into += _number(place - before)
                    before = place
            last[term] = number
            frequency[term] += 1
    return {term: (frequency[term], bytes(lists[term])) for term in sorted(lists)}


def is_placed(term: str) -> bool:
    """Whether the index tells where a term stands: a pair of kanji or katakana."""
    return len(term) == 2 and all(is_compact(char) for char in term)  # noqa: PLR2004 - a pair


def _shards(terms: Mapping[str, tuple[int, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The terms in order, in files of about one size: the first term of each, and its bytes."""
    first, data = "", bytearray()
    for term, (frequency, postings) in terms.items():
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
    """The terms in a file of them, `t*.bin`; of one that is broken, those before the break."""
    at = 0
    try:
        while at < len(data):
            size, at = _read(data, at)
            yield data[at : at + size].decode("utf-8", "replace")
            _, at = _read(data, at + size)
            size, at = _read(data, at)
            at += size
    except IndexError:
        return


def _read(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while data[at] > 0x7F:  # noqa: PLR2004 - seven bits
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | data[at] << shift, at + 1


def _synonyms(
    groups: Iterable[Sequence[str]], terms: Mapping[str, tuple[int, bytes]]
) -> dict[str, list[str]]:
    """By the number of a word, the words of its group that the pages have.

    Words are told by numbers: a word that the pages don't have may be nobody's business.
    """
    found: dict[str, set[str]] = {}
    for group in groups:
        plain_words = [fold(word) for word in group]
        there = {word for word in plain_words if all(term in terms for term in query_terms(word))}
        for word in plain_words:
            if others := there - {word}:
                found.setdefault(f"{crc32(word.encode()):08x}", set()).update(others)
    return {number: sorted(words) for number, words in sorted(found.items())}
