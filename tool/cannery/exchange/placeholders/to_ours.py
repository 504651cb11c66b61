"""A desk's tree -> a template of ours: names mapped, unknown ones asked for, losses told.

Nothing of a desk's text becomes code as it stands: a template is written anew from its words, and
at the end our Liquid has to accept it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.content.hole_fields import fill
from cannery.content.holes import holes_in_source, holes_in_template, tags
from cannery.exchange.placeholders.accepted import is_accepted, works
from cannery.exchange.placeholders.blocks import LOOP, without_loops
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.expressions import value_of
from cannery.exchange.placeholders.fields import Fields
from cannery.exchange.placeholders.liquid_marks import BRANCHES, WORDS
from cannery.exchange.placeholders.named import Name, asked, known
from cannery.exchange.placeholders.tree import (
    Broken,
    Filter,
    Literal,
    Node,
    Tag,
    Text,
    Token,
    Tree,
    Value,
)
from cannery.exchange.placeholders.written import followed, quoted, shown
from cannery.liquid.portable_filters import FILTERS
from cannery.model.loss import Loss
from cannery.util.spans import Lines

_ESCAPING = frozenset({"escape", "escape_once", "h", "strip_html", "newline_to_br", "safe"})
_OURS_ALONE = frozenset({"article_url", "honorific"})
_TAGS = BRANCHES | {"assign", "capture", "endcapture"}
_RECKONING = frozenset({"plus", "minus", "times", "divided_by", "modulo", "round", "ceil", "floor"})
_SIGNS = re.compile(r"[{}%#$]+")
_FIRST = re.compile(r"[^.\[]+")
_PASSES = 5
_SHORT = 60


class Ours(NamedTuple):
    """A desk's text as a template of ours. `is_whole` is false where its logic had to go."""

    template: str
    losses: tuple[Loss, ...]
    is_whole: bool = True


def to_ours(text: str, dialect: Dialect, fields: Fields) -> Ours:
    """The text of a desk as a template of ours, which asks for what `fields` gets."""
    tree = tuple(dialect.together(dialect.parse(text)))
    before = fields.copy()
    work = _Work(dialect, fields, text)
    has_tags = dialect.tags or any(map(_is_mark, tree))
    template = work.template(without_loops(tree) if has_tags else tree)
    if not is_accepted(template):
        fields.take(before)
        work = _Work(dialect, fields, text)
        template = work.template_without_logic(tree)
    return Ours(template, tuple(dict.fromkeys(work.losses)), work.is_whole)


class _Work:
    """One text on its way: what it loses, and whether its logic came along."""

    def __init__(self, dialect: Dialect, fields: Fields, text: str) -> None:
        self.dialect, self.fields = dialect, fields
        self.losses: list[Loss] = []
        self.is_whole = True
        self._own: dict[str, str] = {}  # names that the text sets, with what they are short for
        self._lines, self._at = Lines(text), 0

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss("", self._lines.of(self._at), what.strip()[:_SHORT], why))

    def template(self, tree: Tree) -> str:
        self._own = {}
        self._at = 0
        template = ""
        for node in tree:
            template = followed(template, self._node(node))
            self._at += len(node.written)
        return self._without_holes(template)

    def template_without_logic(self, tree: Tree) -> str:
        """The template of its texts and of each value that Liquid can read."""
        self.is_whole = False
        self.lose("{%", "what it chooses between is all in the text: Liquid can't read it")
        kept = []
        for node in tree:
            if isinstance(node, Value) and not is_accepted(self._node(node)):
                self.lose(node.written, "Liquid can't read it; it is left out")
            elif not isinstance(node, Tag):
                kept.append(node)
        return self.template(tuple(kept))

    def _without_holes(self, template: str) -> str:
        """The template with the holes that other tools and people leave as fields too."""
        for _ in range(_PASSES):  # what stands beside one shows when that is none any more
            holes = holes_in_source(template, is_template=True)
            filled = fill(template, holes, self.fields.names) if holes else []
            if not filled:
                break
            for _, new in filled:
                if new.field:
                    self.fields.add_hole(new)
            for (start, end, _), new in reversed(filled):
                template = followed(template[:start], new.template) + template[end:]
        for hole in holes_in_template(template):
            self.lose(hole.written, "looks like a placeholder; no reply is sent with it")
        return _with_marks_told(template)

    def _node(self, node: Node) -> str:
        if isinstance(node, Text):
            return node.written
        if isinstance(node, Literal):
            return self._literal(node)
        if isinstance(node, Value):
            return self._value(self.dialect.value(node))
        if isinstance(node, Broken):
            return self._broken(node)
        return self._tag(node)

    def _literal(self, node: Literal) -> str:
        if not node.shown:
            self.lose(node.written, "a comment")
        elif node.shown != node.written:
            self.lose(node.shown, "text that no desk fills in: it stays as it is")
        return shown(node.shown)

    def _broken(self, node: Broken) -> str:
        words = " ".join(_SIGNS.sub(" ", node.written).split())
        if node.written.startswith("{%") and not node.head:
            self.is_whole = False
            words = ""
        if not words:
            self.lose(node.written, f"{node.why}; it is left out")
            return ""
        kind = "multiline" if node.why == LOOP else ""
        if node.head and (ours := self._expression(node.head, kind=kind)):
            self.lose(node.written, f"{node.why}; it is taken for {ours}")
            return f"{{{{ {ours} }}}}"
        name = asked(words, self.dialect.desk)
        self.lose(node.written, f"{node.why}; agents are asked for it")
        return f"{{{{ {self.fields.add(node.written, name)} }}}}"

    def _value(self, node: Value) -> str:
        if node.head[:1] in ("'", '"') and not node.filters:
            return shown(node.head[1:-1])
        ours = self._expression(node.head, node.fallback, _type(node.filters))
        if not ours:
            return ""
        filters = [*self._filters(node.filters)]
        if node.fallback is not None and ours not in self.fields.names:
            filters.append(f"default: {quoted(node.fallback)}")
        return f"{{{{ {' | '.join([ours, *filters])} }}}}"

    def _filters(self, filters: tuple[Filter, ...]) -> Iterator[str]:
        for one in filters:
            arguments = [self._expression(argument) for argument in one.arguments]
            written = f"{one.name}: {', '.join(arguments)}" if arguments else one.name
            if one.name in FILTERS and one.name not in _OURS_ALONE and works(written):
                yield written
            else:
                why = "values are escaped here where they stand" if one.name in _ESCAPING else ""
                self.lose(f"| {one.name}", why or "no filter here does that")

    def _expression(self, written: str, fallback: str | None = None, kind: str = "") -> str:
        """What a word of a template is here; empty for what is left out.

        A field that it asks for has the default `fallback`, and is of the type `kind`.
        """
        if written[:1] in ("'", '"'):
            return quoted(written[1:-1])
        if not written[:1].isalpha() and written[:1] != "_":
            return written
        first = _FIRST.match(written)
        if written in WORDS or (written in self._own and not self._own[written]):
            return written
        if first and (whole := self._own.get(first[0])):
            written = whole + written[first.end() :]
        name = self._name(written)
        if name.why:
            self.lose(written, name.why)
        if name.ours or not name.field:
            return name.ours
        name = name._replace(type=name.type or kind)
        return self.fields.add(name.source or written, name, fallback)

    def _name(self, path: str) -> Name:
        if special := self.dialect.name(path):
            return special
        ours = known(self.dialect.desk, self.dialect.kind, path)
        return Name(ours) if ours else asked(path, self.dialect.desk)

    def _tag(self, node: Tag) -> str:
        if not self.dialect.tags and not _is_mark(node):
            self.lose(node.written, f"{self.dialect.desk} has no tags, and does not show it")
            return ""
        if node.name not in _TAGS:
            self.is_whole = False
            self.lose(node.written, "no tag here does that")
            return ""
        if node.name in ("assign", "capture") and self._sets(node):
            return ""
        return f"{{% {' '.join([node.name, *self._words(node)]).strip()} %}}"

    def _sets(self, node: Tag) -> bool:
        """Whether a tag sets a name that is only short for another: what comes says that one."""
        name = node.tokens[0].text if node.tokens else ""
        is_short = node.name == "assign" and len(node.tokens) == 3 and node.tokens[2].kind == "path"  # noqa: PLR2004
        self._own[name] = node.tokens[2].text if is_short else ""
        return is_short

    def _words(self, node: Tag) -> Iterator[str]:
        if node.name == "assign" and (value := value_of(node.tokens[2:])):
            yield from (word.text for word in node.tokens[:2])
            yield self._value(value).removeprefix("{{ ").removesuffix(" }}")
        elif node.name == "capture":
            yield from (word.text for word in node.tokens[:1])
        else:
            yield from (self._word(word) for word in node.tokens)

    def _word(self, word: Token) -> str:
        ours = self._expression(word.text) if word.kind in ("path", "string") else word.text
        self.fields.let_be_empty(ours)
        return ours


def _is_mark(node: Node) -> bool:
    """Whether a tag is a mark of ours, which stands for one at a desk that has none."""
    return isinstance(node, Tag) and not node.written.startswith("{")


def _type(filters: tuple[Filter, ...]) -> str:
    """The type of the field that a value is, by what is done with it first."""
    first = filters[0].name if filters else ""
    return "date" if first == "date" else "number" if first in _RECKONING else ""


def _with_marks_told(template: str) -> str:
    """The template with braces as text that begin no tag of Liquid's: it would look for its end."""
    pieces: list[str] = []
    at = 0
    for tag in tags(template):
        pieces += [shown(template[at : tag.start]), template[tag.start : tag.end]]
        at = tag.end
    return "".join([*pieces, shown(template[at:])])
