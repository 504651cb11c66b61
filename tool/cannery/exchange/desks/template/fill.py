"""A template with what is known here filled in, and signs for what a desk or a person fills in.

Our own Liquid does the filling in, so that a desk's text is the reply's: what the desk fills in, or
what is asked for, is to it a value like any other. Where a choice depends on such a value, its tags
are signs too, and all its branches are in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.exchange.desks.desk import Around
from cannery.exchange.desks.template.blocks import blocks_of, chooser, is_presence, left_out
from cannery.exchange.desks.template.inline import inlined
from cannery.exchange.desks.template.names import ASKED, KNOWN, Meaning, Names, Sort, There
from cannery.exchange.desks.template.native import native
from cannery.exchange.desks.template.pieces import Piece, as_template, names_in, renamed
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.from_ours import loud
from cannery.exchange.placeholders.tree import Token
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.filters import value_text
from cannery.liquid.template import Rendered, render
from cannery.model.entry import Macro
from cannery.model.loss import Loss

_SIGN = "qzx"
_GIVEN = "the desk has no tags: the text is that for a value"
_NEVER_EMPTY = frozenset(
    {
        "agent.email",
        "agent.name",
        "ticket.id",
        "ticket.requester.name",
        "ticket.status",
        "ticket.url",
    }
)


class Sign(NamedTuple):
    """What stands in a sign's place at the desk. `name` is what a person is asked for, or empty.

    `bare` is what to write where the desk fills nothing in, such as in code.
    """

    text: str
    name: str = ""
    bare: str = ""


class Desk(NamedTuple):
    """What a desk makes of templates."""

    dialect: Dialect
    there: There


class Filled(NamedTuple):
    """`signs` are by what stands for them in the text. `asked` are the names in the loud marks."""

    text: Rendered
    signs: Mapping[str, Sign]
    losses: tuple[Loss, ...] = ()
    asked: tuple[str, ...] = ()


def fill(template: str, macro: Macro, around: Around, desk: Desk) -> Filled:
    """Fill a template of a macro in for a desk. Raises TemplateError for one that is wrong."""
    called: set[str] = set()
    pieces = inlined(template, around.parts, called, macro.at.path)
    work = _Work(macro, around, desk)
    text = as_template(work.pieces(pieces))
    signs = work.named(text)
    optional = frozenset(item.name for item in macro.fields if not item.required)
    context = RenderContext(macro.at.language, {}, optional, around.article_url)
    values = {**work.names.values, **signs}
    rendered = render(Source(text, macro.at.path, macro.body_line), values, context)
    written_out = sorted({*called, *work.told})
    losses = [*dict.fromkeys(work.losses)]
    if written_out:
        why = "the desk does not know it: it stands there written out"
        losses.append(Loss(macro.at.path, 0, ", ".join(written_out), why))
    by_sign = {sign: work.signs[name] for name, sign in signs.items()}
    return Filled(rendered, by_sign, tuple(losses), tuple(dict.fromkeys(work.asked)))


class _Work:
    """One template on its way."""

    def __init__(self, macro: Macro, around: Around, desk: Desk) -> None:
        self.names = Names(macro, around, desk.there)
        self.signs: dict[str, Sign] = {}  # by the name that they have in the template
        self.losses: list[Loss] = []
        self.asked: list[str] = []
        self.told: set[str] = set()  # names that are written out
        self._path, self._language = macro.at.path, macro.at.language
        self._around, self._desk = around, desk
        self._tested: set[str] = set()  # what a condition of the desk's looks at
        self._chosen_until = -1  # the place of the last tag of a choice that is not made here

    def pieces(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        blocks = blocks_of(pieces)
        choosers: dict[int, Sort] = {}  # by the places of tags that are not ours to run
        without: set[int] = set()  # the places of pieces that are left out
        for place, piece in enumerate(pieces):
            if place in without:
                continue
            if block := blocks.get(place):
                sort = chooser([pieces[at] for at in block], self.names)
                if sort is Sort.NATIVE and not self._desk.dialect.tags and is_presence(piece):
                    self.lose(piece.written, _GIVEN)
                    without.update(left_out(block))
                    continue
                if sort is not Sort.KNOWN:
                    choosers |= dict.fromkeys(block, sort)
                    self._chosen_until = max(self._chosen_until, block[-1])
            if place in choosers:
                yield self._tag(piece, choosers[place])
            elif piece.is_output:
                yield self._output(piece)
            else:
                yield self._known(piece, is_sure=place > self._chosen_until)

    def named(self, text: str) -> dict[str, str]:
        """What stands for each sign in the text, by the sign's name: letters that are not in it."""
        base = _SIGN
        values = str(self.names.values)
        while base in text or base in values:
            base += "z"
        return {name: f"{base}{number}{base}" for number, name in enumerate(self.signs)}

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss(self._path, 0, what, why))

    def _sign(self, sign: Sign) -> str:
        name = f"desk_value_{len(self.signs)}"
        self.signs[name] = sign
        self.names.set(name, Meaning(Sort.OPAQUE))
        return name

    def _known(self, piece: Piece, *, is_sure: bool) -> Piece:
        """Text, or a tag that our Liquid runs: if it is sure to be run."""
        self._tell([piece.words[at].text for at in names_in(piece.words)])
        if piece.name not in ("assign", "capture", "endcapture"):
            return piece
        name = piece.words[0].text if piece.words else ""
        if not is_sure:
            self.names.set(name, ASKED)
            self.lose(piece.written, "it is set in a choice that is not made here")
            return Piece("")
        if piece.name == "assign":
            return self._assigned(piece, name)
        self.names.set(name, Meaning(Sort.OPAQUE))
        return piece

    def _assigned(self, piece: Piece, name: str) -> Piece:
        """An `assign`; what it sets is known from here on, or has a sign for what is not."""
        value = piece.words[2:]
        if all(self.names.of(value[at].text).sort is Sort.KNOWN for at in names_in(value)):
            self.names.set(name, KNOWN)
            return piece
        output = self._output(piece.with_words(value))
        self.names.set(name, Meaning(Sort.OPAQUE))
        return piece.with_words([*piece.words[:2], *output.words], "assign")

    def _output(self, piece: Piece) -> Piece:
        paths = [piece.words[at].text for at in names_in(piece.words)]
        sorts = {self.names.of(path).sort for path in paths}
        if sorts <= {Sort.KNOWN, Sort.OPAQUE}:
            return self._ours(piece, paths)
        head = piece.words[0].text
        meaning = self.names.of(head)
        others = [path for path in paths if path != head]
        is_known = all(self.names.of(path).sort is Sort.KNOWN for path in others)
        if meaning.sort is Sort.NATIVE and is_known:
            return self._native(piece, head, meaning)
        asked = head if meaning.sort is Sort.ASKED else next(iter(others), head)
        return self._asked(piece, asked)

    def _ours(self, piece: Piece, paths: Sequence[str]) -> Piece:
        """An output that our Liquid writes, unless it is the address of what no customer sees."""
        filters = [word.text for word in piece.words if word.kind == "path"]
        if "article_url" in filters and piece.words[0].kind == "string":
            id_ = piece.words[0].text[1:-1]
            try:
                self._around.article_url(id_)
            except ValueError as error:
                self.lose(id_, str(error))
                return self._asked(piece, id_)
            self.told.add(id_)
        self._tell(paths)
        return piece

    def _native(self, piece: Piece, head: str, meaning: Meaning) -> Piece:
        words = renamed(piece.words, self._literal)
        try:
            value = native(
                words, meaning.there, meaning.fallback, self._desk.dialect, self._language
            )
        except ValueError as error:
            self.lose(piece.written, str(error))
            return self._asked(piece, head)
        for one in value.dropped:
            self.lose(f"{head} | {one}", "the desk has no such filter: it shows what is there")
        if not (value.has_fallback or meaning.there in self._tested or head in _NEVER_EMPTY):
            self.lose(head, f"blank there if the ticket has no {meaning.there}")
        if head in self.names.sources:
            self.told.add(head)
        return piece.output(self._sign(Sign(value.written, bare=loud(head))))

    def _asked(self, piece: Piece, name: str) -> Piece:
        self.asked.append(name)
        return piece.output(self._sign(Sign(loud(name), name, loud(name))))

    def _tag(self, piece: Piece, chooser: Sort) -> Piece:
        """A tag of a choice that is made at the desk, or by a person."""
        said = " ".join([piece.name, *(word.text for word in piece.words)])
        if chooser is Sort.NATIVE and self._desk.dialect.tags:
            words = [word.text for word in renamed(piece.words, self._there)]
            text = f"{{% {' '.join([piece.name, *words])} %}}"
            return piece.output(self._sign(Sign(text, bare=loud(said))))
        paths = [piece.words[at].text for at in names_in(piece.words)]
        known = (Sort.KNOWN, Sort.NATIVE)
        asked = [path for path in paths if self.names.of(path).sort not in known]
        self.asked += asked if chooser is Sort.ASKED else [said]
        # All branches are read: each keeps its lines apart from the others.
        whole = piece._replace(cuts_before=False, cuts_behind=False)
        return whole.output(self._sign(Sign(loud(said), said, loud(said))))

    def _there(self, path: str) -> Token | None:
        meaning = self.names.of(path)
        if meaning.sort is not Sort.NATIVE:
            return self._literal(path)
        self._tested.add(meaning.there)
        return Token("path", meaning.there)

    def _literal(self, path: str) -> Token | None:
        """What is known, as a word; None for any other name."""
        if self.names.of(path).sort is not Sort.KNOWN:
            return None
        value: object = self.names.values
        for step in path.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        self._tell([path])
        if isinstance(value, bool) or value is None:
            return Token("path", "nil" if value is None else str(value).lower())
        return Token("string", "'" + value_text(value, self._language).replace("'", "’") + "'")

    def _tell(self, paths: Sequence[str]) -> None:
        """Note what is written out: it comes from a setting, or is a field's default."""
        for path in paths:
            first = path.partition(".")[0]
            if first in self._around.values or first in self.names.defaults:
                self.told.add(path)
