"""A table for a spreadsheet: a row for each macro and language."""

from __future__ import annotations

from cannery.exchange.exports.export import Export, Library, Written, unsaid, with_names
from cannery.model.snippet import Snippet
from cannery.util.csv_text import csv_text

_COLUMNS = ("title", "body", "subject", "shortcut", "language", "tags", "section")


def write(library: Library) -> Written:
    table = csv_text(_COLUMNS, (_row(snippet) for snippet in library.snippets))
    return Written({"cannery.csv": table}, unsaid(library, "actions"))


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


EXPORT = Export("csv", "a table for a spreadsheet", "cannery.csv", write, encoding="utf-8-sig")
