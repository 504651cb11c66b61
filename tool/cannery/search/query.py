"""Parse what a user types into words, phrases, exclusions and filters. No input is an error.

What is typed is more often a command or an error that was pasted than syntax: `nginx -t` and
`status:500` are words, and quotes inside of a sentence lift what holds the quoted and hide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cannery.model.hit import Query
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.text import fold

_MAX_CHARS = 20_000
_PASTED = 80  # characters: a longer query is pasted text, whose quotes and dashes are no syntax
_PIECE = re.compile(
    r"""(?P<not>-?)["“„＂「『«](?P<phrase>[^"“”„＂「」『』«»]*)["”“＂」』»]|"""
    r"""(?P<key>[a-z]+):(?P<value>"[^"]*"|[^\s"]+)|(?P<word>\S+)"""
)
# A Japanese word, and no sentence: what has it as it stands comes first.
_JAPANESE_WORD = LazyPattern("[\u3005\u30a1-\u30fa\u30fc\u4e00-\u9fff]{3,}")
# `-43` and `-t` are options and numbers of a command; `-v2` and `-word` may be meant.
_EXCLUSION = re.compile(r"-(?=\w*[^\W\d])\w\S+")
# What a command has and a search for words has not: an option, a path or an address, `a=b`, a
# pipe, a port, a variable, the file that it is run on.
_COMMAND = re.compile(
    r"(?<!\S)(?:--\w|-(?:\w|\d+)(?!\S)|[.~]{0,2}/|[.~](?!\S))|://|[\\=|]|\$\w|[a-z]:\d|\w\.[a-z]{2,5}(?!\S)"
)
FILTERS = {
    "kind": "kind", "lang": "language", "language": "language", "owner": "owner",
    "section": "section", "status": "status", "tag": "tag",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A parsed query.

    `phrases`: stand so in all that is found. `lifted`: phrases that lift what has them.
    `filters`: the allowed values by index field; all fields must match. `as_words`: it has nothing
    but exclusions, which leave nothing to look for, so they are words.
    """

    words: str
    phrases: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_words: bool = False


def parse(
    query: Query,
    has: Callable[[str, str], bool] = lambda _field, _value: True,
    is_text: Callable[[str], bool] = lambda _piece: False,
) -> ParsedQuery:
    """Parse `words`, `"a phrase"`, `-not` and `tag:x`; the query's own filters are added.

    `has` tells whether any entry has a value of an index field: what none has is no filter.
    `is_text` tells whether entries have an exclusion as it was typed: then it is a word, too. So is
    each in a command, such as `openssl s_client -connect example.com:443`.
    """
    text = query.words[:_MAX_CHARS]
    if len(text) > _PASTED:
        return ParsedQuery(text, filters=_own_filters(query))
    filters, is_command = _own_filters(query), _COMMAND.search(text) is not None
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    for piece in _PIECE.finditer(text):
        name = FILTERS.get(piece["key"] or "", "")
        value = fold((piece["value"] or "").strip('"'))
        if piece["phrase"] is not None:
            (without if piece["not"] and not is_command else phrases).append(piece["phrase"])
        elif name and has(name, value):
            filters[name] = (*filters.get(name, ()), value)
        elif _EXCLUSION.fullmatch(piece[0]) and not (is_command or is_text(piece[0])):
            without.append(piece[0][1:])
        else:
            words.append(piece[0])
    if not (words or phrases or filters):  # only exclusions: they are what is looked for
        return ParsedQuery(text, as_words=bool(without))
    written = tuple(phrase for phrase in phrases if phrase.strip())
    wanted = " ".join([*words, *written])
    if words or not written:  # only a query that is quoted as a whole is meant to the letter
        lifted = (wanted,) if _is_japanese(wanted) else written
        return ParsedQuery(wanted, (), lifted, tuple(without), filters)
    return ParsedQuery(wanted, written, (), tuple(without), filters)


def _is_japanese(word: str) -> bool:
    return not word.isascii() and _JAPANESE_WORD.fullmatch(fold(word)) is not None


def _own_filters(query: Query) -> dict[str, tuple[str, ...]]:
    named = ((name, getattr(query, name)) for name in ("kind", "language", "status"))
    filters = {name: (value,) for name, value in named if value}
    return filters | ({"tag": tuple(map(fold, query.tags))} if query.tags else {})
