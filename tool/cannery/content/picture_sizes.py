"""How wide and high a picture is shown, read from its first bytes: a page leaves room for it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree as ET

_MOST = 65_535  # a picture that says more is none
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the segments of a JPEG that tell it
_TURNED = range(5, 9)  # the orientations of Exif that lie on a side
_ORIENTATION = 0x0112
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,9})?)(?:px)?\s*")


class Size(NamedTuple):
    """In pixels of a page."""

    width: int
    height: int


def picture_size(name: str, raw: bytes) -> Size | None:
    """The size of a picture; None for what is no picture, or does not say it.

    `raw` is without metadata: of a JPEG's Exif, only the orientation is left.
    """
    read = _READERS.get(PurePosixPath(name).suffix.lower())
    try:
        size = read(raw) if read else None
    except (struct.error, IndexError):
        return None
    return size if size and 0 < size.width <= _MOST and 0 < size.height <= _MOST else None


def _png(raw: bytes) -> Size:
    return Size(*struct.unpack_from(">II", raw, 16))


def _gif(raw: bytes) -> Size:
    return Size(*struct.unpack_from("<HH", raw, 6))


def _jpeg(raw: bytes) -> Size | None:
    at, is_turned = 2, False
    while raw[at] == 0xFF:  # noqa: PLR2004 - what a segment begins with
        kind = raw[at + 1]
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", raw, at + 5)
            return Size(height, width) if is_turned else Size(width, height)
        if raw[at + 4 : at + 10] == b"Exif\0\0":
            tag, turned = struct.unpack_from(">H6xH", raw, at + 20)
            is_turned = tag == _ORIENTATION and turned in _TURNED
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return None


def _webp(raw: bytes) -> Size | None:
    kind = raw[12:16]
    if kind == b"VP8X":
        return Size(*(int.from_bytes(raw[at : at + 3], "little") + 1 for at in (24, 27)))
    if kind == b"VP8L":
        bits = int.from_bytes(raw[21:25], "little")
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack_from("<HH", raw, 26)
    return Size(width & 0x3FFF, height & 0x3FFF) if kind == b"VP8 " else None


def _avif(raw: bytes) -> Size | None:
    """The largest that is told: there may be a small one beside it, or tiles."""
    sizes: list[Size] = []
    at = raw.find(b"ispe", 0, _MOST)
    while at >= 0:
        sizes.append(Size(*struct.unpack_from(">II", raw, at + 8)))
        at = raw.find(b"ispe", at + 4, _MOST)
    return max(sizes, key=lambda size: size.width * size.height, default=None)


def _svg(raw: bytes) -> Size | None:
    try:
        _, root = next(ET.iterparse(BytesIO(raw), ("start",)))  # noqa: S314 - no entities
    except (ET.ParseError, StopIteration):
        return None
    sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    numbers = [side[1] for side in sides if side]
    if len(numbers) != len(sides):
        numbers = root.get("viewBox", "").replace(",", " ").split()[2:4]
    if len(numbers) != len(sides) or not all(map(_LENGTH.fullmatch, numbers)):
        return None
    return Size(*(round(float(number.removesuffix("px"))) for number in numbers))


_READERS: Mapping[str, Callable[[bytes], Size | None]] = {
    ".png": _png,
    ".gif": _gif,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".webp": _webp,
    ".avif": _avif,
    ".svg": _svg,
}
