"""What a file says of its maker is gone, and what is seen of it stays."""

from __future__ import annotations

import base64
import gzip
import random
import re
import struct
from collections.abc import Callable

import pytest
from tests.site import made

from cannery.site.metadata import strip_metadata

PLACES = {
    made.png: "png_text png_itxt png_exif png_profile png_private png_trailer",
    made.jpeg: "jpeg_thumbnail jpeg_exif jpeg_xmp jpeg_mpf jpeg_ducky jpeg_iptc jpeg_comment jpeg_late jpeg_trailer",
    made.gif: "gif_comment gif_xmp gif_trailer",
    made.webp: "webp_exif webp_xmp webp_private webp_trailer",
    made.ico: "ico_text ico_exif",
    made.gzipped: "gz_name gz_comment gz_extra",
    made.svg: " ".join(made.SVG_PLACES),
}
ENDINGS = {made.png: "png", made.jpeg: "jpg", made.gif: "gif", made.webp: "webp", made.ico: "ico", made.gzipped: "gz", made.svg: "svg"}  # fmt: skip
CASES = [(make, place) for make, places in PLACES.items() for place in places.split()]


@pytest.mark.parametrize(("make", "place"), CASES)
def test_what_a_file_says_of_its_maker_is_gone(make: Callable[..., bytes], place: str) -> None:
    raw = make(**{place: "bluewhale"})
    assert b"bluewhale" in raw
    cleaned, why = strip_metadata(f"a.{ENDINGS[make].upper()}", raw)
    assert (why, b"bluewhale" in cleaned) == ("", False)
    assert strip_metadata(f"a.{ENDINGS[make]}", cleaned) == (cleaned, ""), (
        "and there is nothing more to do"
    )


def test_what_is_seen_of_a_picture_stays() -> None:
    assert strip_metadata("a.png", made.png(png_text="x")) == (made.png(), "")
    cleaned, _ = strip_metadata("a.gif", made.gif())
    assert cleaned.startswith(b"GIF89a")
    assert b"NETSCAPE2.0" in cleaned
    assert cleaned.endswith(b"\2\x44\1\0\x3b")
    cleaned, _ = strip_metadata("a.webp", made.webp())
    assert struct.unpack("<I", cleaned[4:8])[0] == len(cleaned) - 8
    assert cleaned[20] == 0x20, "that there are colours, and no Exif"
    assert b"pixels" in cleaned
    assert gzip.decompress(strip_metadata("a.gz", made.gzipped(gz_name="x"))[0]) == b"the log"


def test_an_icon_keeps_its_pictures() -> None:
    cleaned, _ = strip_metadata("a.ico", made.ico(ico_text="x"))
    assert cleaned == made.ico()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        made.png(),
        struct.pack("<HHH", 0, 1, 65_535) + bytes(70_000),
        made.ico()[:-1],
        struct.pack("<HHH", 0, 1, 2) + (bytes(8) + struct.pack("<II", 60, 6)) * 2 + bytes(30),
    ],
)
def test_what_is_no_icon_stays_as_it_is_and_is_told(raw: bytes) -> None:
    cleaned, why = strip_metadata("a.ico", raw)
    assert cleaned == raw
    assert why


@pytest.mark.parametrize("size", [0, 1, 65_500, 65_536, 300_000])
def test_each_part_of_a_packed_file_is_cleaned_and_what_is_none_goes(size: int) -> None:
    text = random.Random(size).randbytes(size)  # noqa: S311 - what hardly packs
    second = gzip.compress(text, mtime=7)
    named = second[:3] + b"\x08" + second[4:10] + b"bluewhale\0" + second[10:]
    cleaned, why = strip_metadata("a.gz", made.gzipped(gz_name="bluewhale") + named + b"bluewhale")
    assert (why, b"bluewhale" in cleaned) == ("", False)
    assert gzip.decompress(cleaned) == b"the log" + text


def test_a_packed_file_that_would_fill_the_memory_is_told() -> None:
    bomb = gzip.compress(bytes(250_000_000), 1)
    assert "too large" in strip_metadata("a.gz", bomb)[1]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_before(orientation: int) -> None:
    cleaned, _ = strip_metadata("a.jpeg", made.jpeg(orientation))
    found = re.search(rb"\x01\x12\x00\x03\x00\x00\x00\x01\x00(.)", cleaned, re.DOTALL)
    assert (found[1][0] if found else 1) == orientation
    assert b"colours" in cleaned
    assert b"scan\xff\0data\xff\xd0more" in cleaned
    assert cleaned.endswith(b"again\xff\xd9")


def test_what_is_drawn_stays_and_pictures_in_a_drawing_are_clean_too() -> None:
    cleaned, _ = strip_metadata("a.svg", made.svg(png_text="bluewhale"))
    text = cleaned.decode()
    for kept in ('d="M0 0h9"', 'class="drawn"', 'id="drawn"', "url(#drawn)", "seen <tspan>too</tspan> all", 'viewBox="0 0 9 9"', 'xmlns="http://www.w3.org/2000/svg"'):  # fmt: skip
        assert kept in text
    inside = re.search(r"base64,([^\"]*)", text)
    assert inside
    assert base64.b64decode(inside[1]) == made.png()


def test_what_is_hidden_and_used_elsewhere_in_a_drawing_stays() -> None:
    raw = (
        b'<svg xmlns="http://www.w3.org/2000/svg"><g display="none"><path id="a" d="M1 1"/></g>'
        b'<use href="#a"/></svg>'
    )
    assert b'<path id="a" d="M1 1"' in strip_metadata("a.svg", raw)[0]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.pdf", b"%PDF-1.4"),
        ("a.zip", b"PK"),
        ("a.mp4", b""),
        ("a.avif", b""),
        ("a.png", b""),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.png", made.png()[:-4]),
        ("a.png", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR"),
        ("a.jpg", b"GIF89a"),
        ("a.jpg", made.jpeg()[:-2]),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.jpg", b"\xff\xd8" + b"\xff" * 100),
        ("a.gif", made.gif()[:-1]),
        ("a.gif", b"GIF89a"),
        ("a.webp", b"RIFF\4\0\0\0WEBX"),
        ("a.gz", b""),
        ("a.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\0name"),
        ("a.gz", b"\x1f\x8b\x08"),
        ("a.gz", gzip.compress(b"", mtime=0) * 101),
        ("a.gz", b"\x1f\x8b\x08\x04\0\0\0\0\0\0\1"),
        ("a.gz", gzip.compress(b"the log", mtime=0)[:-9]),
        ("a.gz", gzip.compress(b"the log", mtime=0)[:10] + b"\xff" * 20),
        ("a.svg", b"<svg/>"),
        ("a.svg", b"<svg"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 1000 + b"</g>" * 1000 + b"</svg>"),
    ],
)  # fmt: skip
def test_what_can_not_be_cleaned_is_told_and_left_alone(name: str, raw: bytes) -> None:
    cleaned, why = strip_metadata(name, raw)
    assert cleaned == raw
    assert why


@pytest.mark.parametrize("name", ["a.txt", "a.log", "a.csv", "a.json", "a.har"])
def test_of_a_text_everything_is_seen(name: str) -> None:
    assert strip_metadata(name, b"bluewhale") == (b"bluewhale", "")


@pytest.mark.parametrize("make", PLACES)
def test_a_file_that_is_broken_anywhere_is_cleaned_or_told(make: Callable[..., bytes]) -> None:
    chance = random.Random(3)  # noqa: S311 - the same faults each time
    whole = make()
    for _ in range(300):
        raw = bytearray(whole)
        at = chance.randrange(len(raw))
        raw[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        raw = raw[: chance.choice((len(raw), chance.randrange(1, len(raw))))]
        cleaned, why = strip_metadata(f"a.{ENDINGS[make]}", bytes(raw))
        assert cleaned == raw or not why
