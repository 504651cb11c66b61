"""The full-text index on disk. With `analysis` and `postings`, the Whoosh room."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from whoosh import columns, fields, index
from whoosh.analysis.tokenizers import IDTokenizer
from whoosh.formats import Existence
from whoosh.reading import IndexReader

from cannery.errors import IndexFaultError
from cannery.model import Entry, Macro, Stamp
from cannery.search.analysis import counts
from cannery.search.plain import plain

_VERSION = "4"  # of the schema and of the analysis: a new one gets a new folder
_LOCK_SECONDS = 20.0
FILTER_FIELDS = ("id", "kind", "language", "owner", "section", "status", "tag")
TERM_FIELDS = ("title", "text")


class _Terms(fields.FieldType):
    """Terms counted beforehand: a mapping from a term to how often it stands there."""

    def __init__(self) -> None:
        super().__init__(Existence(), IDTokenizer(), scorable=True)  # type: ignore[arg-type]

    def index(  # type: ignore[override]
        self, value: Mapping[str, int], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, count in value.items():
            yield term.encode("utf-8", "replace"), count, float(count), b""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode("utf-8", "replace")


def _schema() -> fields.Schema:
    filters = {name: fields.KEYWORD(commas=True, lowercase=True) for name in FILTER_FIELDS}
    lengths = {f"{name}_length": fields.COLUMN(columns.NumericColumn("I")) for name in TERM_FIELDS}
    return fields.Schema(
        path=fields.ID(unique=True, stored=True),
        size=fields.STORED,
        mtime_ns=fields.STORED,
        entry=fields.STORED,
        shown=fields.STORED,
        title=_Terms(),
        text=_Terms(),
        **lengths,
        **filters,
    )


class Index:
    """An open index. Close it, or use it in a `with`."""

    def __init__(self, opened: index.FileIndex, temporary: Path | None = None) -> None:
        self._index = opened
        self._folder = Path(opened.storage.folder)  # type: ignore[attr-defined]
        self._seen = -1
        self._reader: IndexReader | None = None
        self._generation = -1
        self._temporary = temporary

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._close_reader()
        self._index.close()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    @property
    def temporary(self) -> bool:
        """Whether it is gone after this run, since the cache can't be written."""
        return self._temporary is not None

    def reader(self) -> IndexReader:
        """The index as it is now. It stays open for the next one who asks, as long as it is."""
        generation = self._index.latest_generation()
        if self._reader is None or self._generation != generation:
            self._close_reader()
            self._reader, self._generation = self._index.reader(), generation
        return self._reader

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def stamps(self) -> dict[str, Stamp]:
        """The files in the index as they were when it took them in."""
        reader = self.reader()
        self._seen = self._generation
        kept = self._folder / f"stamps-{self._seen}.json"
        try:
            return {path: Stamp._make(pair) for path, pair in json.loads(kept.read_bytes()).items()}
        except (OSError, ValueError, TypeError, AttributeError):
            pass  # not written yet, or spoilt: the index itself knows, ten times as slowly
        stamps = {
            item["path"]: Stamp(item["size"], item["mtime_ns"]) for _, item in reader.iter_docs()
        }
        self._keep(kept, stamps)
        return stamps

    def _keep(self, kept: Path, stamps: Mapping[str, Stamp]) -> None:
        """Write the stamps of this generation beside the index, and drop those of earlier ones."""
        pairs = {path: (stamp.size, stamp.mtime_ns) for path, stamp in stamps.items()}
        fresh = kept.with_suffix(f".{os.getpid()}.tmp")
        try:
            fresh.write_text(json.dumps(pairs), "utf-8")
            fresh.replace(kept)
            for old in self._folder.glob("stamps-*"):
                if old != kept:
                    old.unlink(missing_ok=True)
        except OSError:  # a full disk: the next search asks the index again
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)

    def titles(self) -> list[str]:
        """Every title in the index."""
        return [item.get("shown", "") for _, item in self.reader().iter_docs()]

    def apply(
        self, entries: Iterable[tuple[str, Stamp, Entry | None]], removed: Iterable[str]
    ) -> Iterator[str]:
        """Take entries in (None: a file without one) and let files go; yields each path done.

        Nothing of it counts until the last one is done, and nothing is done where another process
        has changed the index since `stamps` were read: look for changes anew. Raises
        IndexFaultError while another process writes for too long.
        """
        try:
            writer = self._index.writer(timeout=_LOCK_SECONDS, delay=0.05, limitmb=64)
        except index.LockError as error:
            raise IndexFaultError(
                "another kb has been writing the index for a while", "Try again in a moment."
            ) from error
        done = False
        try:
            if self._index.latest_generation() != self._seen:
                return
            fresh = self._index.is_empty()
            for path in removed:
                writer.delete_by_term("path", path)
            for path, stamp, entry in entries:
                if fresh:
                    writer.add_document(**_document(path, stamp, entry))
                else:
                    writer.update_document(**_document(path, stamp, entry))
                yield path
            writer.commit()
            done = True
        finally:
            if not done:
                writer.cancel()


def _document(path: str, stamp: Stamp, entry: Entry | None) -> dict[str, object]:
    document: dict[str, object] = {"path": path, "size": stamp.size, "mtime_ns": stamp.mtime_ns}
    if entry is None:
        return {**document, "entry": "", "shown": ""}
    header = entry.header
    shortcut = entry.shortcut if isinstance(entry, Macro) else ""
    names = " ".join((header.title, *header.keywords, *header.tags, shortcut))
    title = counts(f"{names} {entry.at.id.rsplit('/', 1)[-1]}")
    text = counts(f"{names} {header.summary} {plain(entry.body)}")
    return {
        **document,
        "entry": entry.at.id,
        "shown": header.title,
        "id": entry.at.id,
        "kind": entry.at.kind.value,
        "language": entry.at.language,
        "owner": header.owner,
        "section": entry.at.id.split("/")[1] if entry.at.id.count("/") > 1 else "",
        "status": header.status.value,
        "tag": ",".join(header.tags),
        "title": title,
        "title_length": min(sum(title.values()), _MAX_LENGTH),
        "text": text,
        "text_length": min(sum(text.values()), _MAX_LENGTH),
    }


_MAX_LENGTH = 2**32 - 1


def open_index(cache: Path, *, anew: bool = False) -> Index:
    """The index in the cache folder, made if there is none; a spoilt one is made anew.

    Where the cache can't be written, it is a temporary one. With `anew`, the one that is there is
    thrown away.
    """
    folder = cache / f"index-{_VERSION}"
    try:
        if anew and folder.exists():
            _discard(folder)
        return Index(_open(folder))
    except OSError:
        temporary = Path(tempfile.mkdtemp(prefix="kb-index-"))
        return Index(index.create_in(str(temporary), _schema()), temporary)


def _open(folder: Path) -> index.FileIndex:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder.parent):
        pass  # a folder that can't be written is found out here, not at the end of a long build
    if folder.exists():
        try:
            return index.open_dir(str(folder))
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - a spoilt pickle or segment may raise anything
            _discard(folder)
    return _made(folder)


def _discard(folder: Path) -> None:
    """Throw an index away. Nothing is lost: it is made anew from the files."""
    spoilt = Path(tempfile.mkdtemp(prefix="spoilt-", dir=folder.parent))
    folder.rename(spoilt / folder.name)
    shutil.rmtree(spoilt)


def _made(folder: Path) -> index.FileIndex:
    """A new index, unless another process has just made one: then that."""
    for older in folder.parent.glob("index-*"):
        if older != folder:
            shutil.rmtree(older, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=folder.parent))
    index.create_in(str(fresh), _schema()).close()
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh)
        if not folder.exists():
            raise
    return index.open_dir(str(folder))
