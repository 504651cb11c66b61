"""Visual Studio Code: user snippets and `.code-snippets` files, a reply for each snippet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cannery.exchange.asked import AskedFields
from cannery.exchange.body import from_markdown, from_plain, markdown_of
from cannery.exchange.format import Format
from cannery.exchange.formats.vscode.snippet import pieces_of
from cannery.exchange.json_text import read_json
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.loss import Loss
from cannery.util.spans import Lines

_LOOKED_AT = 200_000
_BODY = re.compile(r"\"body\"\s{0,20}:\s{0,20}[\"\[]")
_PREFIX = re.compile(r"\"prefix\"\s{0,20}:\s{0,20}[\"\[]")
_MARKDOWN = frozenset(("markdown", "md", "quarto", "mdx"))


def recognize(file: SourceFile) -> bool:
    """An object of objects that have a body and a prefix."""
    try:
        text = file.text
    except UnreadableError:
        return False
    begin = text.lstrip()[:1]
    looked_at = text[:_LOOKED_AT]
    has_both = bool(_BODY.search(looked_at) and _PREFIX.search(looked_at))
    if not has_both or begin not in {"{", "/"}:
        return False
    try:
        data = read_json(text)
    except UnreadableError:
        return True  # it is one that can't be read, and that is told
    return isinstance(data, dict) and any(map(_is_snippet, data.values()))


def _is_snippet(value: object) -> bool:
    return isinstance(value, dict) and "body" in value and "prefix" in value


def read(files: Sequence[SourceFile]) -> Imported:
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    for file in files:
        try:
            data = read_json(file.text)
        except UnreadableError as error:
            losses.append(Loss(file.path, error.line, file.name, str(error)))
            continue
        lines = Lines(file.text)
        at = 0
        for name, value in data.items() if isinstance(data, dict) else ():
            at = max(file.text.find(f'"{name}"', at), at)
            if isinstance(value, dict) and "body" in value:
                replies += _reply(file, str(name), value, lines.of(at))
            else:
                losses.append(
                    Loss(file.path, lines.of(at), str(name), "no snippet: it has no body")
                )
    return Imported(tuple(replies), tuple(losses))


def _reply(file: SourceFile, name: str, data: dict[str, Any], line: int) -> Iterator[CannedReply]:
    asked, losses = AskedFields(), list[Loss]()
    body = "\n".join(map(str, _list(data.get("body"))))
    found = pieces_of(body, asked)
    losses += [Loss(file.path, line, what, why) for what, why in found.losses]
    scopes = {one.strip() for one in str(data.get("scope") or "").split(",")}
    is_markdown = bool(_MARKDOWN & {*scopes, file.stem.lower()})
    text = markdown_of(found.pieces, from_markdown if is_markdown else from_plain)
    if not text.strip():
        return
    prefixes = [str(one) for one in _list(data.get("prefix")) if str(one).strip()]
    description = " ".join(map(str, _list(data.get("description"))))
    yield CannedReply(
        name,
        text,
        Origin(file.path, line, name),
        shortcut=prefixes[0] if prefixes else "",
        keywords=(*prefixes[1:], *([description] if description else [])),
        section=file.folder.removeprefix(".vscode").strip("/"),
        fields=asked.fields,
        losses=tuple(losses),
    )


def _list(value: object) -> list[Any]:
    """A value that may stand alone or in a list."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


FORMAT = Format("vscode", "snippets of Visual Studio Code", recognize, read)
