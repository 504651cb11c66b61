"""Blocks -> the lines of a text in Markdown that is read as these blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.content.boxes import default_title
from cannery.content.markdown import Node
from cannery.render.inline_markdown import Place, inline_markdown

_BEGINS = re.compile(
    r"#{1,6}(?=\s|\Z)|[>+-]|=++\s*+\Z|!!!|\?\?\?|===|\[(?=[ xX]\]|![A-Za-z])|[:|][-:| ]*+\Z"
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
_HASHES = re.compile(r"(?:(?<=\s)|\A)#(?=#*\Z)")
_TICKS = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
_INDENT = " " * 4
_ALIGNED = {"left": ":---", "center": ":---:", "right": "---:"}


class Manner(NamedTuple):
    """The language of boxes' titles, and whether the blocks are a page's own, or a tight list's.

    All is escaped where `heavy`, and in the blocks whose `id` is among `escaped`.
    """

    language: str
    heavy: bool = False
    is_top: bool = True
    is_tight: bool = False
    escaped: frozenset[int] = frozenset()


def block_lines(nodes: Sequence[Node], manner: Manner) -> list[str]:
    """The lines of some blocks, with a line between two of them unless they are a tight list's."""
    lines: list[str] = []
    last: Node | None = None
    other = False  # whether the list before had the other sign
    for node in nodes:
        other = last is not None and last.type == node.type and not other
        own = manner._replace(heavy=True) if id(node) in manner.escaped else manner
        made = _LISTS[node.type](node, own, other) if node.type in _LISTS else _one(node, own)
        if lines and not manner.is_tight:
            lines.append("")
        lines += made
        last = node
    return lines


def _one(node: Node, manner: Manner) -> list[str]:
    return _WRITERS[node.type](node, manner)


def _paragraph(node: Node, manner: Manner) -> list[str]:
    text = inline_markdown(node.children, Place(heavy=manner.heavy))
    return [_line(line) for line in text.split("\n")]


def _line(line: str) -> str:
    """A line of a paragraph that begins nothing else."""
    if _BEGINS.match(line):
        return f"\\{line}"
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def _heading(node: Node, manner: Manner) -> list[str]:
    text = inline_markdown(node.children, Place(is_line=True, heavy=manner.heavy))
    if not manner.heavy:
        text = _HASHES.sub(r"\\#", text).replace("{#", "\\{#").replace("{:", "\\{:")
    id_ = f" {{#{node.meta['id']}}}" if node.meta.get("id") else ""
    return [f"{'#' * int(node.tag[1])} {text}{id_}".rstrip()]


def _bullets(node: Node, manner: Manner, other: bool) -> list[str]:  # noqa: FBT001 - of a table
    return _items(node, manner, ("* " if other else "- " for _ in node.children))


def _numbers(node: Node, manner: Manner, other: bool) -> list[str]:  # noqa: FBT001 - likewise
    start = int(node.attrs.get("start", "1"))
    sign = ")" if other else "."
    marks = (f"{number}{sign} " for number, _ in enumerate(node.children, start))
    return _items(node, manner, marks)


def _items(node: Node, manner: Manner, marks: Iterator[str]) -> list[str]:
    made: list[str] = []
    paragraphs = [one for item in node.children for one in item.children if one.tag == "p"]
    is_loose = any(not one.hidden for one in paragraphs if one.type == "paragraph")
    inside = manner._replace(is_top=False, is_tight=not is_loose)
    for item, mark in zip(node.children, marks, strict=True):
        lines = block_lines(item.children, inside) or [""]
        if "checked" in item.meta:
            lines[0] = f"[{'x' if item.meta['checked'] else ' '}] {lines[0]}"
        if made and is_loose:
            made.append("")
        made += _indented(lines, " " * len(mark), mark)
    return made


def _indented(lines: Sequence[str], indent: str, first: str) -> list[str]:
    rest = [f"{indent}{line}" if line else "" for line in lines[1:]]
    return [f"{first}{lines[0]}" if lines[0] else first.rstrip(" "), *rest]


def _quote(node: Node, manner: Manner) -> list[str]:
    return _quoted(block_lines(node.children, _inside(manner)))


def _inside(manner: Manner) -> Manner:
    return manner._replace(is_top=False, is_tight=False)


def _quoted(lines: Sequence[str]) -> list[str]:
    return [f"> {line}" if line else ">" for line in lines]


def _alert(node: Node, manner: Manner) -> list[str]:
    kind = str(node.meta["kind"])
    title = [child for child in node.children if child.type == "alert_title"]
    body = [child for child in node.children if child.type != "alert_title"]
    if title and not _is_default(title[0], kind, manner.language):
        return _titled(f"!!! {kind}", title[0].children, body, manner)
    apart = [""] if body and body[0].type != "paragraph" else []
    inner = block_lines(body, _inside(manner))
    return [f"> [!{kind.upper()}]", *_quoted([*apart, *inner])]


def _box(node: Node, manner: Manner) -> list[str]:
    words = [word for word in node.attrs.get("class", "").split() if word != "admonition"]
    title = [child for child in node.children if child.type == "box_title"]
    body = [child for child in node.children if child.type != "box_title"]
    if not words and manner.is_top:
        return _details(node, title, body, manner)
    mark = f"{node.info or '???'} {' '.join(words)}".rstrip()
    if title and words and body and _is_default(title[0], words[0], manner.language):
        return [mark, *_indented(["", *_inner(body, manner)], _INDENT, "")[1:]]
    return _titled(mark, title[0].children if title else (), body, manner)


def _inner(body: Sequence[Node], manner: Manner) -> list[str]:
    return block_lines(body, _inside(manner))


def _details(node: Node, title: Sequence[Node], body: Sequence[Node], manner: Manner) -> list[str]:
    words = _title_text(title[0].children if title else (), manner)
    opening = "<details open>" if node.attrs.get("open") else "<details>"
    inner = block_lines(body, _inside(manner))
    return [opening, f"<summary>{words}</summary>", "", *inner, "", "</details>"]


def _tab(node: Node, manner: Manner) -> list[str]:
    title = [child for child in node.children if child.type == "tab_title"]
    body = [child for child in node.children if child.type != "tab_title"]
    return _titled("===", title[0].children if title else (), body, manner)


def _titled(mark: str, title: Sequence[Node], body: Sequence[Node], manner: Manner) -> list[str]:
    first = f'{mark} "{_title_text(title, manner)}"'
    return [first, *_indented(["", *_inner(body, manner)], _INDENT, "")[1:]]


def _title_text(title: Sequence[Node], manner: Manner) -> str:
    return inline_markdown(title, Place(is_line=True, heavy=manner.heavy))


def _is_default(title: Node, kind: str, language: str) -> bool:
    return [node.content for node in title.children] == [default_title(kind, language)]


def _fence(node: Node, _: Manner) -> list[str]:
    longest = max((len(run) for run in _TICKS.findall(node.content)), default=2)
    marks = "`" * max(3, longest + 1)
    if "`" in node.info:
        marks = "~" * 3
    lines = node.content.removesuffix("\n").split("\n") if node.content else []
    return [f"{marks}{node.info.strip()}", *lines, marks]


def _rule(_: Node, manner: Manner) -> list[str]:
    return ["---"] if manner.is_top else ["___"]


def _table(node: Node, manner: Manner) -> list[str]:
    head, *body = [row for part in node.children for row in part.children]
    place = Place(is_line=True, is_cell=True, heavy=manner.heavy)
    styles = (cell.attrs.get("style", "").partition(":")[2] for cell in head.children)
    rule = [_ALIGNED.get(style, "---") for style in styles]
    rows = [[inline_markdown(cell.children, place) for cell in row.children] for row in body]
    first = [inline_markdown(cell.children, place) for cell in head.children]
    return [f"| {' | '.join(cells)} |" for cells in (first, rule, *rows)]


def _notes(node: Node, manner: Manner) -> list[str]:
    made: list[str] = []
    for note in node.children:
        lines = block_lines(note.children, _inside(manner)) or [""]
        apart = [""] if made and any(len(one.children) > 1 for one in node.children) else []
        made += [*apart, *_indented(lines, _INDENT, f"[^{note.meta['label']}]: ")]
    return made


_LISTS: Mapping[str, Callable[[Node, Manner, bool], list[str]]] = {
    "bullet_list": _bullets,
    "ordered_list": _numbers,
}
_WRITERS: Mapping[str, Callable[[Node, Manner], list[str]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "blockquote": _quote,
    "alert": _alert,
    "box": _box,
    "tab": _tab,
    "fence": _fence,
    "code_block": _fence,
    "hr": _rule,
    "table": _table,
    "footnote_block": _notes,
}
