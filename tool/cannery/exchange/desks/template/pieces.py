"""A template as pieces: text, and each output and tag as words, which can be written again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cannery.exchange.placeholders.expressions import tokens
from cannery.exchange.placeholders.liquid_marks import WORDS, parse
from cannery.exchange.placeholders.tree import Broken, Tag, Token, Value

_OUTPUT, _TAG = "{{", "{%"


class Piece(NamedTuple):
    """`name` is a tag's, empty for an output; `words` are what stands between the braces.

    What is text, a comment or `{% raw %}` has no words, and neither has what can't be read.
    `cuts_before` and `cuts_behind` say that blanks there go, as `{{-` and `-}}` ask for.
    """

    written: str
    words: tuple[Token, ...] = ()
    name: str = ""
    cuts_before: bool = False
    cuts_behind: bool = False

    @property
    def is_output(self) -> bool:
        return bool(self.words) and not self.name

    @property
    def is_tag(self) -> bool:
        return bool(self.name)

    def with_words(self, words: Sequence[Token], name: str = "") -> Piece:
        """A piece that says this, and cuts the same blanks: a tag, or an output without a name."""
        inside = " ".join([name, *(word.text for word in words)]).strip()
        begin, end = ("{%", "%}") if name else ("{{", "}}")
        before, behind = "-" * self.cuts_before, "-" * self.cuts_behind
        written = f"{begin}{before} {inside} {behind}{end}"
        return self._replace(written=written, words=tuple(words), name=name)

    def output(self, name: str) -> Piece:
        """An output of a value in its place."""
        return self.with_words((Token("path", name),))


def pieces_of(template: str) -> Iterator[Piece]:
    for node in parse(template, fills_code=True):
        if isinstance(node, Value | Tag | Broken) and node.written[:2] in (_OUTPUT, _TAG):
            yield _piece(node)
        else:
            yield Piece(node.written)


def _piece(node: Value | Tag | Broken) -> Piece:
    inside = node.written[2:-2]
    before, behind = inside.startswith("-"), inside.endswith("-")
    inside = inside[before : len(inside) - behind].strip()
    name = node.name if isinstance(node, Tag) else ""
    if isinstance(node, Broken) and node.written.startswith(_TAG):
        return Piece(node.written)
    words = tokens(inside[len(name) :])
    if words is None:
        return Piece(node.written)
    return Piece(node.written, words, name, before, behind)


def names_in(words: Sequence[Token]) -> Iterator[int]:
    """The places of the words that are names of values: no filter's, no argument's, no `and`."""
    for place, word in enumerate(words):
        before = words[place - 1].text if place else ""
        behind = words[place + 1].text if place + 1 < len(words) else ""
        is_key = behind == ":" and before != "|"
        if word.kind == "path" and before != "|" and not is_key and word.text not in WORDS:
            yield place


def renamed(words: Sequence[Token], rename: Callable[[str], Token | None]) -> list[Token]:
    """The words with names replaced; `rename` gives None for one that stays."""
    new = list(words)
    for place in names_in(words):
        new[place] = rename(words[place].text) or words[place]
    return new


def as_template(pieces: Iterable[Piece]) -> str:
    return "".join(piece.written for piece in pieces)
