"""SVG drawings without what they don't draw: notes, titles, hidden layers, an editor's own data."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from cannery.content.pictures import strip_gif, strip_jpeg, strip_png, strip_webp

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_LINK = f"{{{_XLINK}}}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TOLD = frozenset((_LINK, _SPACE))  # attributes of a name space that a drawing needs
_DROPPED = frozenset(f"{{{_SVG}}}{name}" for name in ("metadata", "title", "desc"))
_STYLE, _DEFS = f"{{{_SVG}}}style", f"{{{_SVG}}}defs"
_SPEAKING = frozenset(f"{{{_SVG}}}{name}" for name in ("text", "tspan", "textPath", "tref"))
_USED = re.compile(r"#([^\s\"'(){},;:.>~+*\[\]]+)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_EDITORS = re.compile(r"(?<![\w-])-inkscape-[\w-]+\s*:[^;]*;?")
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b")
_OF_A_DISK = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]|\\\\)")
_PICTURE = re.compile(r"\s*data:image/(png|jpe?g|gif|webp);base64,(.*)", re.DOTALL)
_PICTURES: dict[str, Callable[[bytes], bytes]] = {
    "png": strip_png, "jpg": strip_jpeg, "jpeg": strip_jpeg, "gif": strip_gif, "webp": strip_webp,
}  # fmt: skip
_MAX_DEPTH = 200
_ROUNDS = 10


def strip_svg(raw: bytes) -> bytes:
    """Keep only what is drawn. Raises ValueError if it is not an SVG."""
    try:
        root = ET.fromstring(raw)  # noqa: S314 - what declares an entity is on no site
    except (ET.ParseError, LookupError) as error:
        raise ValueError(f"an SVG file that can't be read: {error}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("not an SVG file: its xmlns is different")
    _refuse_deep(root)
    _keep_drawn(root)
    if root.find(f".//{_STYLE}") is None:
        for element in root.iter():
            element.attrib.pop("class", None)
    for _ in range(_ROUNDS):
        if not _drop_unused(root):
            break
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return f"{ET.tostring(root, 'unicode')}\n".encode()


def _refuse_deep(root: ET.Element) -> None:
    level = [root]
    for _ in range(_MAX_DEPTH):
        level = [child for item in level for child in item]
        if not level:
            return
    raise ValueError(f"an SVG file with more than {_MAX_DEPTH} levels")


def _keep_drawn(element: ET.Element, *, speaks: bool = False) -> None:
    """Without what is an editor's or a reader's of the file: elements, attributes and texts."""
    speaks = speaks or element.tag in _SPEAKING
    for name, value in [*element.attrib.items()]:
        if (name[0] == "{" and name not in _TOLD) or name.startswith(("data-", "aria-")):
            del element.attrib[name]
        elif name in {"href", _LINK}:
            element.attrib[name] = "#" if _OF_A_DISK.match(value) else _bare_picture(value)
        elif name == "style":
            element.attrib[name] = _EDITORS.sub("", _COMMENT.sub("", value))
    if element.tag == _STYLE:
        element.text = _COMMENT.sub("", element.text or "")
    elif not speaks:
        element.text = _blank(element.text)
    _drop(element, lambda child: not _is_drawn(child), speaks=speaks)
    for child in element:
        _keep_drawn(child, speaks=speaks)
        if not speaks:
            child.tail = _blank(child.tail)


def _is_drawn(element: ET.Element) -> bool:
    return str(element.tag).startswith(f"{{{_SVG}}}") and element.tag not in _DROPPED


def _blank(text: str | None) -> str | None:
    """What stands between elements: it is never shown, where it is more than blanks."""
    return text if text is None or not text.strip() else "\n"


def _drop(
    parent: ET.Element, is_spare: Callable[[ET.Element], bool], *, speaks: bool = False
) -> bool:
    """Drop children, keeping the text after them; whether there were any."""
    kept: list[ET.Element] = []
    texts: list[list[str]] = [[parent.text or ""]]
    for child in parent:
        if not is_spare(child):
            kept.append(child)
            texts.append([])
        if speaks or child in kept[-1:]:
            texts[-1].append(child.tail or "")
    dropped = len(kept) < len(parent)
    if dropped:
        parent[:] = kept
        parent.text, *tails = ("".join(pieces) for pieces in texts)
        for child, tail in zip(kept, tails, strict=True):
            child.tail = tail
    return dropped


def _bare_picture(address: str) -> str:
    """A picture within the drawing, bare as well."""
    match = _PICTURE.match(address)
    if not match:
        return address
    try:
        raw = _PICTURES[match[1]](base64.b64decode(match[2]))
    except (binascii.Error, ValueError):
        return address
    return f"data:image/{match[1]};base64,{base64.b64encode(raw).decode()}"


def _drop_unused(root: ET.Element) -> bool:
    """Drop hidden elements and definitions that nothing refers to, and unused ids.

    Whether something was dropped: what it referred to may go then.
    """
    used = set(_references(root))

    def is_used(element: ET.Element) -> bool:
        return any(item.get("id") in used for item in element.iter())

    def is_hidden(element: ET.Element) -> bool:
        style = element.get("style", "")
        return element.get("display") == "none" or bool(_HIDDEN.search(style))

    dropped = False
    for parent in [*root.iter()]:
        defines = parent.tag == _DEFS
        dropped |= _drop(
            parent,
            lambda item, defines=defines: (  # type: ignore[misc]
                (is_hidden(item) or (defines and item.tag != _STYLE)) and not is_used(item)
            ),
            speaks=parent.tag in _SPEAKING,
        )
    for element in root.iter():
        if element.get("id") is not None and element.get("id") not in used:
            del element.attrib["id"]
    return dropped


def _references(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        texts = [*element.attrib.values(), *([element.text] if element.tag == _STYLE else [])]
        for text in texts:
            if text and "#" in text and not text.startswith("data:"):
                yield from _USED.findall(text)
