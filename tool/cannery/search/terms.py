"""The table of an index's terms: Whoosh's own, with JSON instead of a pickle beside it."""

from __future__ import annotations

import json
from struct import calcsize

from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter

_MAX_NOTES = 100_000  # bytes: of a schema's fields and two numbers


class TermsTableWriter(OrderedHashWriter):
    """Takes terms in their order. `fields` is to have the number of each field."""

    def __init__(self, file: object) -> None:
        super().__init__(file)
        self.fields: dict[str, int] = {}

    def _write_extras(self) -> None:
        notes = json.dumps([self.fields, self.index.typecode, len(self.index)]).encode()
        self.dbfile.write_int(len(notes))
        self.dbfile.write(notes)
        self.index.to_file(self.dbfile)


class TermsTable(OrderedHashReader):
    """Raises ValueError and others if the data is corrupt."""

    fields: dict[str, int]

    def _read_extras(self) -> None:
        size = self.dbfile.read_int()
        if not 0 < size <= _MAX_NOTES:
            raise ValueError("a spoilt table of terms")
        fields, kind, count = json.loads(self.dbfile.read(size))
        self.fields = {str(name): int(number) for name, number in fields.items()}
        file = self.dbfile
        numbers = {
            "B": file.get_byte,
            "H": file.get_ushort,
            "i": file.get_int,
            "I": file.get_uint,
            "q": file.get_long,
        }
        self._get_pos = numbers[kind]
        self.indexbase, self.indexlen, self.indexsize = file.tell(), int(count), calcsize(kind)
