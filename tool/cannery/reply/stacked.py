"""A reply of several macros: all footnotes stand at its end, and each name is of one macro."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from cannery.content.markdown import code_lines, definitions
from cannery.util.spans import code_spans

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_NUMBERED = ("footnote_ref", "footnote_open", "footnote_anchor")
_BLOCK = ("footnote_block_open", "footnote_block_close")
# What a backslash escapes is eaten first.
_NOTE = re.compile(r"\\.|\[\^([^\]\s]{1,200})\]", re.DOTALL)
_NOTE_TEXT = re.compile(r"^[ \t>]{0,50}\[\^([^\]\s]{1,200})\]:", re.MULTILINE)
_LETTER = r"(?:[^\[\]\\]|\\.)"
# [label] behind [words]; [label][] and [label].
_REFERENCE = re.compile(
    rf"\\.|\]\[(?P<label>{_LETTER}{{1,200}})\]"
    rf"|\[(?P<words>(?!\^){_LETTER}{{1,200}})\](?:\[\]|(?![\[(]))",
    re.DOTALL,
)
_LABEL = re.compile(rf"\[({_LETTER}{{1,200}})\]:", re.DOTALL)
# Where a link leads, and its title; addresses as they stand.
_ADDRESS = re.compile(
    r"\]\(\s*+(?:<[^<>\n]*+>|[^\s()<>]*+(?>(?:\([^\s()]*+\)[^\s()]*+){0,4}))"
    r"(?>(?:\s++(?:\"[^\"]{0,300}+\"|'[^']{0,300}+'))?)\s*+\)"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>"
    r"|\b(?:https?|ftp)://[^\s<>\[\]/]*+(?>(?:/[^\s<>\[\]]*+(?>(?:\[[^\s<>\[\]^]++\][^\s<>\[\]]*+){0,9}))?)"
)
_BRACKETS = re.compile(r"[\[\]]")
# A line that no paragraph goes on with.
_BEGINS = re.compile(r"[ \t>]*+(?:$|(?:[-*+]|#{1,6}|\d{1,9}[.)])[ \t]|\[\^|!!!|===|\|)")


class _Piece(NamedTuple):
    """Lines that belong together: a block of code, a definition, or a paragraph at most."""

    kind: str
    text: str


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
    texts: list[str] = []
    for number, source in enumerate(sources, start=1):
        new_notes = _new_names(_notes(source), notes, number)
        text = _changed(source, _NOTE, partial(_note, new_notes)) if new_notes else source
        names = {_folded(item.label) for item in definitions(text)} if "]:" in text else set()
        new = _new_names(names, references, number)
        change = partial(_reference, new)
        texts.append(_changed(text, _REFERENCE, change, partial(_label, new)) if new else text)
    return "\n\n".join(texts) + "\n"


def _new_names(names: set[str], taken: set[str], number: int) -> dict[str, str]:
    """Names for those that are taken; all of them are taken now."""
    again = sorted(names & taken)
    taken |= names
    new = {}
    for name in again:
        free = (f"{name}-{at}" for at in count(number) if f"{name}-{at}" not in taken)
        new[name] = next(free)
        taken.add(new[name])
    return new


def _notes(source: str) -> set[str]:
    if "[^" not in source:
        return set()  # to read its blocks takes a while
    texts = (piece.text for piece in _pieces(source) if piece.kind == "text")
    return {name for text in texts for name in _NOTE_TEXT.findall(text)}


def _note(new: Mapping[str, str], found: re.Match[str], text: str) -> str:
    return f"[^{new[found[1]]}]" if found[1] in new else text


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _reference(new: Mapping[str, str], found: re.Match[str], text: str) -> str:
    """The reference as `text` has it, with its new name if it has one."""
    kind = found.lastgroup
    if kind is None:
        return text
    begin, end = (at - found.start() for at in found.span(kind))
    words = text[begin:end]
    name = new.get(_folded(words))
    if name is None:
        return text
    return f"][{name}]" if kind == "label" else f"[{words}][{name}]"


def _label(new: Mapping[str, str], found: re.Match[str]) -> str:
    name = new.get(_folded(found[1]))
    return f"[{name}]:" if name else found[0]


def _changed(
    source: str,
    pattern: re.Pattern[str],
    change: Callable[[re.Match[str], str], str],
    label: Callable[[re.Match[str]], str] | None = None,
) -> str:
    """The source with what the pattern finds in text changed, and the labels of definitions."""
    texts = []
    for kind, text in _pieces(source):
        if kind == "definition" and label:
            texts.append(_LABEL.sub(label, text, count=1))
        elif kind == "text" and "[" in text:
            texts.append(_changed_text(text, pattern, change))
        else:
            texts.append(text)
    return "\n".join(texts)


def _changed_text(
    text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str], str], str]
) -> str:
    pieces = []
    at = 0
    for found in pattern.finditer(_with_brackets_of_text(text)):
        pieces += [text[at : found.start()], change(found, text[found.start() : found.end()])]
        at = found.end()
    return "".join([*pieces, text[at:]])


def _with_brackets_of_text(text: str) -> str:
    """The text with other letters, one for one, for the brackets in code and in addresses."""
    pieces = []
    at = 0
    for start, end in code_spans(text, 0, len(text)):
        pieces += [text[at:start], re.sub(r"[^\n]", "\0", text[start:end])]
        at = end
    return _ADDRESS.sub(
        lambda found: found[0][:1] + _BRACKETS.sub("\0", found[0][1:]),
        "".join([*pieces, text[at:]]),
    )


def _pieces(source: str) -> Iterator[_Piece]:
    """The lines of the source, in order."""
    code = code_lines(source)
    defined = {
        line: item.first for item in definitions(source) for line in range(item.first, item.last)
    }
    lines: list[str] = []
    last: tuple[str, int] = ("text", 0)
    for number, line in enumerate(source.split("\n")):
        if number in defined:
            here = ("definition", defined[number])
        elif number in code:
            here = ("code", 0)
        else:
            is_next = bool(last[0] != "text" or _BEGINS.match(line))
            here = ("text", number if is_next else last[1])
        if lines and here != last:
            yield _Piece(last[0], "\n".join(lines))
            lines = []
        lines.append(line)
        last = here
    yield _Piece(last[0], "\n".join(lines))
