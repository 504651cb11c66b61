"""A codec for Whoosh: a posting list is two arrays, written and read whole.

Whoosh's own codec pickles each posting on its way in and unpacks blocks of 128 on their way out.
A knowledge base fits into memory while it is indexed, and a search reads whole lists anyway.
Nothing in these files is a pickle, which would run what somebody else has written into one.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from struct import Struct
from typing import Any

from whoosh.codec.base import PerDocumentWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocReader, W3TermsReader
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort

from cannery.search.rows import Rows, RowsWriter, little_endian
from cannery.search.schema import PAIRS, pack, unpack
from cannery.search.terms import TermsTable, TermsTableWriter

_LENGTHS_EXT, _PAIRS_EXT, _KEPT_EXT = ".len", ".pairs", ".kept"
# Where a list starts, its postings, the sum and the highest of its counts, bytes of a number.
_ENTRY = Struct("<QIIBB")
_MAX_COUNT = 255  # of a term in a document: BM25 hardly tells more apart
_NO_LIMIT = 2**31 - 1
_NARROW = 1 << 16  # documents; a segment with fewer has numbers of two bytes


class PackedCodec(W3Codec):
    """Whoosh's own but for the files, all of which are ours."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> _PerDocWriter:  # noqa: ANN401
        return _PerDocWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> PackedPerDocReader:  # noqa: ANN401
        return PackedPerDocReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:  # noqa: ANN401
        return _FieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> _TermsReader:  # noqa: ANN401
        return _TermsReader(storage, segment)


class PackedPool:
    """The postings of a segment to be, in memory: by field and term, `document << 8 | count`."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, int | array[int]]] = defaultdict(dict)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting in. The documents of a term come in order."""
        field, term, document, count, _ = item
        posting = document << 8 | (int(count) if count < _MAX_COUNT else _MAX_COUNT)
        terms = self._fields[field]
        postings = terms.get(term)
        if postings is None:
            terms[term] = posting  # most terms stand in one document: no array for those
        elif isinstance(postings, int):
            terms[term] = array("I", (postings, posting))
        else:
            postings.append(posting)

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], bytes]]:
        """Field, term, documents and counts, in the order of fields and terms."""
        for field, terms in sorted(self._fields.items()):
            for term in sorted(terms):
                stored = terms.pop(term)
                postings = (stored,) if isinstance(stored, int) else stored
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
    _tindex: TermsTableWriter

    def __init__(self, storage: object, segment: Any) -> None:  # noqa: ANN401 - Whoosh's own
        self._segment = segment
        self._tindex = TermsTableWriter(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._postfile = segment.create_file(storage, W3Codec.POSTS_EXT)
        self.is_closed = False

    def add_postings(
        self, _: object, __: object, items: Iterator[tuple[str, bytes, array[int], bytes]]
    ) -> None:
        narrow = self._segment.doc_count_all() < _NARROW
        for field, term, documents, counts in items:
            number = self._tindex.fields.setdefault(field, len(self._tindex.fields))
            ids = array("H", documents) if narrow else documents
            start, size = self._postfile.tell(), len(ids)
            entry = _ENTRY.pack(start, size, sum(counts), max(counts), ids.itemsize)
            self._postfile.write(little_endian(ids).tobytes())
            self._postfile.write(counts)
            self._tindex.add(pack_ushort(number) + term, entry)


class _TermsReader(W3TermsReader):
    def __init__(self, storage: Any, segment: Any) -> None:  # noqa: ANN401 - Whoosh's own
        self.last = max(segment.doc_count_all() - 1, 0)  # the highest number of a document
        name = segment.make_filename(W3Codec.TERMS_EXT)
        file = storage.open_file(name)
        try:
            self._tindex = TermsTable(file, storage.file_length(name))
            self._fieldmap = self._tindex.fields
            self._fieldunmap = sorted(self._fieldmap, key=self._fieldmap.__getitem__)
            self._postfile = segment.open_file(storage, W3Codec.POSTS_EXT)
        except BaseException:
            file.close()
            raise

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
        items = self._tindex.items_from(self._keycoder(fieldname, prefix))
        return ((self._keydecoder(key), self._info(entry)) for key, entry in items)

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
        little_endian(documents)
        if documents and max(documents) > self.last:
            raise ValueError("spoilt postings")
        return documents, data[size * width :]

    def _info(self, entry: bytes) -> TermInfo:
        """What is known of a term without a look at its postings: bounds, where that is all."""
        _, size, total, highest, _ = _ENTRY.unpack(entry)
        bounds = {"minlength": 1, "maxlength": _NO_LIMIT, "minid": 0, "maxid": self.last}
        return TermInfo(weight=total, df=size, maxweight=highest, **bounds)


class _PerDocWriter(PerDocumentWriter):
    """Keeps the lengths of fields as they are, what is shown of a document, and its pairs."""

    def __init__(self, storage: Any, segment: Any) -> None:  # noqa: ANN401 - Whoosh's own
        self._segment = segment
        self._create = partial(segment.create_file, storage)
        self._kept = RowsWriter(self._create, _KEPT_EXT)
        self._pairs = RowsWriter(self._create, _PAIRS_EXT)
        self._lengths: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._count = 0
        self._row: dict[str, Any] = {}
        self.is_closed = False

    def start_doc(self, _: int) -> None:
        self._count += 1
        self._row = {}

    def cancel_doc(self) -> None:
        self._count -= 1

    def add_column_value(self, *_: object) -> None:
        """No field of ours has a column, and none a vector."""
        raise NotImplementedError

    add_vector_items = add_column_value

    def add_field(self, fieldname: str, _: object, value: object, length: int) -> None:
        if value is not None:
            self._row[fieldname] = value
        if length:
            lengths = self._lengths[fieldname]
            lengths.extend([0] * (self._count - 1 - len(lengths)))
            lengths.append(length)

    def finish_doc(self) -> None:
        self._pairs.add(self._row.pop(PAIRS, b""))
        self._kept.add(pack(self._row))

    def close(self) -> None:
        self.is_closed = True
        self._kept.close()
        self._pairs.close()
        for field, lengths in self._lengths.items():
            lengths.extend([0] * (self._count - len(lengths)))
            with self._create(f".{field}{_LENGTHS_EXT}") as file:
                file.write(little_endian(lengths).tobytes())
        self._segment._fieldlengths = {  # noqa: SLF001 - where Whoosh's readers look for it
            field: sum(lengths) for field, lengths in self._lengths.items()
        }


class PackedPerDocReader(W3PerDocReader):
    def __init__(self, storage: Any, segment: Any) -> None:  # noqa: ANN401 - Whoosh's own
        super().__init__(storage, segment)
        find = partial(segment.open_file, storage)
        self._kept, self._pairs = Rows(find, _KEPT_EXT), Rows(find, _PAIRS_EXT)
        self._lengths: dict[str, array[int]] = {}

    def open(self, fields: Iterable[str]) -> None:
        """Open the documents' files before another process can delete them."""
        for field in fields:
            self.lengths(field)
        self._pairs.open()

    def lengths(self, field: str) -> Sequence[int]:
        """How many terms the field has, by document."""
        if field not in self._lengths:
            self._lengths[field] = self._read_lengths(field)
        return self._lengths[field]

    def pairs(self, number: int) -> array[int]:
        """The pairs of terms that stand side by side in a document, sorted."""
        return array("I", self._pairs[number])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return unpack(self._kept[docnum])

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Like Whoosh's own, with the pairs: a merge of segments copies these."""
        for number, stored in super().iter_docs():
            yield number, {**stored, PAIRS: self._pairs[number]}

    def close(self) -> None:
        super().close()
        self._kept.close()
        self._pairs.close()

    def _read_lengths(self, field: str) -> array[int]:
        name = self._segment.make_filename(f".{field}{_LENGTHS_EXT}")
        if not self._storage.file_exists(name):
            return array("I", bytes(4 * int(self._doccount)))
        with self._storage.open_file(name) as file:
            data: bytes = file.read()
        return little_endian(array("I", data))

    def doc_field_length(self, docnum: int, fieldname: str, _: int = 0) -> int:
        return self.lengths(fieldname)[docnum]
