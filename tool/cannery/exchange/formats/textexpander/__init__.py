"""TextExpander: a CSV of abbreviation, content and label, with or without a row of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cannery.exchange.asked import AskedFields
from cannery.exchange.body import from_html, from_plain, markdown_of
from cannery.exchange.columns import columns_of
from cannery.exchange.csv_rows import Row, read_csv
from cannery.exchange.format import Format
from cannery.exchange.formats.textexpander.macros import Scope, balanced, pieces_of
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.loss import Loss

_MACRO = re.compile(
    r"%(?:fill(?:text|area|popup|part|date|top)[:%]|clipboard|snippet:|key:|\||@[+-]\d)"
)
_HTML = re.compile(r"</(?:p|div|b|i|strong|em|ul|ol|a|span|table)>|<br ?/?>", re.IGNORECASE)
_TEXTS = ("txt", "text", "md", "markdown", "html", "htm", "eml")  # which have commas too
_COLUMNS = {"shortcut": 0, "body": 1, "title": 2}
_HEADERS = 10  # rows among which one may name the columns
_FEWEST, _MOST_CELLS = 2, 4
_MAX_ABBREVIATION = 40


def recognize(file: SourceFile) -> bool:
    """Contents with TextExpander's macros, or rows that begin with an abbreviation each."""
    try:
        rows = () if file.ending in _TEXTS else read_csv(file.text)
    except UnreadableError:
        return False
    if not rows or not all(len(row.cells) >= _FEWEST for row in rows):
        return False
    named = _named(rows[0])
    columns = named or _COLUMNS
    if any(_MACRO.search(_cell(row, columns, "body")) for row in rows):
        return "shortcut" in columns
    has_names = any(columns_of(row.cells) for row in rows[:_HEADERS])
    return not has_names and all(map(_is_snippet, rows))


def _is_snippet(row: Row) -> bool:
    abbreviation = row.cells[0]
    is_short = 0 < len(abbreviation) <= _MAX_ABBREVIATION and not abbreviation.split()[1:]
    return is_short and len(row.cells) <= _MOST_CELLS and not abbreviation[0].isdigit()


def _named(row: Row) -> Mapping[str, int]:
    """The columns by what they are for, if the first row names them."""
    return {column.kind: number for number, column in columns_of(row.cells).items()}


def read(files: Sequence[SourceFile]) -> Imported:
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    for file in files:
        try:
            rows = read_csv(file.text)
        except UnreadableError as error:
            losses.append(Loss(file.path, error.line, file.name, str(error)))
            continue
        named = _named(rows[0]) if rows else {}
        columns, rows = named or _COLUMNS, rows[1:] if named else rows
        snippets = {_cell(row, columns, "shortcut"): _cell(row, columns, "body") for row in rows}
        for row in rows:
            try:
                replies.append(_reply(file, row, columns, snippets))
            except ValueError as error:
                what = _cell(row, columns, "shortcut")
                losses.append(Loss(file.path, row.line, what, str(error)))
    return Imported(tuple(replies), tuple(losses))


def _cell(row: Row, columns: Mapping[str, int], kind: str) -> str:
    number = columns.get(kind, len(row.cells))
    return row.cells[number].strip() if number < len(row.cells) else ""


def _reply(
    file: SourceFile, row: Row, columns: Mapping[str, int], snippets: Mapping[str, str]
) -> CannedReply:
    content, abbreviation = _cell(row, columns, "body"), _cell(row, columns, "shortcut")
    scope = Scope(AskedFields(), snippets)
    pieces = balanced(pieces_of(content, scope), scope)
    body = markdown_of(pieces, from_html if _HTML.search(content) else from_plain)
    if not body.strip():
        raise UnreadableError("it has no text")
    return CannedReply(
        _cell(row, columns, "title"),
        body,
        Origin(file.path, row.line, abbreviation),
        shortcut=abbreviation,
        section=_cell(row, columns, "section") or file.folder,
        fields=scope.asked.fields,
        losses=tuple(Loss(file.path, row.line, what, why) for what, why in scope.losses),
    )


FORMAT = Format("textexpander", "a CSV of TextExpander's snippets", recognize, read)
