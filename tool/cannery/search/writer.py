"""Entries -> documents of the index, committed together or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from whoosh.index import LockError, clean_files
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter

from cannery.model.entry import Entry, Macro
from cannery.model.location import Stamp
from cannery.search.codec import PackedCodec, PackedPool
from cannery.search.equivalents import equivalents
from cannery.search.folder import IndexFolder, piece_of
from cannery.search.manifest import Manifest, describe, drop_manifests, write_manifest
from cannery.search.reader import Reader
from cannery.search.schema import PAIRS
from cannery.search.segment import posting_list
from cannery.search.spoilt import merging_index
from cannery.search.strip_markup import headings, strip_markup
from cannery.search.tokens import counts, counts_and_pairs
from cannery.util.sweep import drafts
from cannery.util.text import fold

__all__ = ["LockError", "Writer"]

_SMALL = 64  # documents; segments up to this size are merged at once: opening one costs as much


class Writer(SegmentWriter):
    """Holds the index's lock until it is finished or abandoned. Raises LockError."""

    def __init__(self, opened: IndexFolder, manifest: Manifest, timeout: float) -> None:
        super().__init__(opened, codec=PackedCodec(), compound=False, timeout=timeout, delay=0.02)
        self.pool = PackedPool()  # type: ignore[assignment]
        self._stamps = dict(manifest.stamps)
        self._files = manifest.files
        self._languages = manifest.languages
        self._folder = opened.path

    def let_go(self, reader: Reader, path: str) -> None:
        """Forget a file that the index may hold."""
        if self._stamps.pop(path, None) is not None:
            for number in reader.documents("at", path):
                self.delete_document(number)

    def take_in(self, path: str, stamp: Stamp, entry: Entry | None) -> None:
        self.add_document(**_document(path, entry))
        self._stamps[path] = stamp

    def finish(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self.commit(mergetype=_tidy)

    def abandon(self) -> None:
        """Let go of lock and files, whatever has happened; after `finish`, of nothing."""
        with contextlib.suppress(OSError, ValueError):
            self._close_segment()  # which a commit that fails leaves open
        if not self.is_closed:
            with contextlib.suppress(OSError, ValueError):
                self._finish()
            if self.writelock and not self.is_closed:
                self.writelock.release()

    # What follows takes the place of steps in Whoosh's own writer.

    def add_postings_to_pool(
        self, reader: IndexReader, startdoc: int, docmap: Mapping[int, int] | None
    ) -> None:
        for field, term in reader.all_terms():
            for number, count in zip(*posting_list(reader, field, term), strict=True):
                at = startdoc + number if docmap is None else docmap.get(number)
                if at is not None:
                    self.pool.add((field, term, at, count, b""))

    def _flush_segment(self) -> None:
        self.get_segment()  # so that the codec knows how many documents there are
        super()._flush_segment()

    def _commit_toc(self, segments: list) -> None:  # type: ignore[type-arg]
        names = {name for segment in segments for name in segment.list_files(self.storage)}
        unchanged = {name: marks for name, marks in self._files.items() if name in names}
        files = {**unchanged, **describe(self._folder, names - unchanged.keys())}
        pieces = tuple(map(piece_of, segments))
        manifest = Manifest(self._stamps, files, pieces, self._languages)
        write_manifest(self._folder, self.generation, manifest)  # from here on it counts
        drop_manifests(self._folder, self.generation)
        clean_files(self.storage, self.indexname, self.generation, segments)
        drafts((self._folder,))


def _tidy(writer: Writer, segments: list) -> list:  # type: ignore[type-arg]
    """The segments that stay; the others join the new one.

    A segment is merged with those that are together half its size: each document is written again
    a few times in its life, and there are few segments to open.
    """
    staying, size = [], writer.doc_count()
    for segment in sorted(segments, key=_living):
        living = _living(segment)
        if living > max(_SMALL, 2 * size) and living > segment.deleted_count():
            staying.append(segment)
        elif living:
            with (
                merging_index(),
                contextlib.closing(SegmentReader(writer.storage, writer.schema, segment)) as reader,
            ):
                writer.add_reader(reader)
            size += living
    return staying


def _living(segment) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return int(segment.doc_count_all() - segment.deleted_count())


def _document(path: str, entry: Entry | None) -> dict[str, object]:
    document: dict[str, object] = {"path": path, "at": {path: 1}}
    if entry is None:
        return {**document, "entry": "", "shown": ""}
    header = entry.header
    shortcut = entry.shortcut if isinstance(entry, Macro) else ""
    names = " ".join((header.title, *header.keywords, *header.tags, shortcut))
    filters = {
        "id": (entry.at.id,),
        "kind": (entry.at.kind.value,),
        "language": (entry.at.language,),
        "owner": (header.owner,) if header.owner else (),
        "section": (entry.at.section,) if entry.at.section else (),
        "shortcut": (shortcut,) if shortcut else (),
        "status": (header.status.value,),
        "tag": header.tags,
    }
    whole = f"{names} {header.summary} {strip_markup(entry.body)}"
    text, pairs = counts_and_pairs(whole)
    title = f"{names} {entry.at.id.rsplit('/', 1)[-1]}"
    heading = f"{header.summary} {strip_markup(headings(entry.body))}"
    return {
        **document,
        "entry": entry.at.id,
        "shown": header.title,
        "summary": header.summary,
        "state": header.status.value,
        "tags": header.tags,
        "review": (header.reviewed, header.review_every) if header.reviewed else None,
        "title": counts(title) | equivalents(title),
        "heading": counts(heading) | equivalents(heading),
        "text": text | equivalents(whole),
        PAIRS: pairs.tobytes(),
        **{name: dict.fromkeys(map(fold, values), 1) for name, values in filters.items()},
    }
