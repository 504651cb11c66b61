"""A table for a spreadsheet: a row for each macro and language."""

from __future__ import annotations

import csv
import io

from cannery.exchange.exports.export import Export, Library, Written, unsaid, with_names
from cannery.model.snippet import Snippet
from cannery.util.plain import clean

_COLUMNS = ("title", "body", "subject", "shortcut", "language", "tags", "section")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(library: Library) -> Written:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(value) for value in _row(snippet)] for snippet in library.snippets)
    return Written({"cannery.csv": table.getvalue()}, unsaid(library, "actions"))


def _row(snippet: Snippet) -> tuple[str, ...]:
    macro = snippet.macro
    return (
        snippet.title,
        with_names(snippet.markdown),
        with_names(snippet.subject),
        macro.shortcut,
        macro.at.language,
        ", ".join(macro.header.tags),
        macro.at.id.partition("/")[2].rpartition("/")[0],
    )


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe, as OWASP advises."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) and not text.startswith("- ") else text


EXPORT = Export("csv", "a table for a spreadsheet", "cannery.csv", write, encoding="utf-8-sig")
