"""JSON: everything that a macro says, template and all, as `kb show --json` has it."""

from __future__ import annotations

import json

from cannery.content.keys import values_of
from cannery.exchange.exports.export import Export, Library, Written
from cannery.model.entry import Macro
from cannery.util.plain import clean


def write(library: Library) -> Written:
    macros = [
        {
            "id": entry.at.id,
            "language": entry.at.language,
            **values_of(entry.header),
            **values_of(entry),
            "body": entry.body,
        }
        for entry in library.entries
        if isinstance(entry, Macro)
    ]
    return Written({"cannery.json": clean(json.dumps(macros, ensure_ascii=False, indent=2)) + "\n"})


EXPORT = Export("json", "all that macros say", "cannery.json", write, has_templates=True)
