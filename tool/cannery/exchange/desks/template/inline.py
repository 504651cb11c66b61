"""Parts written out where a template calls them: no desk has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from cannery.errors import TemplateError
from cannery.exchange.desks.template.pieces import Piece, pieces_of, renamed
from cannery.exchange.placeholders.tree import Token
from cannery.model.entry import Part

_DEEPEST = 5
_MOST = 5_000  # pieces of a template with all its parts
_MOST_CALLS = 200


def inlined(
    template: str, parts: Mapping[str, Part], called: set[str], path: str = ""
) -> list[Piece]:
    """The pieces with those of parts in the place of each call; `called` gets the parts' names.

    Raises TemplateError for parts that call each other without end.
    """
    calls = _Calls(parts)
    made = [*islice(calls.pieces(pieces_of(template), 0), _MOST + 1)]
    called.update(calls.names)
    if len(made) > _MOST or calls.names.total() > _MOST_CALLS:
        raise TemplateError("its parts call each other too often", path, 0)
    return made


class _Calls:
    """The parts that a template calls, with how often."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self.names: Counter[str] = Counter()
        self._parts = parts

    def pieces(self, pieces: Iterator[Piece], depth: int) -> Iterator[Piece]:
        cut = False  # the blanks that come next, which a call's own sign takes away
        for piece in pieces:
            call = _call(piece, self._parts) if depth < _DEEPEST else None
            if call is None:
                yield Piece(piece.written.lstrip()) if cut and not piece.words else piece
                cut = False
                continue
            part, bound = call
            self.names[part] += 1
            if self.names.total() > _MOST_CALLS:
                return
            if piece.cuts_before:
                yield _CUT_BEFORE
            body = (_bound(one, bound) for one in pieces_of(self._parts[part].body))
            yield from self.pieces(body, depth + 1)
            cut = piece.cuts_behind


_CUT_BEFORE = Piece("{%- comment %}{% endcomment %}")


def _call(piece: Piece, parts: Mapping[str, Part]) -> tuple[str, Mapping[str, Token]] | None:
    """The part that is called, and what it is given; None for what calls none in this way."""
    if piece.name != "render" or not piece.words or piece.words[0].kind != "string":
        return None
    name = piece.words[0].text[1:-1]
    rest = [word for word in piece.words[1:] if word.text != ","]
    keys, colons, given = rest[::3], rest[1::3], rest[2::3]
    is_plain = len(rest) % 3 == 0 and all(one.text == ":" for one in colons)
    if name not in parts or not is_plain:
        return None
    return name, {key.text: value for key, value in zip(keys, given, strict=True)}


def _bound(piece: Piece, given: Mapping[str, Token]) -> Piece:
    """A piece of a part with what it is given in the place of its own names."""
    if not piece.words:
        return piece
    words = renamed(piece.words, lambda path: _given(path, given))
    return piece if words == [*piece.words] else piece.with_words(words, piece.name)


def _given(path: str, given: Mapping[str, Token]) -> Token | None:
    first, dot, rest = path.partition(".")
    value = given.get(first)
    if value is None or not dot:
        return value
    return Token("path", f"{value.text}.{rest}") if value.kind == "path" else None
