"""espanso: one match file. What is asked for is a form before the text.

By espanso's match schema: https://espanso.org/docs/matches/basics/. Matches of one trigger are
offered in a list by their labels, so that the languages of a macro share theirs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cannery.exchange.exports.export import (
    Export,
    Library,
    Written,
    label_of,
    loss_of,
    shortcut_of,
    unsaid,
)
from cannery.model.entry import Field
from cannery.model.loss import Loss
from cannery.model.snippet import Asked, Caret, Pieces, Snippet
from cannery.util.plain import printable

_OWN = ("{{", "$|$")  # what it would take for its own
_NAME = re.compile(r"\W+")


def write(library: Library) -> Written:
    lines, losses = ["matches:"], list[Loss]()
    for snippet in library.snippets:
        try:
            lines += _match(snippet, library.language)
        except ValueError as error:
            losses.append(loss_of(snippet, str(error)))
    return Written(
        {"cannery.yml": "\n".join(lines) + "\n" if len(lines) > 1 else "matches: []\n"},
        (*losses, *unsaid(library, "subject", "actions")),
    )


def _match(snippet: Snippet, default: str) -> Iterator[str]:
    header = snippet.macro.header
    is_marked = snippet.text != snippet.markdown
    body = _text(snippet.markdown if is_marked else snippet.text)
    yield f"  - trigger: {_scalar(shortcut_of(snippet))}"
    yield f"    label: {_scalar(label_of(snippet, default))}"
    if terms := (*header.tags, *header.keywords):
        yield f"    search_terms: [{', '.join(map(_scalar, terms))}]"
    yield f"    {'markdown' if is_marked else 'replace'}: {_scalar(body)}"
    if snippet.fields:
        yield from _form(snippet)


def _form(snippet: Snippet) -> Iterator[str]:
    layout = "\n".join(f"{_label(field)}: [[{_name(field)}]]" for field in snippet.fields.values())
    yield "    vars:"
    yield "      - name: form1"
    yield "        type: form"
    yield "        params:"
    yield f"          layout: {_scalar(layout)}"
    special = {_name(field): _options(field) for field in snippet.fields.values()}
    if any(special.values()):
        yield "          fields:"
        for name, options in special.items():
            if options:
                yield f"            {_scalar(name)}: {json.dumps(options, ensure_ascii=False)}"


def _options(field: Field) -> dict[str, object]:
    options: dict[str, object] = {}
    if field.choices:
        options = {"type": "choice", "values": [one.value for one in field.choices]}
    elif field.type == "multiline":
        options = {"multiline": True}
    return {**options, "default": field.default} if field.default else options


def _text(pieces: Pieces) -> str:
    for piece in pieces:
        if isinstance(piece, str) and (mark := next((one for one in _OWN if one in piece), "")):
            raise ValueError(f"it has {mark}, which espanso would fill in")
    return "".join(
        f"{{{{form1.{_NAME.sub('_', piece.name)}}}}}" if isinstance(piece, Asked)
        else "$|$" if isinstance(piece, Caret) else piece
        for piece in pieces
    )  # fmt: skip


def _name(field: Field) -> str:
    return _NAME.sub("_", field.name)


def _label(field: Field) -> str:
    return field.label.replace("[", "(").replace("]", ")")


def _scalar(text: str) -> str:
    """A text between quotes: JSON's are YAML's."""
    return json.dumps(printable(text), ensure_ascii=False)


EXPORT = Export("espanso", "a match file of espanso", "cannery.yml", write, is_personal=True)
