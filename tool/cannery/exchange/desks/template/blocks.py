"""Which tags belong together, and who chooses between their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cannery.exchange.desks.template.names import KNOWN, Names, Sort
from cannery.exchange.desks.template.pieces import Piece, names_in

_OPEN = {"if": "endif", "unless": "endunless", "case": "endcase", "for": "endfor"}
_MIDDLE = frozenset({"elsif", "else", "when"})
_NOTHING = (["''"], ['""'], ["nil"], ["null"], ["blank"], ["empty"])
Block = Sequence[int]  # the places of its tags


def blocks_of(pieces: Sequence[Piece]) -> Mapping[int, Block]:
    """The blocks by the place of their first tag; what nothing closes our Liquid tells."""
    found: dict[int, Block] = {}
    open_: list[list[int]] = []
    for place, piece in enumerate(pieces):
        if piece.name in _OPEN:
            open_.append([place])
        elif open_ and piece.name in _MIDDLE:
            open_[-1].append(place)
        elif open_ and piece.name == _OPEN[pieces[open_[-1][0]].name]:
            block = [*open_.pop(), place]
            found[block[0]] = block
    return found


def is_presence(tag: Piece) -> bool:
    """Whether an `if` only asks for values that are there: `{% if name != '' and company %}`."""
    tests: list[list[str]] = [[]]
    for word in tag.words:
        if word.text == "and":
            tests.append([])
        else:
            tests[-1].append(word.text)
    return tag.name == "if" and all(
        test[1:] == [] or (test[1] == "!=" and test[2:] in _NOTHING) for test in tests if test
    )


def left_out(block: Block) -> Iterator[int]:
    """The places of an `if` that go where its condition is taken as given."""
    yield block[0]
    yield from range(block[1], block[-1] + 1)


def chooser(tags: Sequence[Piece], names: Names) -> Sort:
    """Who chooses in a block: we (known), the desk (native), or whoever is asked."""
    paths = [one.words[at].text for one in tags for at in names_in(one.words)]
    if tags[0].name == "for":
        return _looper(tags[0], paths, names)
    sorts = {names.of(path).sort for path in paths}
    if sorts <= {Sort.KNOWN}:
        return Sort.KNOWN
    return Sort.NATIVE if sorts <= {Sort.KNOWN, Sort.NATIVE} else Sort.ASKED


def _looper(tag: Piece, paths: Sequence[str], names: Names) -> Sort:
    own, *others = [path for path in paths if path not in ("in", "forloop")] or [""]
    is_known = all(names.of(path).sort is Sort.KNOWN for path in others)
    for name in (own, "forloop") if is_known and tag.words else ():
        names.set(name, KNOWN)
    return Sort.KNOWN if is_known else Sort.ASKED
