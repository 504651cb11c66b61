"""A spreadsheet: CSV, TSV or XLSX, a reply a row, its columns told by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.exchange.body import from_html, from_plain, markdown_of
from cannery.exchange.columns import Column, columns_of
from cannery.exchange.csv_rows import Row, read_csv
from cannery.exchange.format import Format
from cannery.exchange.formats.spreadsheet.workbook import (
    Sheet,
    is_old_workbook,
    is_workbook,
    read_workbook,
)
from cannery.exchange.liquid_text import read_liquid
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.util.plain import one_line
from cannery.util.text import fold_name

_HEADERS = 10  # rows among which one names the columns
_TEXTS = ("txt", "text", "md", "markdown", "html", "htm", "eml")  # which have commas too
_HTML = re.compile(
    r"</(?:p|div|b|i|strong|em|ul|ol|li|a|span|table|h[1-6])>|<br ?/?>", re.IGNORECASE
)
_APART = re.compile(r"[,;、，\n]")
_NO = frozenset(("false", "no", "n", "0", "inactive", "disabled", "無効", "いいえ", "×", "off"))
_UNNAMED = re.compile(r"(?:sheet|table|シート) ?\d{0,3}", re.IGNORECASE)


class _Table(NamedTuple):
    """The rows below the one that names the columns; `section` is what the sheet is called."""

    columns: Mapping[int, Column]
    rows: Sequence[Row]
    section: str


def recognize(file: SourceFile) -> bool:
    """A workbook, or rows of which one of the first names a column for the text."""
    if is_workbook(file.raw) or is_old_workbook(file.raw):
        return True
    if file.ending in _TEXTS:
        return False
    try:
        rows = read_csv(file.text)
    except UnreadableError:
        return False
    return _table(Sheet("", rows)) is not None


def read(files: Sequence[SourceFile]) -> Imported:
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    for file in files:
        try:
            sheets = read_workbook(file.raw) if is_workbook(file.raw) else [_csv(file)]
        except UnreadableError as error:
            losses.append(Loss(file.path, error.line, file.name, str(error)))
            continue
        for sheet in sheets:
            losses += [Loss(file.path, line, what, why) for line, what, why in sheet.losses]
            if table := _table(sheet):
                for row in table.rows:
                    replies += _replies(file, table, row, losses)
            elif sheet.rows:
                what = sheet.name or file.name
                losses.append(
                    Loss(file.path, sheet.rows[0].line, what, "no column is named as a text")
                )
    return Imported(tuple(replies), tuple(losses))


def _csv(file: SourceFile) -> Sheet:
    if is_old_workbook(file.raw):
        raise UnreadableError("a workbook of Excel 97; save it as .xlsx")
    return Sheet("", read_csv(file.text))


def _table(sheet: Sheet) -> _Table | None:
    for number, row in enumerate(sheet.rows[:_HEADERS]):
        if columns := columns_of(row.cells):
            section = "" if _UNNAMED.fullmatch(sheet.name) else sheet.name
            return _Table(columns, sheet.rows[number + 1 :], section)
    return None


class _Cells:
    """The cells of a row by what they are for, and by language where a column says one."""

    def __init__(self, columns: Mapping[int, Column], row: Row) -> None:
        self._values = {
            column: row.cells[number].strip()
            for number, column in columns.items()
            if number < len(row.cells) and row.cells[number].strip()
        }

    def get(self, kind: str, language: str = "") -> str:
        found = self._values.get(Column(kind, language))
        return found or self._values.get(Column(kind)) or ""

    def bodies(self) -> Iterator[tuple[str, str]]:
        """The languages that have a text of their own, with it; empty for none said."""
        for column, value in self._values.items():
            if column.kind == "body":
                yield column.language, value


def _replies(
    file: SourceFile, table: _Table, row: Row, losses: list[Loss]
) -> Iterator[CannedReply]:
    cells = _Cells(table.columns, row)
    bodies = [*cells.bodies()]
    if not bodies and (name := cells.get("title") or cells.get("shortcut")):
        losses.append(Loss(file.path, row.line, name, "a row without a text"))
    for language, text in bodies:
        try:
            yield _reply(file, table, row, (language, text))
        except ValueError as error:
            losses.append(Loss(file.path, row.line, cells.get("title", language), str(error)))


def _reply(file: SourceFile, table: _Table, row: Row, body: tuple[str, str]) -> CannedReply:
    language, text = body
    cells = _Cells(table.columns, row)
    is_html = bool(_HTML.search(text))
    found = read_liquid(text, is_html=is_html)
    subject = one_line(cells.get("subject", language))
    sections = (file.folder, table.section, cells.get("section"))
    is_off = fold_name(cells.get("active")) in _NO
    record = cells.get("id") or cells.get("shortcut")
    return CannedReply(
        one_line(cells.get("title", language)) or subject,
        markdown_of(found.pieces, from_html if is_html else from_plain),
        Origin(file.path, row.line, f"{record} {language}".strip() if record else ""),
        language=language or cells.get("language"),
        shortcut=one_line(cells.get("shortcut", language)),
        subject=subject,
        section="/".join(filter(None, sections)),
        tags=_split(cells.get("tags")),
        keywords=_split(cells.get("keywords", language)),
        status=Status.RETIRED if is_off else found.status,
        losses=tuple(
            Loss(file.path, row.line, unread.written, unread.why) for unread in found.unread
        ),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(one_line, _APART.split(text))))


FORMAT = Format("spreadsheet", "CSV, TSV or XLSX with a row of column names", recognize, read)
