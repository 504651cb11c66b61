"""The rows of a CSV of any size, one after another, in whatever encoding and with any separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.insight.sources.source import Options
from cannery.model.event import Progress
from cannery.util.encoding import encoding_of_file
from cannery.util.separated import separator_of

_LONGEST_LINE = 1_000_000  # letters; a longer one is no line of a table
_HEAD = 65_536  # letters by which the separator is told
_TOLD_EVERY = 5_000  # rows
_STEP = "Reading"


class Row(NamedTuple):
    """A row's cells, and the 1-based line that it ends in."""

    line: int
    cells: Sequence[str]


class Table(NamedTuple):
    """A CSV: the names of its columns, and how its bytes are read.

    One that `is_damaged` has letters, few among many, that are not of its encoding.
    """

    path: Path
    encoding: str
    separator: str
    header: Sequence[str]
    is_damaged: bool = False


def look_at(path: Path) -> Table:
    """Look at how a CSV is written. Raises ValueError for what is empty or no text, OSError."""
    encoding, is_damaged = encoding_of_file(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.read(_HEAD).removeprefix("\ufeff")
    lines = head.splitlines(keepends=True)
    whole = "".join(lines[:-1]) if len(head) == _HEAD else head
    table = Table(path, encoding, separator_of(whole), (), is_damaged)
    header = next((row.cells for row in _raw_rows(table) if isinstance(row, Row)), None)
    if header is None:
        raise ValueError("it is empty")
    return table._replace(header=[name.strip() for name in header])


def rows(table: Table, options: Options) -> Iterator[Row]:
    """The rows below the header; one that can't be read is told, and left out.

    Raises ValueError for a line without end, OSError.
    """
    is_header = True
    for row in _raw_rows(table, options):
        if isinstance(row, BadRow):
            options.reading.leave_out(row.line, row.why)
        elif is_header:
            is_header = False
        elif table.is_damaged and any("\ufffd" in cell for cell in row.cells):
            options.reading.leave_out(row.line, f"letters that are not {table.encoding}")
        elif len(row.cells) != len(table.header):
            why = f"{len(row.cells)} cells instead of {len(table.header)}"
            options.reading.leave_out(row.line, why)
        else:
            yield row


class BadRow(NamedTuple):
    """What is no row, and why."""

    line: int
    why: str


def _raw_rows(table: Table, options: Options | None = None) -> Iterator[Row | BadRow]:
    with table.path.open("rb", buffering=0) as raw:
        file = io.TextIOWrapper(io.BufferedReader(raw), table.encoding, "replace", newline="")
        total = table.path.stat().st_size
        reader = csv.reader(_lines(file), delimiter=table.separator, strict=True)
        count = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield BadRow(reader.line_num, f"not CSV: {error}")
                continue
            if any(cells) and any(cell.strip() for cell in cells):
                yield Row(reader.line_num, cells)
            count += 1
            if options and count % _TOLD_EVERY == 0:
                options.listener(Progress(_STEP, min(raw.tell(), total - 1), total))
        if options and count >= _TOLD_EVERY:
            options.listener(Progress(_STEP, total, total))


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    """The lines, none longer than memory can hold."""
    is_first = True
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise ValueError(f"line {number:,} has more than {_LONGEST_LINE:,} letters")
        if "\0" in line:
            raise ValueError(f"line {number:,} has NUL characters, which no text has")
        yield line.removeprefix("\ufeff") if is_first else line
        is_first = False
