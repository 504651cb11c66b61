"""The nodes of an article -> Markdown, read again to see whether it says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cannery.content.markdown import Node, parse, tree
from cannery.render.block_markdown import Manner, block_lines
from cannery.render.comparable import comparable

_NOTES = "footnote_block"


class Written(NamedTuple):
    """An article's Markdown, and the blocks that it can't say exactly, as they are in it."""

    text: str
    inexact: tuple[str, ...] = ()


def article_markdown(nodes: Sequence[Node], language: str) -> Written:
    """The Markdown of nodes; all is escaped in a block that would be read as something else."""
    manner = Manner(language)
    text = _text(nodes, manner)
    if _is_read_as(text, nodes, language):
        return Written(text)
    wrong = [node for node in nodes if not _is_exact(node, manner)]
    manner = manner._replace(escaped=frozenset(map(id, wrong)))
    inexact = tuple(_text([node], manner) for node in wrong if not _is_exact(node, manner))
    text = _text(nodes, manner)
    if not inexact and not _is_read_as(text, nodes, language):
        inexact = (text,)
    return Written(text, inexact)


def _text(nodes: Sequence[Node], manner: Manner) -> str:
    lines = block_lines(nodes, manner)
    return "\n".join(lines) + "\n" if lines else ""


def _is_exact(node: Node, manner: Manner) -> bool:
    """Whether a block, with the footnotes that it refers to, is read as it is."""
    if node.type == _NOTES:
        return True
    labels = dict.fromkeys(_labels((node,)))
    notes = "".join(f"\n[^{label}]: -\n" for label in labels)
    return _is_read_as(f"{_text([node], manner)}{notes}", (node,), manner.language)


def _labels(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if node.type == "footnote_ref":
            yield str(node.meta["label"])
        yield from _labels(node.children)


def _is_read_as(text: str, nodes: Sequence[Node], language: str) -> bool:
    read = tree(parse(text, language=language))
    if not any(node.type == _NOTES for node in nodes):
        read = tuple(node for node in read if node.type != _NOTES)
    return comparable(read) == comparable(nodes)
