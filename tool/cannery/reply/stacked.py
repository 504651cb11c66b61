"""A reply of several macros: all footnotes stand at its end, and each name is of one macro."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cannery.content.markdown import code_lines, definitions

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_NUMBERED = ("footnote_ref", "footnote_open", "footnote_anchor")
_BLOCK = ("footnote_block_open", "footnote_block_close")
_NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")
_NOTE_TEXT = re.compile(r"^[ \t>]{0,50}\[\^([^\]\s]{1,200})\]:")
# [words][label], [label][], [label], and [label]: at the beginning of a line.
_REFERENCE = re.compile(r"(?<![\\\]])\[([^\[\]^][^\[\]]{0,200})\](?:\[([^\[\]]{0,200})\]|(?!\())")


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
    notes: set[str] = set()
    references: set[str] = set()
    pieces: list[str] = []
    for number, source in enumerate(sources, start=1):
        new_notes = _new_names(_notes(source), notes, number)
        text = _changed(source, _NOTE, partial(_note, new_notes)) if new_notes else source
        defined = definitions(text)
        new = _new_names({_folded(item.label) for item in defined}, references, number)
        change = partial(_reference, new, {item.first for item in defined})
        pieces.append(_changed(text, _REFERENCE, change) if new else text)
    return "\n\n".join(pieces) + "\n"


def _new_names(names: set[str], taken: set[str], number: int) -> dict[str, str]:
    """Names for those that are taken; all of them are taken now."""
    new = {name: f"{name}-{number}" for name in names & taken}
    taken |= names | {*new.values()}
    return new


def _notes(source: str) -> set[str]:
    return {found[1] for line in source.split("\n") if (found := _NOTE_TEXT.match(line))}


def _note(new: Mapping[str, str], found: re.Match[str], _: int) -> str:
    return f"[^{new.get(found[1], found[1])}]"


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _reference(
    new: Mapping[str, str], defining: Collection[int], found: re.Match[str], line: int
) -> str:
    words, label = found[1], found[2]
    name = new.get(_folded(label or words))
    if name is None:
        return found[0]
    is_definition = line in defining and "[" not in found.string[: found.start()]
    return f"[{name}]" if is_definition else f"[{words}][{name}]"


def _changed(
    source: str, pattern: re.Pattern[str], change: Callable[[re.Match[str], int], str]
) -> str:
    """The source with all that the pattern finds in a line changed, but in blocks of code."""
    code = code_lines(source)
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if number not in code:
            lines[number] = pattern.sub(lambda found, at=number: change(found, at), line)  # type: ignore[misc]
    return "\n".join(lines)
