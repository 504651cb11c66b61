"""An index's folder as Whoosh expects it, with our manifest in place of Whoosh's pickle."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader

from cannery.search.codec import PackedCodec
from cannery.search.manifest import Manifest, Piece, latest_manifest
from cannery.search.schema import schema

_NAME = "MAIN"  # of the index: Whoosh could have several in a folder


class Contents(NamedTuple):
    """What Whoosh's writer asks of a table of contents."""

    schema: Schema
    segments: list[Any]
    generation: int


class IndexFolder:
    """Takes the place of Whoosh's `FileIndex`, which reads a pickle. Whoosh calls its members."""

    indexname = _NAME

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = FileStorage(str(path))

    def lock(self, name: str) -> Any:  # noqa: ANN401 - Whoosh's own kind of lock
        return self.storage.lock(f"{_NAME}_{name}")

    def _read_toc(self) -> Contents:
        generation, manifest = latest_manifest(self.path)
        return Contents(schema(), [_segment(piece) for piece in manifest.segments], generation)

    def reader(self, manifest: Manifest, generation: int) -> IndexReader:
        """A reader of the segments that a manifest lists. Raises OSError if a file is missing."""
        fields, readers = schema(), list[IndexReader]()
        try:
            for piece in manifest.segments:
                segment = _segment(piece)
                readers.append(SegmentReader(self.storage, fields, segment, generation=generation))
        except BaseException:
            for reader in readers:
                reader.close()
            raise
        if len(readers) == 1:
            return readers[0]
        return MultiReader(readers, generation=generation) if readers else EmptyReader(fields)


def piece_of(segment: Any) -> Piece:  # noqa: ANN401 - Whoosh's own
    """What the manifest lists of a segment."""
    return Piece(
        segment.segid,
        segment.doc_count_all(),
        tuple(sorted(segment.deleted_docs())),
        segment._fieldlengths,  # noqa: SLF001 - where Whoosh's readers look for it
    )


def _segment(piece: Piece) -> Any:  # noqa: ANN401 - Whoosh's own
    gone = set(piece.gone) or None
    segment: Any = W3Segment(PackedCodec(), _NAME, piece.documents, piece.name, gone)
    segment._fieldlengths = dict(piece.lengths)  # noqa: SLF001 - likewise
    return segment
