"""An article as HTML for a help centre: what its editor and its filter keep, and nothing else.

They know no `details` and no style sheet of ours. So a box is a quote with a title in bold, and
classes say what it was: by them, and by ids, `richtext/article.py` makes the same Markdown of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from operator import is_
from typing import NamedTuple

from cannery.content.anchors import anchors, headings
from cannery.content.markdown import Node, Token, safe_address, tree

DONE, TO_DO = "\u2611", "\u2610"
CLOSED, OPEN, DETAILS, ALERT, TAB = "kb-closed", "kb-open", "kb-details", "kb-alert", "kb-tab"
BOX, TITLE, NOTES = "admonition", "admonition-title", "footnotes"
NOTE, NOTE_REFERENCE, LANGUAGE = "fn-", "fnref-", "language-"


_BLANKS = re.compile(r"[ \t\n]{2,}|[\t\n]")  # all that are not one blank already
_AROUND_BREAK = re.compile(r" ?<br> ?")
_ENDS = re.compile(r"\A(?:<br>)+|(?<!<br>)(?:<br>)+\Z")


class Addresses(NamedTuple):
    """What the addresses of links and of pictures become; empty for one that leads nowhere."""

    link: Callable[[str], str]
    picture: Callable[[str], str]


def article_html(tokens: Sequence[Token], addresses: Addresses) -> str:
    """The HTML of an article's tokens."""
    ids = (item.id for item in anchors([*headings(tokens)]))
    nodes = tuple(_placed(node, ids, addresses) for node in tree(tokens))
    return "\n".join(map(_one, nodes))


def _placed(node: Node, ids: Iterator[str], addresses: Addresses) -> Node:
    """The node with the addresses that it has at the help centre, and headings with their ids."""
    if node.type == "text":  # half of all, which stay as they are
        return node
    attributes = dict(node.attrs)
    if node.type == "heading":
        attributes["id"] = next(ids)
    elif node.type == "link":
        attributes["href"] = addresses.link(attributes.get("href", ""))
    elif node.type == "image":
        attributes["src"] = addresses.picture(attributes.get("src", ""))
    children = tuple(_placed(child, ids, addresses) for child in node.children)
    if node.type == "strong" and len(children) == 1 and children[0].type == "em":
        # In Markdown both are three stars, which are read as the strong inside of the other.
        return replace(children[0], children=(replace(node, children=children[0].children),))
    if attributes == node.attrs and all(map(is_, children, node.children)):
        return node
    return replace(node, attrs=attributes, children=children)


def _all(nodes: Sequence[Node]) -> str:
    inner = "".join(map(_one, nodes))
    if "<br>" in inner:
        inner = _AROUND_BREAK.sub("<br>", inner)
    return inner.replace("</a>  ", "</a> ")  # of the link's own and the next words


def _one(node: Node) -> str:
    return _WRITERS[node.type](node)


def _text(node: Node) -> str:
    return escape(_BLANKS.sub(" ", node.content), quote=False)


def _wrap(tag: str) -> Callable[[Node], str]:
    return lambda node: f"<{tag}>{_all(node.children)}</{tag}>"


def _element(tag: str, attributes: Mapping[str, str], inner: str) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<{tag}{written}>{inner}</{tag}>"


def _line(node: Node) -> str:
    inner = _all(node.children)
    return (_ENDS.sub("", inner) if "<br>" in inner else inner).strip(" ")


def _paragraph(node: Node) -> str:
    inner = _line(node)
    return inner if node.hidden or not inner else f"<p>{inner}</p>"


def _heading(node: Node) -> str:
    inner = _line(node)
    return _element(node.tag, {"id": node.attrs["id"]}, inner) if inner else ""


def _ordered(node: Node) -> str:
    start = node.attrs.get("start", "1")
    return _element("ol", {"start": start if start != "1" else ""}, _all(node.children))


def _item(node: Node) -> str:
    children = node.children
    if "checked" in node.meta:
        sign = Node("text", f"{DONE if node.meta['checked'] else TO_DO} ")
        first = replace(children[0], children=(sign, *children[0].children))
        children = (first, *children[1:])
    return f"<li>{_all(children)}</li>"


def _code(node: Node) -> str:
    language = node.info.split(maxsplit=1)[0] if node.info.strip() else ""
    kind = {"class": f"{LANGUAGE}{language}" if language else ""}
    return f"<pre>{_element('code', kind, escape(node.content, quote=False))}</pre>"


def _cell(node: Node) -> str:
    style = node.attrs.get("style", "").replace(":", ": ", 1)
    return _element(node.tag, {"style": style}, _all(node.children))


def _link(node: Node) -> str:
    address, inner = node.attrs["href"], _all(node.children)
    if not address or not safe_address(address) or not inner.strip():
        return inner
    before, after = (" " if inner[place:][:1] == " " else "" for place in (0, -1))
    told = {"href": address, "title": node.attrs.get("title", "")}
    return before + _element("a", told, inner.strip(" ")) + after


def _image(node: Node) -> str:
    address, label = node.attrs["src"], escape(_label(node.children).strip())
    if not address or not safe_address(address):
        return label
    title = node.attrs.get("title", "")
    title = f' title="{escape(title)}"' if title else ""
    return f'<img src="{escape(address)}" alt="{label}"{title}>'


def _label(nodes: Sequence[Node]) -> str:
    """What is said of a picture, without markup."""
    return "".join(node.content or _label(node.children) for node in nodes)


def _box(node: Node) -> str:
    words = [word for word in node.attrs.get("class", "").split() if word != BOX]
    if node.tag == "details":
        kinds = [*words, *([] if words else [DETAILS])]
        kinds.append(OPEN if "open" in node.attrs else CLOSED)
    else:
        kinds = words
    return _quote(node, kinds)


def _alert(node: Node) -> str:
    return _quote(node, [str(node.meta["kind"]), ALERT])


def _quote(node: Node, kinds: Sequence[str]) -> str:
    return _element("blockquote", {"class": " ".join((BOX, *kinds))}, _all(node.children))


def _title(node: Node) -> str:
    return _element("p", {"class": TITLE}, f"<strong>{_all(node.children)}</strong>")


def note_name(node: Node) -> str:
    """What a footnote is called in ids: its label, where that can be part of one."""
    label = str(node.meta.get("label", ""))
    plain = label.replace("-", "").replace("_", "")
    return label if plain.isalnum() else str(int(node.meta["id"]) + 1)


def _reference(node: Node) -> str:
    name = note_name(node)
    place = {"id": "" if node.meta.get("subId") else f"{NOTE_REFERENCE}{name}"}
    link = _element("a", {"href": f"#{NOTE}{name}"}, f"[{int(node.meta['id']) + 1}]")
    return _element("sup", place, link)


def _note(node: Node) -> str:
    return _element("li", {"id": f"{NOTE}{note_name(node)}"}, _all(node.children))


def _back(node: Node) -> str:
    if node.meta.get("subId"):
        return ""
    return " " + _element("a", {"href": f"#{NOTE_REFERENCE}{note_name(node)}"}, "\u21a9")


_WRITERS: Mapping[str, Callable[[Node], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _wrap("ul"),
    "ordered_list": _ordered,
    "list_item": _item,
    "blockquote": _wrap("blockquote"),
    "fence": _code,
    "code_block": _code,
    "hr": lambda _: "<hr>",
    "table": _wrap("table"),
    "thead": _wrap("thead"),
    "tbody": _wrap("tbody"),
    "tr": _wrap("tr"),
    "th": _cell,
    "td": _cell,
    "box": _box,
    "box_title": _title,
    "alert": _alert,
    "alert_title": _title,
    "tab": lambda node: _quote(node, (TAB,)),
    "tab_title": _title,
    "footnote_ref": _reference,
    "footnote_block": lambda node: _element("ol", {"class": NOTES}, _all(node.children)),
    "footnote": _note,
    "footnote_anchor": _back,
    "text": _text,
    "strong": _wrap("strong"),
    "em": _wrap("em"),
    "s": _wrap("del"),
    "code_inline": lambda node: f"<code>{escape(node.content, quote=False)}</code>",
    "kbd": _wrap("kbd"),
    "sub": _wrap("sub"),
    "sup": _wrap("sup"),
    "link": _link,
    "image": _image,
    "hardbreak": lambda _: "<br>",
}
