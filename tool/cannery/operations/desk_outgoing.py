"""What of all entries would go out: what was rendered once is known until something changes.

Rendering 15,000 entries takes a minute, and reading them a second. What is kept of each, in the
cache, are digests: of its texts, and of all else that a rendered text may depend on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import cannery
from cannery.content.files import ENDINGS, all_files, read_bytes, scan
from cannery.content.library import Variants
from cannery.errors import ContentError
from cannery.exchange.desks.compare import Ours, Stand
from cannery.model.event import Listener, counting, ignore
from cannery.model.location import Kind
from cannery.operations.desk_entries import blob_of
from cannery.operations.desk_work import Work
from cannery.util import state
from cannery.workspace import MARKER

_SIZE = 12  # bytes of a digest
_FEW = 200  # entries that are rendered sooner than a cache is read and written


class _Row(NamedTuple):
    """What is kept of an entry: `key` is the digest of all that it depends on."""

    key: str
    title: str
    stand: str
    parts: Mapping[str, str]
    names: tuple[str, ...]
    marks: tuple[str, ...]
    why: str


class _Texts(NamedTuple):
    """The files of an entry by language: git's names for them, and a digest of their headers."""

    here: Mapping[str, str]
    headers: bytes


def all_ours(work: Work, listener: Listener = ignore) -> dict[str, Ours]:
    """Each entry of the sections that go to the desk, as it would go out."""
    entries = work.chosen()
    if len(entries) < _FEW:
        return {entry.id: _rendered(work, entry) for entry in entries}
    texts = _all_texts(work)
    context = _context(work, texts)
    path = work.workspace.cache / "desk" / f"{work.name}.json"
    rows = state.load(path, _shaped, dict[str, _Row]())
    new: dict[str, _Row] = {}
    ours: dict[str, Ours] = {}
    for entry in counting(entries, len(entries), "Reading entries", listener):
        here = texts[entry.id].here
        row = rows.get(entry.id)
        key = _key(context, here)
        if row is None or row.key != key:
            ours[entry.id] = one = _rendered(work, entry)
            row = _Row(key, one.title, one.stand, one.parts, one.names, one.marks, one.why)
        else:
            ours[entry.id] = _ours(entry, row, here)
        if here:
            new[entry.id] = row
    if new != rows:
        with suppress(OSError):  # a full disk: the next one renders it again
            state.store(path, {id_: [*row] for id_, row in new.items()})
    return ours


def _rendered(work: Work, entry: Variants) -> Ours:
    return work.sent(work.read(entry.id)).ours


def _ours(entry: Variants, row: _Row, here: Mapping[str, str]) -> Ours:
    stand = Stand(row.stand)
    return Ours(
        entry.id, entry.kind, row.title, stand, row.parts, here, row.names, row.marks, row.why
    )


def _all_texts(work: Work) -> dict[str, _Texts]:
    """The files of all entries; of one that can't be read there are none."""
    return {id_: _texts(work, entry) for id_, entry in work.entries.items()}


def _texts(work: Work, entry: Variants) -> _Texts:
    here: dict[str, str] = {}
    headers = blake2b(digest_size=_SIZE)
    for language, at in sorted(entry.by_language.items()):
        try:
            raw = read_bytes(work.workspace, at.path)
        except ContentError:
            return _Texts({}, b"")
        here[language] = blob_of(raw)
        headers.update(raw.partition(b"\n---")[0])
    return _Texts(here, headers.digest())


def _context(work: Work, texts: Mapping[str, _Texts]) -> bytes:
    """A digest of all that any entry may depend on beside its own files.

    That is the program and its settings, the parts that macros share, which articles customers can
    see, where the desk has them and what they are called, pictures, and the desk's numbers.
    """
    found = blake2b(digest_size=_SIZE)
    for piece in _pieces(work, texts):
        found.update(piece.encode("utf-8", "surrogateescape") + b"\0")
    return found.digest()


def _pieces(work: Work, texts: Mapping[str, _Texts]) -> Iterator[str]:
    workspace = work.workspace
    yield from (cannery.__version__, work.name, *_stamps(_program()))
    yield from _stamps([workspace.root / MARKER])
    numbers = {name: dict(table) for name, table in work.known.lock.numbers.items()}
    yield json.dumps(numbers, sort_keys=True)
    yield from (f"{id_} {record}" for id_, record in work.known.lock.articles.items())
    parts = workspace.settings.layout.parts
    stamps = scan(workspace).stamps
    yield from (f"{path} {stamp}" for path, stamp in stamps.items() if path.startswith(parts))
    others = (path for path in all_files(workspace) if not path.endswith((*ENDINGS, ".toml")))
    yield from _stamps(workspace.root / path for path in others)
    for id_, entry in work.entries.items():
        yield f"{id_} {','.join(entry.by_language)}"
        if entry.kind is Kind.ARTICLE:
            yield texts[id_].headers.hex()


def _program() -> list[Path]:
    """The program's own files: a later one may render otherwise."""
    return sorted(Path(cannery.__file__).parent.rglob("*.py"))


def _stamps(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        try:
            info = path.stat()
        except OSError:
            continue
        yield f"{path} {info.st_size} {info.st_mtime_ns}"


def _key(context: bytes, here: Mapping[str, str]) -> str:
    text = ",".join(f"{language}={blob}" for language, blob in sorted(here.items()))
    return blake2b(context + text.encode(), digest_size=_SIZE).hexdigest()


def _shaped(data: Any) -> dict[str, _Row]:  # noqa: ANN401 - JSON
    return {state.text(id_): _row(row) for id_, row in data.items()}


def _row(row: Any) -> _Row:  # noqa: ANN401 - JSON
    key, title, stand, parts, names, marks, why = row
    return _Row(
        state.text(key),
        state.text(title),
        Stand(stand).value,
        {state.text(name): state.text(it) for name, it in parts.items()},
        tuple(map(state.text, names)),
        tuple(map(state.text, marks)),
        state.text(why),
    )
