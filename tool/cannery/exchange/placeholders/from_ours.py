"""A template of ours -> a desk's tree: names that the desk has, and a loud mark for each other.

A value is native where the desk fills it in; what we compute, and what is asked for, is not. What
stands in its place is the caller's choice, and never nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from cannery.content.desk_names import names_there
from cannery.exchange.placeholders import liquid_marks
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.tree import (
    Broken,
    Literal,
    Node,
    Tag,
    Text,
    Token,
    Tree,
    Value,
    joined,
)
from cannery.model.entry import Field
from cannery.model.loss import Loss
from cannery.util.spans import Lines

_COMPUTED = frozenset({"today", "now", "kb", "reply"})
_CONTEXT = frozenset({"agent", "ticket"})


class Theirs(NamedTuple):
    """A desk's tree; `losses` are what it can't fill in, each with a 1-based line of ours."""

    tree: Tree
    losses: tuple[Loss, ...]


def loud(name: str) -> str:
    """What no agent overlooks: the picker and `kb check` take it for a placeholder too."""
    return f"[[{name}]]"


def from_ours(
    template: str,
    dialect: Dialect,
    fields: Iterable[Field] = (),
    mark: Callable[[str], str] = loud,
) -> Theirs:
    """A template as the desk writes it; `mark` makes what stands for a value that it lacks."""
    sources = {field.name: field.source for field in fields if field.source}
    tree = [*_apart(liquid_marks.parse(template, fills_code=True), dialect)]
    work = _Work(dialect, sources)
    work = work._replace(has_tags=dialect.tags and all(work.can_say(node) for node in tree))
    lines, at = Lines(template), 0
    nodes: list[Node] = []
    losses: list[Loss] = []
    for node in tree:
        try:
            nodes += work.nodes(node)
        except ValueError as error:
            nodes.append(Text(mark(_name(node))))
            losses.append(Loss("", lines.of(at), node.written[:60], str(error)))
        at += len(node.written)
    return Theirs(joined(nodes), tuple(losses))


def _apart(tree: Tree, dialect: Dialect) -> Iterator[Node]:
    """The tree, what in its texts the desk would take for its own as pieces that it can't have."""
    for node in tree:
        for piece in dialect.parse(node.written) if isinstance(node, Text) else (node,):
            is_text = isinstance(piece, Text) or piece is node
            yield piece if is_text else Broken(piece.written, "text that would be filled in there")


def _name(node: Node) -> str:
    if isinstance(node, Value):
        return node.head
    return node.written.strip("{}%- ") if node.written.startswith("{%") else node.written


class _Work(NamedTuple):
    dialect: Dialect
    sources: Mapping[str, str]
    has_tags: bool = True

    def can_say(self, node: Node) -> bool:
        """Whether the desk has a tag, and the names in it: without one, its others say nothing."""
        if not isinstance(node, Tag):
            return True
        try:
            self._tag(node)
        except ValueError:
            return False
        return True

    def nodes(self, node: Node) -> Iterator[Node]:
        """The desk's nodes for one of ours. Raises ValueError for what it has no way to say."""
        if isinstance(node, Value):
            yield from self._value(node)
        elif isinstance(node, Tag):
            yield self._tag(node)
        elif isinstance(node, Text):
            yield node
        elif isinstance(node, Literal):
            yield Text(node.shown)
        elif isinstance(node, Broken):
            raise ValueError(node.why)

    def _value(self, node: Value) -> Iterator[Node]:
        if node.head[:1] in ("'", '"') and not node.filters:
            yield self._text(node)
        elif node.head != "cursor":
            head = node.head if node.head[:1] in ("'", '"') else self._there(node.head)
            theirs = node._replace(head=head, written="")
            yield theirs._replace(written=self.dialect.write(theirs))

    def _text(self, node: Value) -> Text:
        """A text between quotes, such as braces that are none of a placeholder."""
        text = node.head[1:-1]
        if "{" not in text:
            return Text(text)
        if not self.dialect.tags:
            raise ValueError("text that would be filled in there")
        return Text(node.written)

    def _there(self, path: str) -> str:
        ours = self.sources.get(path, path)
        name = "" if ours in self.dialect.lacks else names_there(self.dialect.desk).get(ours, "")
        if name := name or self.dialect.there(ours):
            return name
        first = ours.partition(".")[0]
        if first in _COMPUTED:
            raise ValueError("computed here, and not there")
        raise ValueError("not known there" if first in _CONTEXT else "asked for here")

    def _tag(self, node: Tag) -> Node:
        if not self.dialect.tags or node.name not in liquid_marks.BRANCHES:
            raise ValueError(f"{self.dialect.desk} has no tag that does that")
        words = [self._word(word) for word in node.tokens]
        if not self.has_tags:
            raise ValueError("the tag that it belongs to is missing")
        return node._replace(written=f"{{% {' '.join([node.name, *words])} %}}")

    def _word(self, word: Token) -> str:
        is_name = word.kind == "path" and word.text not in liquid_marks.WORDS
        return self._there(word.text) if is_name else word.text
