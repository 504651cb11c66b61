"""Parse what a user types into words, phrases, exclusions and filters. No input is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cannery.model.hit import Query
from cannery.util.text import fold

_MAX_CHARS = 20_000
_PASTED = 80  # characters: a longer query is pasted text, whose quotes and dashes are no syntax
_PIECE = re.compile(
    r"""(?P<not>-?)["“「](?P<phrase>[^"”」]*)["”」]|"""
    r"""(?P<key>[a-z]+):(?P<value>"[^"]*"|[^\s"]+)|(?P<word>\S+)"""
)
# A Japanese word, and no sentence: meant as it stands, where anything has it so.
_JAPANESE_WORD = re.compile("[\u3005\u30a1-\u30fa\u30fc\u4e00-\u9fff]{3,}")
FILTERS = {
    "kind": "kind", "lang": "language", "language": "language", "owner": "owner",
    "section": "section", "status": "status", "tag": "tag",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A parsed query. `filters`: the allowed values by index field; all fields must match."""

    words: str
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse(query: Query) -> ParsedQuery:
    """Parse `words`, `"a phrase"`, `-not` and `tag:x`; the query's own filters are added."""
    filters: dict[str, tuple[str, ...]] = {}
    for name in ("kind", "language", "status"):
        if value := getattr(query, name):
            filters[name] = (value,)
    if query.tags:
        filters["tag"] = tuple(map(fold, query.tags))
    text = query.words[:_MAX_CHARS]
    if len(text) > _PASTED:
        return ParsedQuery(text, filters=filters)
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    for piece in _PIECE.finditer(text):
        if piece["phrase"] is not None:
            (without if piece["not"] else phrases).append(piece["phrase"])
        elif piece["key"] in FILTERS:
            name = FILTERS[piece["key"]]
            filters[name] = (*filters.get(name, ()), fold(piece["value"].strip('"')))
        elif re.match(r"-\w", piece[0]):
            without.append(piece[0][1:])
        else:
            words.append(piece[0])
    if not (words or phrases or filters):  # only exclusions: they are what is looked for
        return ParsedQuery(text)
    written = tuple(phrase for phrase in phrases if phrase.strip())
    wanted = " ".join([*words, *written])
    return ParsedQuery(wanted, _as_it_stands(wanted) or written, tuple(without), filters)


def _as_it_stands(words: str) -> tuple[str, ...]:
    """The words as a phrase, if they are one Japanese word."""
    return (words,) if _JAPANESE_WORD.fullmatch(fold(words)) else ()
