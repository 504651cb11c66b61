"""Nodes of one paragraph -> Markdown that is read as these nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cannery.content.emphasis import can_close, can_open
from cannery.content.markdown import Node, own_text
from cannery.content.markup import begins_tag

_FIRST, _LAST = "\ue002", "\ue003"  # before the marks that begin, and behind those that end
_SIGNS = r"[*~]{1,6}"
_BEFORE = re.compile(rf"([^{_FIRST}{_LAST}*~])((?>(?:{_FIRST}{_SIGNS}){{1,9}}))(?=([^{_FIRST}]))")
_AFTER = re.compile(rf"([^{_LAST}*~])((?>(?:{_SIGNS}{_LAST}){{1,9}}))([^{_FIRST}{_LAST}])")
_ALL = re.compile(r"[!-/:-@\[-`{-~]")
_LIGHT = re.compile(
    r"[\\`*]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|~(?=~)"
    r"|<(?=[A-Za-z][A-Za-z0-9+.-]{1,31}:|[^\s<>@]{1,200}@|/?(?:kbd|sub|sup|br|details|summary)\b)"
    r"|(?P<tag><)(?=/?[A-Za-z])"
    r"|\](?=[(\[:])|\[(?=\^)"
    r"|(?<=http):|(?<=https):|(?<=ftp):|(?<=mailto):"
)
_REFERENCE = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)|<(?=!--)")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_RUNS = re.compile(r"`+")
_PLAIN_ADDRESS = re.compile(r"[^\s<>()\\]+")
_EDGE = re.compile(r"\A[^\S ]+|(?<=\S)[^\S ]+\Z")
_BREAKS = re.compile(r"[\r\n]+")


class Place(NamedTuple):
    """Where words stand: on one line alone, in a cell, in a link's text; `heavy` escapes all."""

    is_line: bool = False
    is_cell: bool = False
    in_label: bool = False
    heavy: bool = False


def inline_markdown(nodes: Sequence[Node], place: Place) -> str:
    """The Markdown of a paragraph, whose line breaks end with a backslash."""
    padded = _AFTER.sub(_after, _BEFORE.sub(_before, f" {_written(nodes, place)} "))
    text = padded[1:-1].replace(_FIRST, "").replace(_LAST, "")
    return _EDGE.sub(_referred, text) if place.is_line else text


def _referred(blank: re.Match[str]) -> str:
    """A wide blank at an end, where parsers take it away."""
    return "".join(f"&#{ord(char)};" for char in blank[0])


def _before(match: re.Match[str]) -> str:
    outer, signs, inner = match.groups()
    return (outer if can_open(outer, inner) else f"&#{ord(outer)};") + signs


def _after(match: re.Match[str]) -> str:
    inner, signs, outer = match.groups()
    return inner + signs + (outer if can_close(inner, outer) else f"&#{ord(outer)};")


def _written(nodes: Sequence[Node], place: Place) -> str:
    pieces = [_WRITERS[node.type](node, place) for node in nodes]
    for at, node in enumerate(nodes[1:]):
        if node.type == "link" and pieces[at].endswith("!") and not pieces[at].endswith("\\!"):
            pieces[at] = pieces[at][:-1] + "\\!"
    return "".join(pieces)


def _text(node: Node, place: Place) -> str:
    text = node.content.replace(_FIRST, "").replace(_LAST, "").replace("\n", " ")
    if place.heavy:
        text = _ALL.sub(r"\\\g<0>", text)
    else:
        text = _LIGHT.sub(_escaped, text)
        text = _REFERENCE.sub(lambda match: "&amp;" if match[0] == "&" else "&lt;", text)
    if place.in_label:
        text = _BRACKET.sub(r"\\\g<0>", text)
    return text.replace("|", "\\|") if place.is_cell and not place.heavy else text


def _escaped(sign: re.Match[str]) -> str:
    """A sign that Markdown would read; a `<` only before what a browser would take for a tag."""
    is_text = sign["tag"] is not None and not begins_tag(sign.string, sign.start())
    return sign[0] if is_text else f"\\{sign[0]}"


def _between(sign: str) -> Callable[[Node, Place], str]:
    def writer(node: Node, place: Place) -> str:
        return f"{_FIRST}{sign}{_written(node.children, place)}{sign}{_LAST}"

    return writer


def _element(node: Node, place: Place) -> str:
    return f"<{node.type}>{_written(node.children, place)}</{node.type}>"


def _code(node: Node, place: Place) -> str:
    text = node.content
    longest = max((len(run) for run in _RUNS.findall(text)), default=0)
    marks = "`" * (longest + 1)
    padded = text.startswith(("`", " ")) or text.endswith(("`", " "))
    inner = f" {text} " if padded and text.strip() else text
    inner = inner.replace("|", "\\|") if place.is_cell else inner
    return f"{marks}{inner}{marks}"


def _link(node: Node, place: Place) -> str:
    address = node.attrs["href"]
    if not place.is_cell and _is_own_text(node, address):
        return f"<{address}>"
    label = _written(node.children, place._replace(in_label=True))
    return f"[{label}]({_target(node, address, place)})"


def _is_own_text(node: Node, address: str) -> bool:
    text = "".join(child.content for child in node.children)
    is_plain = all(child.type == "text" for child in node.children)
    has_scheme = address.startswith(("https://", "http://")) and "title" not in node.attrs
    is_whole = has_scheme and _PLAIN_ADDRESS.fullmatch(address) is not None
    return is_plain and is_whole and own_text(address) == (address, text)


def _image(node: Node, place: Place) -> str:
    label = _text(Node("text", node.content), place._replace(in_label=True))
    return f"![{label}]({_target(node, node.attrs['src'], place)})"


def _target(node: Node, address: str, place: Place) -> str:
    """An address and its title, as they stand in brackets."""
    if not _PLAIN_ADDRESS.fullmatch(address):
        inner = _BREAKS.sub(" ", address).replace("\\", "\\\\")
        address = f"<{inner.replace('<', '%3C').replace('>', '%3E')}>"
    title = node.attrs.get("title", "")
    written = re.sub(r'[\\"]|&(?=#?[A-Za-z0-9]{1,32};)', r"\\\g<0>", _BREAKS.sub(" ", title))
    whole = f'{address} "{written}"' if title else address
    return whole.replace("|", "\\|") if place.is_cell else whole


def _break(_: Node, place: Place) -> str:
    return "<br>" if place.is_line or place.is_cell else "\\\n"


def _reference(node: Node, _: Place) -> str:
    return f"[^{node.meta['label']}]"


_WRITERS: Mapping[str, Callable[[Node, Place], str]] = {
    "text": _text,
    "strong": _between("**"),
    "em": _between("*"),
    "s": _between("~~"),
    "kbd": _element,
    "sub": _element,
    "sup": _element,
    "code_inline": _code,
    "link": _link,
    "image": _image,
    "hardbreak": _break,
    "footnote_ref": _reference,
    "footnote_anchor": lambda _, __: "",
}
