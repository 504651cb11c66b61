from __future__ import annotations

import struct

import pytest
from tests.site.made import exif, gif, jpeg, png, svg, webp

from cannery.content.picture_sizes import picture_size
from cannery.content.pictures import strip_jpeg


def _jpeg(turned: int) -> bytes:
    """The head of a JPEG that is 30 wide and 20 high."""
    told = exif(turned, b"x")
    frame = struct.pack(">BHH", 8, 20, 30) + b"\3"
    pieces = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xE1, told), (0xC2, frame), (0xDA, b"")]
    body = b"".join(b"\xff%c" % kind + struct.pack(">H", len(it) + 2) + it for kind, it in pieces)
    return b"\xff\xd8" + body + b"\xff\xd9"


def _riff(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("name", "raw", "size"),
    [
        ("a.png", png(), (1, 1)),
        ("a.gif", gif(), (1, 1)),
        ("a.webp", webp(), (1, 1)),
        ("a.webp", _riff(b"VP8L", b"\x2f" + (39 | 19 << 14).to_bytes(4, "little")), (40, 20)),
        ("a.webp", _riff(b"VP8 ", bytes(6) + struct.pack("<HH", 40 | 1 << 14, 20)), (40, 20)),
        ("A.JPG", strip_jpeg(_jpeg(1)), (30, 20)),
        ("a.jpeg", strip_jpeg(_jpeg(6)), (20, 30)),
        ("a.avif", b"ispe\0\0\0\0\0\0\0\x08\0\0\0\x08ispe\0\0\0\0\0\0\0\x28\0\0\0\x14", (40, 20)),
        ("a.svg", svg(), (9, 9)),
        ("a.svg", b"<svg width='40px' height=' 20.4 ' viewBox='0 0 9 9'/>", (40, 20)),
        ("a.svg", b"<svg width='100%' height='20' viewBox='0,0,9,8'/>", (9, 8)),
    ],
)
def test_a_picture_tells_its_size(name: str, raw: bytes, size: tuple[int, int]) -> None:
    assert picture_size(name, raw) == size


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", b"x"),
        ("a.png", b"\x89PNG"),
        ("a.png", bytes(24)),
        ("a.jpg", jpeg()),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.gif", b"GIF"),
        ("a.webp", b"RIFF"),
        ("a.avif", b"ispe"),
        ("a.svg", b"<svg"),
        ("a.svg", b"<svg viewBox='0 0 x y'/>"),
        ("a.svg", b"<svg width='1e9' height='900000'/>"),
    ],
)
def test_what_tells_none_has_none(name: str, raw: bytes) -> None:
    assert picture_size(name, raw) is None
