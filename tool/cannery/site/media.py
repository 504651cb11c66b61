"""Pictures and videos in a page's text: the room that they take, captions, no foreign player."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from cannery.content.markdown import Node

Sizes = Mapping[str, Sequence[int]]  # width and height, by a picture's address on its page

_OWN_VIDEO = re.compile(r"(?![a-z][a-z0-9+.-]*:|//)[^?#]{1,2000}\.(?:mp4|webm)", re.IGNORECASE)
_HOSTS: Mapping[str, re.Pattern[str]] = {
    "YouTube": re.compile(
        r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?|shorts/|live/|embed/)"
        r"|youtu\.be/)[^\s]{1,500}"
    ),
    "Vimeo": re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?\d{1,20}[^\s]{0,500}"),
}


def picture_attributes(address: str, sizes: Sizes, *, is_first: bool) -> dict[str, str]:
    """What a browser is told of a picture besides its address.

    All but a page's first are loaded when they come near, and those of a known size move nothing
    when they are there.
    """
    told = {"decoding": "async"} if is_first else {"loading": "lazy", "decoding": "async"}
    if size := sizes.get(address):
        width, height = size
        told |= {"width": str(width), "height": str(height)}
    return told


def caption(node: Node) -> str:
    """The caption of a picture that stands alone in its paragraph: its title. Empty for none."""
    alone = _alone(node)
    return alone.attrs.get("title", "") if alone and alone.type == "image" else ""


def _alone(paragraph: Node) -> Node | None:
    """What a paragraph holds, if it is one thing and no words."""
    inside = [item for item in paragraph.children if item.content.strip() or item.type != "text"]
    return inside[0] if len(inside) == 1 and not inside[0].hidden else None


def lone_link(paragraph: Node) -> Node | None:
    """The link that a paragraph is made of."""
    alone = _alone(paragraph)
    return alone if alone and alone.type == "link" else None


def is_own_video(address: str) -> bool:
    """Whether it is a video among the site's own files."""
    return _OWN_VIDEO.fullmatch(unquote(address)) is not None


def video_host(address: str) -> str:
    """The name of the host whose video an address shows; empty for other addresses."""
    return next((name for name, found in _HOSTS.items() if found.fullmatch(address)), "")
