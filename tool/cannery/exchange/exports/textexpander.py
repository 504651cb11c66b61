"""TextExpander: a CSV of abbreviation, content and label. Each value is a fill-in.

By https://textexpander.com/learn: fill-ins stand in the content as `%filltext:name=...%`.
"""

from __future__ import annotations

import csv
import io

from cannery.exchange.exports.export import Export, Library, Written, name_for, shortcut_of, unsaid
from cannery.model.entry import Field
from cannery.model.loss import Loss
from cannery.model.snippet import Asked, Caret, Snippet
from cannery.util.plain import clean

_IN_OPTION = str.maketrans({"%": None, ":": " ", "=": " ", "\n": " "})
_MARKED = "its lists, links and emphasis are written as plain text"


def write(library: Library) -> Written:
    rows: dict[str, tuple[str, str]] = {}
    losses: list[Loss] = []
    for snippet in library.snippets:
        name = name_for(snippet, rows, library.language)
        rows[name] = (shortcut_of(snippet), _content(snippet))
        if snippet.text != snippet.markdown:
            losses.append(Loss(snippet.macro.at.path, 0, snippet.title, _MARKED))
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerows(
        (clean(shortcut), clean(content), clean(name)) for name, (shortcut, content) in rows.items()
    )
    return Written(
        {"cannery.csv": table.getvalue()}, (*losses, *unsaid(library, "subject", "actions"))
    )


def _content(snippet: Snippet) -> str:
    return "".join(
        _fill(snippet.fields[piece.name]) if isinstance(piece, Asked)
        else "%|" if isinstance(piece, Caret) else piece.replace("%", "%%")
        for piece in snippet.text
    )  # fmt: skip


def _fill(field: Field) -> str:
    name = field.label.translate(_IN_OPTION)
    if field.choices:
        options = [_choice(one.value, field.default) for one in field.choices]
        return f"%fillpopup:name={name}:{':'.join(options)}%"
    kind = "area" if field.type == "multiline" else "text"
    default = f":default={field.default.translate(_IN_OPTION)}" if field.default else ""
    return f"%fill{kind}:name={name}{default}%"


def _choice(value: str, default: str | None) -> str:
    written = value.translate(_IN_OPTION)
    return f"default={written}" if value == default else written


EXPORT = Export(
    "textexpander", "a CSV of TextExpander's snippets", "cannery.csv", write, is_personal=True
)
