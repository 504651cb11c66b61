"""A reply of several macros: all footnotes stand at its end, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cannery.content.markdown import code_lines

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_NUMBERED = ("footnote_ref", "footnote_open", "footnote_anchor")
_BLOCK = ("footnote_block_open", "footnote_block_close")
_NAMED = re.compile(r"\[\^([^\]\s]{1,200})\]")
_DEFINED = re.compile(r"^[ \t>]{0,50}\[\^([^\]\s]{1,200})\]:")


def one_reply(parts: Iterable[Sequence[Token]]) -> list[Token]:
    """The tokens of all macros in turn, and behind them all footnotes."""
    texts: list[Token] = []
    notes: list[Token] = []
    block: list[Token] = []
    for tokens in parts:
        before = sum(token.type == "footnote_open" for token in notes)
        place = texts
        for token in _counted_on(tokens, before):
            if token.type in _BLOCK:
                place, block = notes, [*block, token]
            else:
                place.append(token)
    return [*texts, *block[:1], *notes, *block[-1:]]


def _counted_on(tokens: Iterable[Token], before: int) -> Iterator[Token]:
    for token in tokens:
        if token.type in _NUMBERED:
            yield replace(token, meta={**token.meta, "id": token.meta["id"] + before})
        elif token.children:
            yield replace(token, children=[*_counted_on(token.children, before)])
        else:
            yield token


def one_source(sources: Iterable[str]) -> str:
    """The Markdown of all macros in turn."""
    taken: set[str] = set()
    pieces: list[str] = []
    for number, source in enumerate(sources, start=1):
        names = _defined(source)
        new = {name: f"{name}-{number}" for name in names & taken}
        pieces.append(_renamed(source, new) if new else source)
        taken |= names | {*new.values()}
    return "\n\n".join(pieces) + "\n"


def _defined(source: str) -> set[str]:
    return {found[1] for line in source.split("\n") if (found := _DEFINED.match(line))}


def _renamed(source: str, new: Mapping[str, str]) -> str:
    """The source with other names of footnotes, but in blocks of code."""
    code = code_lines(source)

    def other(found: re.Match[str]) -> str:
        return f"[^{new.get(found[1], found[1])}]"

    lines = source.split("\n")
    return "\n".join(
        line if number in code else _NAMED.sub(other, line) for number, line in enumerate(lines)
    )
