"""The sheets of an XLSX workbook, which is a zip of XML. The only room of openpyxl.

Whatever the zip says of its sizes is looked at first: a workbook of some kilobytes can say that it
has gigabytes. zipfile reads no more of an entry than it says. openpyxl reads XML by way of
defusedxml, which refuses entities. A formula is text, and never reckoned.
"""

from __future__ import annotations

import os
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from cannery.exchange.csv_rows import MAX_COLUMNS, MAX_ROWS, Row
from cannery.exchange.source import UnreadableError

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "xl/workbook.xml"
_MAX_ENTRIES, _MAX_SIZE, _MAX_RATIO = 2_000, 100_000_000, 200
_SMALL = 1_000_000  # bytes of an entry: of less, any ratio is harmless
_MAX_SHEETS, _MAX_CHARS, _MAX_CELL = 100, 20_000_000, 100_000
_SHOWN = 200
_ENCRYPTED = 1  # a bit of an entry's flags
# What openpyxl and what is below it raise for a file that is not as it should be.
_FAULTS = (
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    SyntaxError,  # of XML, also by lxml, where something has loaded openpyxl with it before
    TypeError,
    ValueError,
    zlib.error,
)


class Sheet(NamedTuple):
    """The rows of a sheet; `losses` are lines with what is lost there, and why."""

    name: str
    rows: Sequence[Row]
    losses: Sequence[tuple[int, str, str]] = ()


def is_workbook(raw: bytes) -> bool:
    if not raw.startswith(_ZIP):
        return False
    try:
        with ZipFile(BytesIO(raw)) as opened:
            return _WORKBOOK in opened.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def is_old_workbook(raw: bytes) -> bool:
    """Whether it is one of Excel 97, which no maintained library of ours reads."""
    return raw.startswith(_OLD)


def read_workbook(raw: bytes) -> list[Sheet]:
    """The sheets that have any cells. Raises UnreadableError.

    What openpyxl warns of, such as rules for input that it passes over, is in no cell.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _read(raw)


def _read(raw: bytes) -> list[Sheet]:
    _refuse_bombs(raw)
    # With lxml, where that is installed, it would read XML past defusedxml.
    os.environ.setdefault("OPENPYXL_LXML", "False")
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(raw), read_only=True, keep_links=False)
        try:
            if len(book.worksheets) > _MAX_SHEETS:
                raise UnreadableError(f"more than {_MAX_SHEETS} sheets")
            return [*_sheets(book.worksheets)]
        finally:
            book.close()
    except UnreadableError:
        raise
    except _FAULTS as error:
        raise UnreadableError(f"no workbook that can be read: {error}"[:_SHOWN]) from error


def _refuse_bombs(raw: bytes) -> None:
    with ZipFile(BytesIO(raw)) as opened:
        entries = opened.infolist()
    if len(entries) > _MAX_ENTRIES:
        raise UnreadableError(f"a workbook of more than {_MAX_ENTRIES:,} files")
    if sum(entry.file_size for entry in entries) > _MAX_SIZE:
        raise UnreadableError(f"a workbook of more than {_MAX_SIZE // 1_000_000} MB when unpacked")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableError("a workbook with a password")
        if entry.file_size > max(_SMALL, entry.compress_size * _MAX_RATIO):
            raise UnreadableError(f"{entry.filename:.60} is packed too tightly to be a sheet")


def _sheets(sheets: Iterable[Any]) -> Iterator[Sheet]:
    left = _MAX_CHARS
    for sheet in sheets:
        sheet.reset_dimensions()  # those that it says may be anything
        losses: list[tuple[int, str, str]] = []
        rows: list[Row] = []
        ways = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
        for number, cells in enumerate(ways, start=1):
            if number > MAX_ROWS:
                losses.append((number, str(sheet.title), f"more than {MAX_ROWS:,} rows"))
                break
            texts = [_text(cell.value) for cell in cells]
            left -= sum(map(len, texts))
            if left < 0:
                raise UnreadableError(f"more than {_MAX_CHARS:,} characters", number)
            if any(text.strip() for text in texts):
                rows.append(Row(number, texts))
            losses += [
                (number, text[:_SHOWN], "a formula, which is not reckoned")
                for cell, text in zip(cells, texts, strict=True)
                if cell.data_type == "f"
            ]
        if rows:
            yield Sheet(str(sheet.title), rows, losses)


def _text(value: object) -> str:
    """A cell as a person sees it, as far as that can be told."""
    if value is None:
        return ""
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _MAX_CELL:
        raise UnreadableError(f"a cell of more than {_MAX_CELL:,} characters")
    return text
