"""A codec for Whoosh: a posting list is two arrays, written and read whole.

Whoosh's own codec pickles each posting on its way in and unpacks blocks of 128 on their way out.
A knowledge base fits into memory while it is indexed, and a search reads whole lists anyway.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import (
    W3Codec,
    W3FieldWriter,
    W3PerDocReader,
    W3PerDocWriter,
    W3TermsReader,
)
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort

from cannery.search.schema import PAIRS

_LENGTHS_EXT, _PAIRS_EXT, _PAIR_ENDS_EXT = ".len", ".pairs", ".ends"
# Where a list starts, its postings, the sum and the highest of its counts, bytes of a number.
_ENTRY = Struct("<QIIBB")
_MAX_COUNT = 255  # of a term in a document: BM25 hardly tells more apart
_NO_LIMIT = 2**31 - 1
_NARROW = 1 << 16  # documents; a segment with fewer has numbers of two bytes


class PackedCodec(W3Codec):
    """Whoosh's own but for the posting lists and the lengths of fields."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> _PerDocWriter:  # noqa: ANN401
        return _PerDocWriter(self, storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> PackedPerDocReader:  # noqa: ANN401
        return PackedPerDocReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:  # noqa: ANN401
        return _FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> _TermsReader:  # noqa: ANN401
        name = segment.make_filename(self.TERMS_EXT)
        terms, size = storage.open_file(name), storage.file_length(name)
        reader = _TermsReader(self, terms, size, segment.open_file(storage, self.POSTS_EXT))
        reader.last = max(segment.doc_count_all() - 1, 0)
        return reader


class PackedPool:
    """The postings of a segment to be, in memory: by field and term, `document << 8 | count`."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, int | array[int]]] = defaultdict(dict)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting in. The documents of a term come in order."""
        field, term, document, count, _ = item
        posting = document << 8 | (int(count) if count < _MAX_COUNT else _MAX_COUNT)
        terms = self._fields[field]
        known = terms.get(term)
        if known is None:
            terms[term] = posting  # most terms stand in one document: no array for those
        elif isinstance(known, int):
            terms[term] = array("I", (known, posting))
        else:
            known.append(posting)

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], bytes]]:
        """Field, term, documents and counts, in the order of fields and terms."""
        for field, terms in sorted(self._fields.items()):
            for term in sorted(terms):
                known = terms.pop(term)
                postings = (known,) if isinstance(known, int) else known
                documents = array("I", [posting >> 8 for posting in postings])
                yield field, term, documents, bytes([posting & 255 for posting in postings])

    def cleanup(self) -> None:
        self._fields.clear()


class PackedMatcher(ListMatcher):
    """The postings of a term: `documents`, and how often it stands in each, `counts`."""

    def __init__(self, documents: Sequence[int], counts: Sequence[int], **more: object) -> None:
        super().__init__(documents, counts, **more)
        self.documents, self.counts = documents, counts


class _FieldWriter(W3FieldWriter):
    def add_postings(
        self, _: object, __: object, items: Iterator[tuple[str, bytes, array[int], bytes]]
    ) -> None:
        narrow = self._segment.doc_count_all() < _NARROW
        for field, term, documents, counts in items:
            number = self._fieldmap.setdefault(field, len(self._fieldmap))
            ids = array("H", documents) if narrow else documents
            start, size = self._postfile.tell(), len(ids)
            entry = _ENTRY.pack(start, size, sum(counts), max(counts), ids.itemsize)
            self._postfile.write(_little_endian(ids).tobytes())
            self._postfile.write(counts)
            self._tindex.add(pack_ushort(number) + term, entry)


class _TermsReader(W3TermsReader):
    last = 0  # the highest number of a document

    def matcher(
        self,
        fieldname: str,
        tbytes: bytes,
        format_: object,
        scorer: object = None,
    ) -> PackedMatcher:
        entry = self._entry(fieldname, tbytes)
        documents, counts = self._postings(entry)
        more = {"format": format_, "scorer": scorer, "terminfo": self._info(entry)}
        return PackedMatcher(documents, counts, term=(fieldname, tbytes), **more)

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        return self._info(self._entry(fieldname, tbytes))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((self._keydecoder(key), self._info(entry)) for key, entry in self._tindex.items())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        found = self._tindex.items_from(self._keycoder(fieldname, prefix))
        return ((self._keydecoder(key), self._info(entry)) for key, entry in found)

    def frequency(self, fieldname: str, tbytes: bytes) -> int:
        return int(_ENTRY.unpack(self._entry(fieldname, tbytes))[2])

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        try:
            entry = self._entry(fieldname, tbytes)
        except TermNotFound:
            return 0
        return int(_ENTRY.unpack(entry)[1])

    def _entry(self, field: str, term: bytes) -> bytes:
        try:
            return bytes(self._tindex[self._keycoder(field, term)])
        except KeyError as error:
            raise TermNotFound(f"no term {field}:{term!r}") from error

    def _postings(self, entry: bytes) -> tuple[array[int], bytes]:
        start, size, _, _, width = _ENTRY.unpack(entry)
        data = self._postfile.get(start, size * (width + 1))
        documents = array("H" if width == 2 else "I")  # noqa: PLR2004 - bytes of an H
        documents.frombytes(data[: size * width])
        return _little_endian(documents), data[size * width :]

    def _info(self, entry: bytes) -> TermInfo:
        """What is known of a term without a look at its postings: bounds, where that is all."""
        _, size, total, highest, _ = _ENTRY.unpack(entry)
        bounds = {"minlength": 1, "maxlength": _NO_LIMIT, "minid": 0, "maxid": self.last}
        return TermInfo(weight=total, df=size, maxweight=highest, **bounds)


class _PerDocWriter(W3PerDocWriter):
    """Keeps the lengths of fields as they are, which Whoosh's own rounds to a byte; and pairs."""

    def __init__(self, codec: PackedCodec, storage: object, segment: object) -> None:
        super().__init__(codec, storage, segment)
        self._lengths: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._pairs = self._create_file(_PAIRS_EXT)
        self._pair_ends = array("Q", [0])

    def add_field(self, fieldname: str, fieldobj: object, value: object, length: int) -> None:
        if fieldname == PAIRS:
            self._pairs.write(value or b"")
            self._pair_ends.append(self._pairs.tell())
            return
        super().add_field(fieldname, fieldobj, value, 0)
        if length:
            lengths = self._lengths[fieldname]
            lengths.extend([0] * (int(self._docnum or 0) - len(lengths)))
            lengths.append(length)
            self._fieldlengths[fieldname] += length

    def close(self) -> None:
        super().close()
        self._pairs.close()
        with self._create_file(_PAIR_ENDS_EXT) as file:
            file.write(_little_endian(self._pair_ends).tobytes())
        for field, lengths in self._lengths.items():
            lengths.extend([0] * (self._doccount - len(lengths)))
            with self._create_file(f".{field}{_LENGTHS_EXT}") as file:
                file.write(_little_endian(lengths).tobytes())


class PackedPerDocReader(W3PerDocReader):
    def __init__(self, storage: object, segment: object) -> None:
        super().__init__(storage, segment)
        self._lengths: dict[str, array[int]] = {}
        self._pair_file: Any = None
        self._pair_ends = array("Q")

    def open(self, fields: Iterable[str]) -> None:
        """Open what is read of the documents, before another process can delete it."""
        for field in fields:
            self.lengths(field)
        self._open_pairs()

    def lengths(self, field: str) -> Sequence[int]:
        """How many terms the field has, by document."""
        if field not in self._lengths:
            self._lengths[field] = self._read_lengths(field)
        return self._lengths[field]

    def pairs(self, number: int) -> array[int]:
        """The pairs of terms that stand side by side in a document, sorted."""
        return array("I", self._pair_bytes(number))

    def _pair_bytes(self, number: int) -> bytes:
        file = self._open_pairs()
        start, end = self._pair_ends[number], self._pair_ends[number + 1]
        return bytes(file.get(start, end - start))

    def _open_pairs(self) -> Any:  # noqa: ANN401 - Whoosh's own kind of file
        if self._pair_file is None:
            open_file, name = self._storage.open_file, self._segment.make_filename
            with open_file(name(_PAIR_ENDS_EXT)) as file:
                self._pair_ends = _little_endian(array("Q", file.read()))
            self._pair_file = open_file(name(_PAIRS_EXT))
        return self._pair_file

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """As Whoosh's own, with the pairs: what a merge of segments copies."""
        for number, kept in super().iter_docs():
            yield number, {**kept, PAIRS: self._pair_bytes(number)}

    def close(self) -> None:
        super().close()
        if self._pair_file is not None:
            self._pair_file.close()

    def _read_lengths(self, field: str) -> array[int]:
        name = self._segment.make_filename(f".{field}{_LENGTHS_EXT}")
        if not self._storage.file_exists(name):
            return array("I", bytes(4 * int(self._doccount)))
        with self._storage.open_file(name) as file:
            data: bytes = file.read()
        return _little_endian(array("I", data))

    def doc_field_length(self, docnum: int, fieldname: str, _: int = 0) -> int:
        return self.lengths(fieldname)[docnum]


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
