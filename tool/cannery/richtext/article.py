"""The HTML of an article at a help centre -> nodes of Markdown: what `render/article.py` undone.

Articles that people write there have nothing of ours in them, and are read by the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cannery.content.anchors import Heading, anchors
from cannery.content.markdown import Node
from cannery.richtext.elements import Element, elements
from cannery.richtext.footnotes import with_notes
from cannery.richtext.inline import NOTE, inline_nodes, plain_text
from cannery.richtext.tables import table

_BOX, _TITLE, _TAB, _NOTES = "admonition", "admonition-title", "kb-tab", "footnotes"
_CLOSED, _OPEN, _DETAILS, _ALERT = "kb-closed", "kb-open", "kb-details", "kb-alert"
_MARKS = (_CLOSED, _OPEN, _DETAILS, _ALERT, _TAB)
_ALERTS = frozenset(("note", "tip", "important", "warning", "caution"))
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_LANGUAGE = re.compile(r"language-([\w+#.-]{1,40})")
_ID = re.compile(r"[\w.:-]{1,200}")
_EDITORS = re.compile(r"h_[0-9A-Za-z]{20,60}")  # that Zendesk's editor gives to each heading
_SIGNS = {"\u2611 ": True, "\u2610 ": False}
_INLINE = frozenset(
    ("", "a", "br", "code", "del", "em", "img", "kbd", "strong", "sub", "sup", "span")
)


def article_nodes(html: str) -> tuple[Node, ...]:
    """The nodes of an article. Raises ValueError for what is too large to be one."""
    nodes = with_notes(_blocks(elements(html)))
    return _with_ids(nodes, _referred(nodes))


def _blocks(items: Sequence[Element], *, hidden: bool = False) -> list[Node]:
    """The blocks of some elements; what stands between them is a paragraph, maybe a hidden one."""
    made: list[Node] = []
    run: list[Element] = []
    for item in [*items, None]:
        if item is not None and item.name in _INLINE:
            run.append(item)
            continue
        if children := inline_nodes(run):
            made.append(Node("paragraph", children=children, tag="p", hidden=hidden))
        run = []
        if item is not None:
            made += _BLOCKS.get(item.name, _inside)(item)
    return made


def _inside(item: Element) -> Iterator[Node]:
    yield from _blocks(item.children)


def _heading(item: Element) -> Iterator[Node]:
    children = tuple(
        Node("text", " ") if node.type == "hardbreak" else node
        for node in inline_nodes(item.children)
    )
    if children:
        yield Node("heading", children=children, tag=item.name, attrs=item.attributes)


def _list(item: Element) -> Iterator[Node]:
    entries = [child for child in item.children if child.name]
    if _NOTES in item.classes:
        yield Node("footnote_block", children=tuple(_note(one) for one in entries))
        return
    made = [_item(one) for one in entries]
    if not made:
        return
    if any(_is_loose(one) for one in made):
        made = [_loosened(one) for one in made]
    start = item.attributes.get("start", "")
    attributes = {"start": start} if re.fullmatch("[0-9]{1,9}", start) and start != "1" else {}
    kind = "ordered_list" if item.name == "ol" else "bullet_list"
    yield Node(kind, children=tuple(made), tag=item.name, attrs=attributes)


def _note(item: Element) -> Node:
    label = item.attributes.get("id", "").removeprefix(NOTE)
    children = tuple(_blocks(item.children))
    return Node("footnote", children=children, meta={"label": label})


def _item(item: Element) -> Node:
    inner = item.children if item.name == "li" else [item]
    children = _blocks(inner, hidden=True)
    meta: dict[str, bool] = {}
    if children and children[0].type == "paragraph" and children[0].children:
        first = children[0].children[0]
        sign = first.content[:2] if first.type == "text" else ""
        rest = first.content[2:].lstrip(" ")
        if sign in _SIGNS and (rest or len(children[0].children) > 1):
            meta = {"checked": _SIGNS[sign]}
            words = (*((replace(first, content=rest),) if rest else ()), *children[0].children[1:])
            children[0] = replace(children[0], children=words)
    return Node("list_item", children=tuple(children), tag="li", meta=meta)


def _is_loose(item: Node) -> bool:
    paragraphs = [child for child in item.children if child.type == "paragraph"]
    has_table = any(child.type == "table" for child in item.children)  # begins no line of a text
    return has_table or len(paragraphs) > 1 or any(not child.hidden for child in paragraphs)


def _loosened(item: Node) -> Node:
    children = tuple(
        replace(child, hidden=False) if child.type == "paragraph" else child
        for child in item.children
    )
    return replace(item, children=children)


def _quote(item: Element) -> Iterator[Node]:
    if _BOX in item.classes:
        yield _boxed(item)
    elif children := tuple(_blocks(item.children)):
        yield Node("blockquote", children=children, tag="blockquote")


def _boxed(item: Element) -> Node:
    kinds = [word for word in item.classes if _KIND.fullmatch(word) and word != _BOX]
    told = [word for word in kinds if word not in _MARKS] or ["note"]
    title, rest = _titled(item)
    body = tuple(_blocks(rest))
    if _TAB in kinds:
        heading = tuple(replace(node, type="tab_title") for node in title)
        return Node("tab", children=(*heading, *body), tag="div", info="===")
    if _ALERT in kinds and told[0] in _ALERTS:
        heading = tuple(replace(node, type="alert_title") for node in title)
        return Node("alert", children=(*heading, *body), tag="div", meta={"kind": told[0]})
    folds = _CLOSED in kinds or _OPEN in kinds
    mark = ("???+" if _OPEN in kinds else "???") if folds else "!!!"
    if _DETAILS in kinds:
        mark, told = "", []
    attributes = {"class": " ".join(told), **({"open": "open"} if _OPEN in kinds else {})}
    return Node("box", children=(*title, *body), attrs=attributes, info=mark)


def _titled(item: Element) -> tuple[tuple[Node, ...], list[Element]]:
    """The title of a box, if it has one, and what is below it."""
    named = [child for child in item.children if child.name or child.text.strip()]
    if not named or _TITLE not in named[0].classes:
        return (), item.children
    words = inline_nodes(named[0].children)
    if len(words) == 1 and words[0].type == "strong":
        words = words[0].children
    return (Node("box_title", children=words),), named[1:]


def _code(item: Element) -> Iterator[Node]:
    words = [*item.classes, *(word for child in item.children for word in child.classes)]
    language = next((found[1] for word in words if (found := _LANGUAGE.fullmatch(word))), "")
    text = plain_text(item).replace("\r\n", "\n")
    text = text if text.endswith("\n") or not text else f"{text}\n"
    yield Node("fence", text, info=language, tag="code")


def _rule(_: Element) -> Iterator[Node]:
    yield Node("hr", tag="hr")


def _term(item: Element) -> Iterator[Node]:
    if children := inline_nodes([Element("strong", children=item.children)]):
        yield Node("paragraph", children=children, tag="p")


_BLOCKS: Mapping[str, Callable[[Element], Iterator[Node]]] = {
    "p": _inside,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "pre": _code,
    "hr": _rule,
    "dt": _term,
    "table": table,
}


def _referred(nodes: Sequence[Node]) -> set[str]:
    """The places in the article that its own links lead to."""
    found: set[str] = set()
    for node in nodes:
        if node.type == "link" and node.attrs["href"].startswith("#"):
            found.add(node.attrs["href"][1:])
        found |= _referred(node.children)
    return found


def _with_ids(nodes: Sequence[Node], referred: set[str]) -> tuple[Node, ...]:
    """The nodes with `{#id}` at the headings whose id is not the one that they have by their text.

    Ids that the desk's editor gave go, unless a link of the article leads there.
    """
    found = [*_headings(nodes)]
    wanted = [_wanted(node, referred) for node in found]
    texts = [_words(node) for node in found]
    told = [""] * len(found)
    for _ in range(3):
        made = anchors([Heading(text, id_) for text, id_ in zip(texts, told, strict=True)])
        differ = [bool(id_) and id_ != one.id for id_, one in zip(wanted, made, strict=True)]
        if not any(differ):
            break
        told = [
            want if is_other else had
            for want, is_other, had in zip(wanted, differ, told, strict=True)
        ]
    ids = iter(told)
    return tuple(_numbered(node, ids) for node in nodes)


def _headings(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.type == "heading":
            yield node
        else:
            yield from _headings(node.children)


def _wanted(heading: Node, referred: set[str]) -> str:
    id_ = heading.attrs.get("id", "")
    is_ours = _ID.fullmatch(id_) and (not _EDITORS.fullmatch(id_) or id_ in referred)
    return id_ if is_ours else ""


def _words(node: Node) -> str:
    if node.type == "image":
        return ""
    return node.content + "".join(map(_words, node.children))


def _numbered(node: Node, ids: Iterator[str]) -> Node:
    if node.type != "heading":
        return replace(node, children=tuple(_numbered(child, ids) for child in node.children))
    id_ = next(ids)
    return replace(node, attrs={}, meta={"id": id_} if id_ else {})
