"""What pages' texts come to for a site's search, kept by their content: a page is analysed once."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cannery.hits import Said
from cannery.search.static import FORMAT, Analysed, analyse

_Row = tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, list[int]], str]


def analysed(said: Sequence[Said], kept: Path) -> Iterator[Analysed]:
    """Each page's analysis, in order; the file `kept` has those of the last time."""
    known = _load(kept)
    rows: dict[bytes, _Row] = {}
    for item in said:
        key = _key(item)
        row = known.get(key)
        if row is None:
            found = analyse(item)
            places = {pair: list(where) for pair, where in found.places.items()}
            row = (dict(found.text), dict(found.title), dict(found.heading), places, found.lead)
        rows[key] = row
        yield Analysed(*row)
    if rows.keys() != known.keys():
        _store(kept, rows)


def _key(item: Said) -> bytes:
    text = f"{item.entry}\0{item.names}\0{item.summary}\0{item.body}"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def _load(kept: Path) -> dict[bytes, _Row]:
    try:
        form, version, rows = marshal.loads(kept.read_bytes())  # noqa: S302 - the user's own cache; marshal runs nothing
    except (OSError, ValueError, TypeError, EOFError):
        return {}
    return rows if (form, version) == (FORMAT, marshal.version) else {}


def _store(kept: Path, rows: dict[bytes, _Row]) -> None:
    """All at once. Without a place to write, each page is analysed again."""
    draft = kept.with_suffix(f".{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(marshal.dumps((FORMAT, marshal.version, rows)))
        draft.replace(kept)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
