"""The index of a site's search as it was made last, kept for the next time."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from cannery.content.cachefile import load, store
from cannery.model.hit import SearchRecord
from cannery.search.browser_index import FORMAT, BrowserIndex
from cannery.search.browser_pages import PageNumbers
from cannery.search.browser_postings import Postings
from cannery.search.browser_term_files import TermFiles
from cannery.util.atomic import replace
from cannery.util.state import text


@dataclass(frozen=True)
class IndexState:
    """An index, and the pages that it is of: `keys` are those of their contents."""

    order: str
    keys: Sequence[str]
    index: BrowserIndex

    @property
    def id(self) -> str:
        """Tells all files but those that are of all pages: the same for the same bytes."""
        shortcuts = [
            f"{name} {postings.raw.hex()}" for name, postings in self.index.shortcuts.items()
        ]
        return _digest("\n".join((str(FORMAT), self.order, *self.keys, *sorted(shortcuts))))


def order_of(records: Sequence[SearchRecord]) -> str:
    """A digest of which pages there are, in which order."""
    rows = (f"{item.address}\0{item.entry}\0{item.language}\0{item.kind}" for item in records)
    return _digest("\n".join(rows))


def _digest(value: str) -> str:
    return hashlib.blake2b(value.encode("utf-8", "replace"), digest_size=16).hexdigest()


def load_state(folder: Path, name: str) -> IndexState | None:
    """What was kept under a name; None where there is nothing to be had."""
    path = folder / f"site-search-{name}.json"
    kept: _Kept | None = load(path, FORMAT, _kept, None)
    if kept is None:
        return None
    try:
        data = path.with_suffix(".bin").read_bytes()
    except OSError:
        return None
    if hashlib.blake2b(data, digest_size=16).hexdigest() != kept.digest:
        return None
    ends = pairwise(accumulate(kept.sizes, initial=0))
    files = [
        (first, data[start:end]) for first, (start, end) in zip(kept.firsts, ends, strict=True)
    ]
    index = BrowserIndex(kept.numbers, kept.dashed, kept.shortcuts, TermFiles(files))
    return IndexState(kept.order, kept.keys, index)


def store_state(folder: Path, name: str, state: IndexState) -> None:
    """Without a place to write, all of the index is made again the next time."""
    index, path = state.index, folder / f"site-search-{name}.json"
    data = b"".join(index.terms.files.values())
    value = {
        "order": state.order,
        "keys": [*state.keys],
        "numbers": [[*getattr(index.numbers, column.name)] for column in fields(PageNumbers)],
        "dashed": [[*words] for words in index.dashed],
        "shortcuts": {name: postings.raw.hex() for name, postings in index.shortcuts.items()},
        "firsts": index.terms.firsts,
        "sizes": [len(file) for file in index.terms.files.values()],
        "digest": hashlib.blake2b(data, digest_size=16).hexdigest(),
    }
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace(path.with_suffix(".bin"), data, mode=0o600)
        store(path, FORMAT, value)


@dataclass(frozen=True)
class _Kept:
    order: str
    keys: list[str]
    numbers: PageNumbers
    dashed: list[list[str]]
    shortcuts: Mapping[str, Postings]
    firsts: list[str]
    sizes: list[int]
    digest: str


def _kept(data: Any) -> _Kept:  # noqa: ANN401 - what a file may hold
    keys = [text(key) for key in data["keys"]]
    columns = [array("L", map(int, column)) for column in data["numbers"]]
    dashed = [[text(word) for word in words] for words in data["dashed"]]
    if {*map(len, columns), len(dashed)} != {len(keys)}:
        raise ValueError("not of the same pages")
    return _Kept(
        text(data["order"]),
        keys,
        PageNumbers(*columns),
        dashed,
        {text(name): Postings(0, bytes.fromhex(raw)) for name, raw in data["shortcuts"].items()},
        [text(first) for first in data["firsts"]],
        [int(size) for size in data["sizes"]],
        text(data["digest"]),
    )
