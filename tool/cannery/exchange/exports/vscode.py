"""Visual Studio Code: a `.code-snippets` file. Each value is a tab stop.

By https://code.visualstudio.com/docs/editing/userdefinedsnippets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from cannery.exchange.exports.export import Export, Library, Written, name_for, shortcut_of, unsaid
from cannery.model.entry import Field
from cannery.model.snippet import Asked, Caret, Snippet
from cannery.util.plain import clean

_IN_TEXT = str.maketrans({"\\": "\\\\", "$": "\\$", "}": "\\}"})
_IN_CHOICE = str.maketrans({"\\": "\\\\", ",": "\\,", "|": "\\|", "}": "\\}", "$": "\\$"})


def write(library: Library) -> Written:
    snippets: dict[str, Mapping[str, object]] = {}
    for snippet in library.snippets:
        name = name_for(snippet, snippets, library.language)
        snippets[name] = {
            "prefix": shortcut_of(snippet),
            "body": _body(snippet).split("\n"),
            "description": snippet.macro.header.summary or snippet.title,
        }
    text = json.dumps(snippets, ensure_ascii=False, indent=2) + "\n"
    return Written({"cannery.code-snippets": clean(text)}, unsaid(library, "subject", "actions"))


def _body(snippet: Snippet) -> str:
    stops: dict[str, int] = {}
    pieces = []
    for piece in snippet.markdown:
        if isinstance(piece, Caret):
            pieces.append("$0")
        elif not isinstance(piece, Asked):
            pieces.append(piece.translate(_IN_TEXT))
        elif piece.name in stops:
            pieces.append(f"${stops[piece.name]}")
        else:
            stops[piece.name] = number = len(stops) + 1
            pieces.append(_stop(number, snippet.fields[piece.name]))
    return "".join(pieces)


def _stop(number: int, field: Field) -> str:
    if field.choices:
        values = [one.value for one in field.choices]
        values.sort(key=lambda value: value != field.default)  # the first one is proposed
        return f"${{{number}|{','.join(value.translate(_IN_CHOICE) for value in values)}|}}"
    return f"${{{number}:{(field.default or field.label).translate(_IN_TEXT)}}}"


EXPORT = Export(
    "vscode", "snippets of Visual Studio Code", "cannery.code-snippets", write, is_personal=True
)
