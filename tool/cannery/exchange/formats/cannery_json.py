"""What `kb export json` writes: macros of another knowledge base with all that they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cannery.content.headers import read_header, read_macro
from cannery.exchange.body import from_markdown, markdown_of
from cannery.exchange.format import Format
from cannery.exchange.json_text import read_json
from cannery.exchange.liquid_text import read_liquid
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.location import Status
from cannery.model.loss import Loss

_ID = re.compile(r"\"id\"\s{0,20}:\s{0,20}\"macros/")
_LOOKED_AT = 10_000
_OTHERS = ("id", "language", "body", "imported_from")  # keys that are no front matter, or not ours


def recognize(file: SourceFile) -> bool:
    """A list of objects with an id such as macros/billing/refund, and a body."""
    try:
        text = file.text
    except UnreadableError:
        return False
    if not (text.lstrip().startswith("[") and _ID.search(text[:_LOOKED_AT])):
        return False
    try:
        return any(_macros(read_json(text)))
    except UnreadableError:
        return True  # it is one that can't be read, and that is told


def _macros(data: object) -> Iterator[dict[str, Any]]:
    return (one for one in (data if isinstance(data, list) else []) if _is_macro(one))


def _is_macro(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("body"), str):
        return False
    return str(value.get("id", "")).startswith("macros/")


def read(files: Sequence[SourceFile]) -> Imported:
    replies: list[CannedReply] = []
    losses: list[Loss] = []
    for file in files:
        try:
            replies += [_reply(file, data) for data in _macros(read_json(file.text))]
        except UnreadableError as error:
            losses.append(Loss(file.path, error.line, file.name, str(error)))
    return Imported(tuple(replies), tuple(losses))


def _reply(file: SourceFile, data: dict[str, Any]) -> CannedReply:
    said = {key: _as_written(value) for key, value in data.items() if key not in _OTHERS}
    header, faults = read_header(said, macro=True)
    macro, more = read_macro(said)
    found = read_liquid(data["body"])
    id_, language = str(data["id"]), str(data.get("language") or "")
    losses = [Loss(file.path, 0, fault.key, fault.message) for fault in (*faults, *more)]
    losses += [Loss(file.path, 0, one.written, one.why) for one in found.unread]
    is_whole = found.status is Status.PUBLISHED
    return CannedReply(
        header.title,
        markdown_of(found.pieces, from_markdown),
        Origin(file.path, 0, f"{id_} {language}".strip()),
        language=language,
        section=id_.removeprefix("macros/").rpartition("/")[0],
        summary=header.summary,
        tags=header.tags,
        keywords=header.keywords,
        status=header.status if is_whole else found.status,
        losses=tuple(losses),
        **macro,
    )


def _as_written(value: object) -> object:
    """A value of JSON as front matter has it: every scalar is a text."""
    if isinstance(value, dict):
        return {key: _as_written(one) for key, one in value.items() if one not in (None, "")}
    if isinstance(value, list):
        return [_as_written(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


FORMAT = Format("cannery", "macros that kb export json has written", recognize, read)
