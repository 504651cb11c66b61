"""Strip metadata (author, place, program) from the files that are published beside the pages."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from cannery.content.pictures import strip_gif, strip_ico, strip_jpeg, strip_png, strip_webp
from cannery.content.svg import strip_svg

_HAS_CHECK, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 2, 4, 8, 16
_MAGIC, _BARE_HEAD = b"\x1f\x8b\x08", b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_CHECKSUM = 8  # bytes behind what is packed: that, and a size
_CHUNK = 65_536
_MAX_UNPACKED = 200_000_000  # bytes of a part
_MAX_PARTS = 100


def strip_gzip(raw: bytes) -> bytes:
    """A packed file without the names, times and comments in the heads of its parts."""
    if not raw.startswith(_MAGIC):
        raise ValueError("not compressed with gzip")
    pieces: list[bytes] = []
    at = 0
    while raw.startswith(_MAGIC, at):  # what else stands behind a part, no program unpacks
        begin = _head_end(raw, at)
        at = _packed_end(raw, begin)
        pieces += [_BARE_HEAD, raw[begin:at]]
        if len(pieces) > 2 * _MAX_PARTS:
            raise ValueError(f"a compressed file of more than {_MAX_PARTS} parts")
    return b"".join(pieces)


def _head_end(raw: bytes, at: int) -> int:
    try:
        flags = raw[at + 3]
        end = at + len(_BARE_HEAD)
        if flags & _HAS_EXTRA:
            end += 2 + struct.unpack_from("<H", raw, end)[0]
        for mark in (_HAS_NAME, _HAS_COMMENT):
            if flags & mark:
                end = raw.index(b"\0", end) + 1
    except (struct.error, IndexError) as error:
        raise ValueError("a truncated compressed file") from error
    return end + (2 if flags & _HAS_CHECK else 0)


def _packed_end(raw: bytes, begin: int) -> int:
    """Where a part ends, which only unpacking tells."""
    reader, room = zlib.decompressobj(-zlib.MAX_WBITS), _MAX_UNPACKED
    for start in range(begin, len(raw), _CHUNK):
        rest = raw[start : start + _CHUNK]
        end = start + len(rest)
        while rest and not reader.eof:
            try:
                room -= len(reader.decompress(rest, _CHUNK))
            except zlib.error as error:
                raise ValueError("a damaged compressed file") from error
            if room < 0:
                raise ValueError("a compressed file that is too large to check")
            rest = reader.unconsumed_tail
        if reader.eof:
            return end - len(reader.unused_data) + _CHECKSUM
    raise ValueError("a truncated compressed file")


_KINDS: Mapping[str, Callable[[bytes], bytes]] = {
    ".png": strip_png,
    ".jpg": strip_jpeg,
    ".jpeg": strip_jpeg,
    ".gif": strip_gif,
    ".webp": strip_webp,
    ".ico": strip_ico,
    ".svg": strip_svg,
    ".gz": strip_gzip,
}
# Of these all that they say is what a reader sees who opens them.
_PLAIN = frozenset((".txt", ".log", ".csv", ".json", ".har"))


def strip_metadata(name: str, raw: bytes) -> tuple[bytes, str]:
    """The file without metadata, and why it still has it; empty if it has none."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in _PLAIN:
        return raw, ""
    act = _KINDS.get(ending)
    if act is None:
        return raw, f"{ending[1:]} files can't be cleaned"
    try:
        return act(raw), ""
    except ValueError as error:
        return raw, str(error)
