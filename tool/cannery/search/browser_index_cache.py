"""The terms of a site's pages, cached by content: a page is analysed once.

One file has a line of JSON for each page, another one where each line is: what a build after an
edit wants of 10,000 pages are a few lines.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cannery.content.cachefile import load, store
from cannery.model.hit import SearchRecord
from cannery.search.browser_terms import PageTerms, page_terms
from cannery.util import trust
from cannery.util.atomic import replace
from cannery.util.state import text

FORMAT = 6
_SPARE = 2  # times what is wanted: a larger file of lines is written anew
_Place = tuple[int, int]  # of a line: its offset and its bytes


class PageCache:
    """Made of two files below a folder; `save` adds what was analysed since."""

    def __init__(self, folder: Path) -> None:
        self._lines, self._index = folder / "site-search.lines", folder / "site-search-lines.json"
        nothing: dict[str, _Place] = {}
        self._places = load(self._index, FORMAT, _places, nothing)
        self._new: dict[str, bytes] = {}

    def terms(self, record: SearchRecord, key: str) -> PageTerms:
        """A page's terms; `key` is its `cache_key`."""
        found = self.known(key)
        if found is None:
            found = page_terms(record)
            self._new[key] = _line(key, found)
        return found

    def known(self, key: str) -> PageTerms | None:
        """The terms of a page that was analysed before, if they are still there."""
        if key in self._new:
            return _page(self._new[key], key)
        return _page(self._line_at(self._places[key]), key) if key in self._places else None

    def _line_at(self, place: _Place) -> bytes:
        offset, size = place
        with suppress(OSError), self._lines.open("rb") as file:
            return os.pread(file.fileno(), size, offset)
        return b""

    def save(self, wanted: Iterable[str]) -> None:
        """Keep what was analysed, and at least what else is wanted.

        Without a place to write, pages are analysed again the next time.
        """
        if not self._new:
            return
        with suppress(OSError):
            trust.make(self._lines.parent)
            kept = {key: self._places[key] for key in {*wanted} & self._places.keys()}
            needed = sum(size for _, size in kept.values()) + sum(map(len, self._new.values()))
            there = self._lines.stat().st_size if self._lines.exists() else 0
            if there > _SPARE * needed or not self._places:
                old = {key: self._line_at(place) for key, place in sorted(kept.items())}
                data, self._places = _joined(old | self._new, 0)
                replace(self._lines, data, mode=0o600)
            else:
                data, added = _joined(self._new, there)
                with self._lines.open("ab") as file:
                    file.write(data)
                self._places |= added
            store(self._index, FORMAT, self._places)
            self._new = {}


def cache_key(record: SearchRecord) -> str:
    """BLAKE2b-128 of all that is indexed, in hexadecimal."""
    names = f"{record.entry}\0{record.title}\0{record.names}"
    indexed = f"{names}\0{record.summary}\0{record.body}"
    return hashlib.blake2b(indexed.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _joined(lines: Mapping[str, bytes], start: int) -> tuple[bytes, dict[str, _Place]]:
    """The lines as one, and where each is in a file that they begin in at `start`."""
    places, at = {}, start
    for key, line in lines.items():
        places[key] = at, len(line)
        at += len(line)
    return b"".join(lines.values()), places


def _places(data: Any) -> dict[str, _Place]:  # noqa: ANN401 - what a file may hold
    return {text(key): (int(offset), int(size)) for key, (offset, size) in data.items()}


def _line(key: str, page: PageTerms) -> bytes:
    postings = {term: posting.decode("latin-1") for term, posting in page.postings.items()}
    numbers = [page.text, page.title, page.heading, page.called]
    row = [key, postings, numbers, [*page.dashed], page.plain]
    return f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n".encode(
        "utf-8", "replace"
    )


def _page(line: bytes, key: str) -> PageTerms | None:
    """What a line holds; None for another page's, or for one that was cut short."""
    try:
        written, packed, (body, title, heading, called), dashed, plain = json.loads(line)
        postings = {term: posting.encode("latin-1") for term, posting in packed.items()}
        numbers = int(body), int(title), int(heading), int(called)
        words = [text(word) for word in dashed]
        is_whole = written == key and all(postings.values())
        return PageTerms(postings, *numbers, words, text(plain)) if is_whole else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
