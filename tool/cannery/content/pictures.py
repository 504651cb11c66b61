"""Pictures without what their makers wrote into them: comments, cameras, places, names.

Not a pixel changes: whole pieces of the files are left out, and all that a picture needs to look
as it does stays. What is no such picture is a ValueError.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs hIST acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_TOLD = 0x0C  # the bits of VP8X that tell of Exif and XMP
_BITMAP = struct.pack("<I", 40)  # the size of the only head that icons have
_MAX_ICONS = 64
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = (
    0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE,
)  # fmt: skip
_BARE_MARKERS = frozenset((0x01, *range(0xD0, 0xD8)))
_ORIENTATION = 0x0112


def strip_png(raw: bytes) -> bytes:
    if not raw.startswith(_PNG):
        raise ValueError("not a PNG")
    pieces, at = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack(">I4s", _part(raw, at, 8))
        chunk = _part(raw, at, size + 12)
        if kind == b"iCCP":
            chunk = _unnamed_profile(chunk)
        if kind in _PNG_KEPT:
            pieces.append(chunk)
        if kind == b"IEND":
            return b"".join(pieces)
        at += size + 12


def _unnamed_profile(chunk: bytes) -> bytes:
    """A colour profile without the name that somebody gave it."""
    body = b"icc\0" + chunk[8:-4].partition(b"\0")[2]
    kind = b"iCCP" + body
    return struct.pack(">I", len(body)) + kind + struct.pack(">I", zlib.crc32(kind))


def strip_jpeg(raw: bytes) -> bytes:
    if _part(raw, 0, 2) != bytes((0xFF, _SOI)):
        raise ValueError("not a JPEG")
    head: list[bytes] = []
    rest: list[bytes] = []
    turned = 1
    for kind, piece in _segments(raw):
        if kind == _APP1:
            turned = _turned(piece) if piece[4:10] == b"Exif\0\0" else turned
        elif _is_kept(kind, piece):
            (head if kind == _APP0 and not rest else rest).append(piece)
    if turned != 1:  # how a browser must turn it
        head.append(_exif(turned))
    return b"".join([raw[:2], *head, *rest])


def _is_kept(kind: int, piece: bytes) -> bool:
    if _APP0 <= kind <= _APP15:
        signature = {_APP0: b"JFIF\0", _APP2: b"ICC_PROFILE\0", _APP14: b"Adobe"}.get(kind)
        return signature is not None and piece[4:].startswith(signature)
    return kind != _COM


def _segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments behind the first marker, each with its kind, up to the end of the picture."""
    at = 2
    while True:
        if _part(raw, at, 1) != b"\xff":
            raise ValueError("a damaged JPEG")
        kind = _part(raw, at + 1, 1)[0]
        if kind == 0xFF:  # noqa: PLR2004 - a byte that fills
            at += 1
            continue
        end = at + 2
        if kind not in _BARE_MARKERS and kind != _EOI:
            end += int.from_bytes(_part(raw, end, 2), "big")
        if kind == _SOS:
            end = _scan_end(raw, end)
        yield kind, _part(raw, at, end - at)
        if kind == _EOI:
            return
        at = end


def _scan_end(raw: bytes, at: int) -> int:
    """Where a scan's data ends: at a marker that is none of those within it."""
    while True:
        at = raw.find(b"\xff", at)
        if at < 0 or at + 1 >= len(raw):
            raise ValueError("a truncated JPEG")
        if raw[at + 1] != 0 and raw[at + 1] not in _BARE_MARKERS and raw[at + 1] != 0xFF:  # noqa: PLR2004 - as above
            return at
        at += 1 if raw[at + 1] == 0xFF else 2  # noqa: PLR2004 - as above


def _turned(piece: bytes) -> int:
    """How the picture is to be turned, of its Exif."""
    tiff = piece[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + number * 12)
            if tag == _ORIENTATION:
                return int(value) if value in range(1, 9) else 1
    except struct.error:
        return 1
    return 1


def _exif(turned: int) -> bytes:
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return bytes((0xFF, _APP1)) + struct.pack(">H", len(body) + 2) + body


def strip_gif(raw: bytes) -> bytes:
    if _part(raw, 0, 6) not in {b"GIF87a", b"GIF89a"}:
        raise ValueError("not a GIF")
    at = 13 + _table(_part(raw, 10, 1)[0])
    pieces = [_part(raw, 0, at)]
    while (mark := _part(raw, at, 1)) != b"\x3b":
        start = at
        if mark == b"\x2c":
            end = _blocks_end(raw, at + 11 + _table(_part(raw, at + 9, 1)[0]))
            pieces.append(raw[start:end])
        elif mark == b"\x21":
            label = _part(raw, at + 1, 1)
            end = _blocks_end(raw, at + 2)
            if label == b"\xf9" or (label == b"\xff" and raw[at + 3 : at + 14] in _GIF_KEPT):
                pieces.append(raw[start:end])
        else:
            raise ValueError("a damaged GIF")
        at = end
    return b"".join([*pieces, b"\x3b"])


def _table(flags: int) -> int:
    """The size of a table of colours, if there is one."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(raw: bytes, at: int) -> int:
    while size := _part(raw, at, 1)[0]:
        at += size + 1
    return at + 1


def strip_webp(raw: bytes) -> bytes:
    if _part(raw, 0, 4) != b"RIFF" or _part(raw, 8, 4) != b"WEBP":
        raise ValueError("not a WebP")
    end = min(len(raw), int.from_bytes(raw[4:8], "little") + 8)
    pieces, at = [b"WEBP"], 12
    while at + 8 <= end:
        kind, size = struct.unpack("<4sI", _part(raw, at, 8))
        chunk = _part(raw, at, 8 + size)
        if kind == b"VP8X" and size:
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_TOLD,)) + chunk[9:]
        if kind in _WEBP_KEPT:
            pieces.append(chunk + b"\0" * (size % 2))
        at += 8 + size + size % 2
    body = b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def strip_ico(raw: bytes) -> bytes:
    """An icon's pictures, each a PNG or the bare rows of a bitmap."""
    reserved, kind, count = struct.unpack("<HHH", _part(raw, 0, 6))
    if reserved or kind != 1 or not 0 < count <= _MAX_ICONS:
        raise ValueError("not an icon")
    rows = [_part(raw, 6 + 16 * at, 16) for at in range(count)]
    places = [struct.unpack("<II", row[8:]) for row in rows]
    if sum(size for size, _ in places) > len(raw):
        raise ValueError("a damaged icon")
    pictures = [_icon(_part(raw, at, size)) for size, at in places]
    head, at = [raw[:6]], 6 + 16 * count
    for row, picture in zip(rows, pictures, strict=True):
        head.append(row[:8] + struct.pack("<II", len(picture), at))
        at += len(picture)
    return b"".join((*head, *pictures))


def _icon(picture: bytes) -> bytes:
    if picture.startswith(_BITMAP):
        return picture
    return strip_png(picture)


def _part(raw: bytes, at: int, size: int) -> bytes:
    if at + size > len(raw):
        raise ValueError("a truncated image")
    return raw[at : at + size]
