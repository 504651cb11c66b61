"""What of all entries would go out: what was rendered once is known until something changes.

Rendering 15,000 entries takes a minute, and reading them a second. What is kept of each, in the
cache, are digests: of its texts, and of all else that a rendered text may depend on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import cannery
from cannery.content.files import ENDINGS, all_files, read_bytes, scan
from cannery.content.library import Variants
from cannery.content.links import section_of
from cannery.errors import ContentError
from cannery.exchange.desks.compare import Ours, Stand
from cannery.exchange.desks.lock import Agreed
from cannery.model.event import Listener, ignore
from cannery.model.location import Kind
from cannery.operations.desk_entries import blob_of
from cannery.operations.desk_rendering import rendered, rendered_one
from cannery.operations.desk_work import Work
from cannery.util import state
from cannery.workspace import MARKER

_SIZE = 12  # bytes of a digest
_FEW = 200  # entries that are rendered sooner than a cache is read and written


class _Row(NamedTuple):
    """What is kept of an entry: `key` is the digest of all that it depends on.

    `named` are the entries that its texts lead to: where they are, and whether customers see them,
    is a part of it.
    """

    key: str
    named: tuple[str, ...]
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
        return {entry.id: rendered_one(work, entry)[0] for entry in entries}
    texts = _all_texts(work)
    context = _context(work, texts)
    path, records = _path(work), work.known.lock.entries
    rows = state.load(path, _shaped, dict[str, _Row]())
    new = {
        entry.id: row
        for entry in entries
        if (row := rows.get(entry.id))
        and row.key == _key(records, context, texts, entry.id, row.named)
    }
    ours = {entry.id: _ours(entry, new[entry.id], texts) for entry in entries if entry.id in new}
    changed = [entry for entry in entries if entry.id not in new]
    for id_, (one, named) in rendered(work, changed, listener).items():
        ours[id_] = one
        new[id_] = _new_row(one, named, _key(records, context, texts, id_, named))
    for id_, row in new.items():
        _want(work, id_, row)
    lasting = {id_: row for id_, row in new.items() if _is_lasting(work, row)}
    if lasting != rows:
        _store(path, lasting)
    return {entry.id: ours[entry.id] for entry in entries}


def remember(
    work: Work, entries: Mapping[str, Agreed], sent: Mapping[str, tuple[Ours, tuple[str, ...]]]
) -> None:
    """Keep what was rendered to be sent, with what is agreed on since: the next look knows it."""
    if len(sent) < _FEW:
        return
    texts = _all_texts(work)
    context = _context(work, texts)
    path = _path(work)
    rows = state.load(path, _shaped, dict[str, _Row]())
    for id_, (ours, named) in sent.items():
        row = _new_row(ours, named, _key(entries, context, texts, id_, named))
        if ours.here == texts[id_].here and _is_lasting(work, row):
            rows[id_] = row
    _store(path, rows)


def _path(work: Work) -> Path:
    return work.workspace.cache / "desk" / f"{work.name}.json"


def _store(path: Path, rows: Mapping[str, _Row]) -> None:
    with suppress(OSError):  # a full disk: the next one renders it again
        state.store(path, {id_: [*row] for id_, row in rows.items()})


def _new_row(one: Ours, named: tuple[str, ...], key: str) -> _Row:
    return _Row(key, named, one.title, one.stand, one.parts, one.names, one.marks, one.why)


def _is_lasting(work: Work, row: _Row) -> bool:
    """Whether it holds until something of ours changes: an error may be the desk's."""
    return row.stand != Stand.FAULTY and all(name in work.entries for name in row.named)


def _want(work: Work, id_: str, row: _Row) -> None:
    """Tell of the articles that the entry leads to and the desk has not, as rendering it does."""
    if work.addresses is not None and row.stand == Stand.OUT:
        for name in row.named:
            if name.startswith("articles/") and name not in work.addresses.records:
                work.addresses.wanted[name].add(id_)


def _ours(entry: Variants, row: _Row, texts: Mapping[str, _Texts]) -> Ours:
    stand, here = Stand(row.stand), texts[entry.id].here
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

    That is the program and its settings, the parts that macros share, pictures, which entries there
    are, and what sections are called; and where nothing tells which articles an entry leads to,
    which ones customers can see.
    """
    found = blake2b(digest_size=_SIZE)
    for piece in _pieces(work, texts):
        found.update(piece.encode("utf-8", "surrogateescape") + b"\0")
    return found.digest()


def _pieces(work: Work, texts: Mapping[str, _Texts]) -> Iterator[str]:
    workspace = work.workspace
    yield from (cannery.__version__, work.name, *_stamps(_program()))
    yield from _stamps([workspace.root / MARKER])
    parts = workspace.settings.layout.parts
    stamps = scan(workspace).stamps
    yield from (f"{path} {stamp}" for path, stamp in stamps.items() if path.startswith(parts))
    others = (path for path in all_files(workspace) if not path.endswith((*ENDINGS, ".toml")))
    yield from _stamps(workspace.root / path for path in others)
    for id_, entry in work.entries.items():
        yield f"{id_} {','.join(entry.by_language)}"
        if entry.kind is Kind.ARTICLE and (work.addresses is None or section_of(id_)):
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


def _key(
    records: Mapping[str, Agreed],
    context: bytes,
    texts: Mapping[str, _Texts],
    id_: str,
    named: Iterable[str],
) -> str:
    """The digest of all that an entry depends on; `records` tell where the desk has entries."""
    here = texts[id_].here
    found = blake2b(context, digest_size=_SIZE)
    found.update(",".join(f"{language}={here[language]}" for language in sorted(here)).encode())
    for name in named:
        other, agreed = texts.get(name), records.get(name)
        found.update(f"\0{name} {agreed.record if agreed else ''} ".encode())
        found.update(other.headers if other else b"")
    return found.hexdigest()


def _shaped(data: Any) -> dict[str, _Row]:  # noqa: ANN401 - JSON
    return {state.text(id_): _row(row) for id_, row in data.items()}


def _row(row: Any) -> _Row:  # noqa: ANN401 - JSON
    key, named, title, stand, parts, names, marks, why = row
    return _Row(
        state.text(key),
        tuple(map(state.text, named)),
        state.text(title),
        Stand(stand).value,
        {state.text(name): state.text(it) for name, it in parts.items()},
        tuple(map(state.text, names)),
        tuple(map(state.text, marks)),
        state.text(why),
    )
