"""Texts that make a pattern work hard, made from the pattern: what each repeat takes, many times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import NamedTuple, TypeVar

from tests.patterns.letters import Node, accepting

# What people and attackers write many times over.
_COMMON = (
    " ", "\t", "\n", "\u3000", "\u200b", "<!--", "-->", "<", ">", "<a ", "[", "](", "[a](", "(", "`",
    "```\n", "~", "*", "_", '"', "'", "a", "A", "あ", "漢", "ア", "ー", "1", ".", "-", "@", "/", ":", "=",
    "http://", "{{", "{%", "}", "#", "|", "\\", "0-", "a.", "a@", "a ", "\na", "a b ", ",", "&", "様",
    "\ue000", "\x1b[",
)  # fmt: skip
_CHARS = " \taA1あ漢ア._-@/:=<[](){}`*\"'%,#|&\\\n様ー\x00!。>\u3000"
_ENDS = ("", "!\x00")
_BETWEEN = ("", " ")
_UNITS = 4  # texts of one repeat that are tried
_LEADS = 3
_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
_T = TypeVar("_T")


class Pump(NamedTuple):
    """A text of any size: `unit` as often as it takes, between what leads to it and what ends it."""

    lead: str
    unit: str
    end: str

    def text(self, size: int) -> str:
        return f"{self.lead}{self.unit * max(1, size // len(self.unit))}{self.end}"


def pumps(pattern: str, flags: int = 0) -> list[Pump]:
    """The texts to try a pattern with, each once."""
    tree = parser.parse(pattern, flags)
    flags |= tree.state.flags
    found = [Pump("", unit, "") for unit in _COMMON]
    found += [Pump("a", unit, "a") for unit in _COMMON[:8]]
    for before, body in _repeats(tree, flags, [""]):
        units = [*_unique(islice(_samples(body, flags), _UNITS))]
        for lead in before:
            for unit in units:
                found += [Pump(lead, unit, end) for end in _ENDS]
                found += [Pump("", lead + unit + between, "") for between in _BETWEEN]
            found += [Pump("", lead + between, "") for between in _BETWEEN]
    return [*_unique(pump for pump in found if pump.unit)]


def _unique(items: Iterable[_T]) -> Iterator[_T]:
    return iter(dict.fromkeys(items))


def _repeats(tree: Node, flags: int, before: list[str]) -> Iterator[tuple[list[str], Node]]:
    """The body of each repeat in a tree, with texts that lead to it."""
    for node in tree:
        code, given = node
        if code in _REPEATS:
            if given[1] > 1:
                yield before, given[2]
            yield from _repeats(given[2], flags, before)
        for inner, own in _inner(node, flags):
            yield from _repeats(inner, own, before)
        after = [*islice(_samples([node], flags), _LEADS)]
        before = [*_unique(one + two for two in after for one in before)][:_LEADS]


def _inner(node: tuple[Node, Node], flags: int) -> Iterator[tuple[Node, int]]:
    code, given = node
    if code is codes.SUBPATTERN:
        yield given[3], (flags | given[1]) & ~given[2]
    elif code is codes.BRANCH:
        yield from ((tree, flags) for tree in given[1])
    elif code is codes.ATOMIC_GROUP:
        yield given, flags
    elif code in {codes.ASSERT, codes.ASSERT_NOT}:
        yield given[1], flags


def _samples(tree: Node, flags: int) -> Iterator[str]:
    """Short texts that match a tree, as far as nothing around it forbids."""
    texts = [""]
    for node in tree:
        own = [*islice(_of(node, flags), _UNITS)]
        # The first of each with the first, then the others: so all letters get their turn.
        pairs = sorted(
            ((i + j, one + two) for i, one in enumerate(texts) for j, two in enumerate(own)),
            key=lambda pair: pair[0],
        )
        texts = [*_unique(text for _, text in pairs)][:_UNITS]
    yield from texts


def _of(node: tuple[Node, Node], flags: int) -> Iterator[str]:
    code, given = node
    if code is codes.LITERAL:
        yield chr(given)
    elif code in {codes.NOT_LITERAL, codes.IN, codes.ANY}:
        accepts = accepting(code, given, flags)
        named = _named(given) if code is codes.IN else ()
        yield from _unique(char for char in (*named, *_CHARS) if accepts(char))
    elif code in _REPEATS:
        least, most, body = given
        if least == 0:
            yield ""
        if most > 0:
            yield from (one * max(1, least) for one in _samples(body, flags))
    elif code in {codes.SUBPATTERN, codes.BRANCH, codes.ATOMIC_GROUP}:
        rows = [[*_samples(tree, own)] for tree, own in _inner(node, flags)]
        for place in range(max(map(len, rows), default=0)):
            yield from (row[place] for row in rows if place < len(row))
    else:
        yield ""  # a place, a look around, a group again


def _named(given: Node) -> Iterator[str]:
    """The first letters that a class names."""
    for code, item in given:
        if code is codes.LITERAL:
            yield chr(item)
        elif code is codes.RANGE:
            yield chr(item[0])
