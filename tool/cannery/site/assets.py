"""Which pictures and other files may be published beside the pages."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from cannery.content.files import as_stored, read_bytes
from cannery.errors import ContentError
from cannery.site.svg import strip_svg
from cannery.util.charrefs import unescape
from cannery.workspace import Workspace

# Files that a browser shows or saves, and that run nothing on the site.
_SERVED = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".txt", ".log", ".csv",
    ".json", ".har", ".zip", ".gz", ".mp4", ".webm",
})  # fmt: skip
_ACTIVE = re.compile(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|embed|object|handler|set|animate\w*)\b"
    r"|\son\w+\s*=|javascript:|data:text|<!entity|<\?xml-stylesheet",
    re.IGNORECASE,
)
_ENCODING = re.compile(r"<\?xml[^<>]*\sencoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)


def rejection(workspace: Workspace, asset: str) -> str:
    """Why a file can't be published; empty if it can."""
    path = PurePosixPath(asset)
    if path.parts[0] != "kb" or ".." in path.parts or path.name.startswith("."):
        return "a file outside kb/"
    if path.suffix.lower() not in _SERVED:
        return f"a file that a browser might run: {path.suffix or 'no ending'}"
    try:
        raw = read_bytes(workspace, as_stored(workspace, asset))
    except ContentError as error:
        return error.message.removeprefix(f"{asset}: ")
    return _svg_rejection(raw) if path.suffix.lower() == ".svg" else ""


def _svg_rejection(raw: bytes) -> str:
    """Why an SVG can't be on the site: a browser that opens it runs what is in it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "an SVG file that is not UTF-8"
    declared = _ENCODING.search(text)
    if "\0" in text or (declared and declared[1].lower() not in {"utf-8", "us-ascii", "ascii"}):
        return "an SVG file that is not UTF-8"
    shown = unescape(text)  # as a browser reads an attribute
    if _ACTIVE.search(text) or _ACTIVE.search(re.sub(r"[\t\n\r]", "", shown)):
        return "an SVG file with a script"
    try:
        strip_svg(raw)
    except ValueError as error:
        return str(error)
    return ""
