"""Files beside the pages without what nobody sees of them: who made them, where, and with what."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from cannery.site.drawings import bare_drawing
from cannery.site.pictures import bare_gif, bare_jpeg, bare_png, bare_webp

_HAS_CHECK, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 2, 4, 8, 16


def bare_gzip(raw: bytes) -> bytes:
    """A packed file without the name, the time and the comment in its head."""
    try:
        magic, flags = struct.unpack_from("<3sB", raw)
        at = 10
        if magic != b"\x1f\x8b\x08":
            raise ValueError("not packed by gzip")
        if flags & _HAS_EXTRA:
            at += 2 + struct.unpack_from("<H", raw, at)[0]
        for mark in (_HAS_NAME, _HAS_COMMENT):
            if flags & mark:
                at = raw.index(b"\0", at) + 1
        at += 2 if flags & _HAS_CHECK else 0
    except struct.error as error:
        raise ValueError("a packed file that is cut off") from error
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + raw[at:]


_KINDS: Mapping[str, Callable[[bytes], bytes]] = {
    ".png": bare_png,
    ".jpg": bare_jpeg,
    ".jpeg": bare_jpeg,
    ".gif": bare_gif,
    ".webp": bare_webp,
    ".svg": bare_drawing,
    ".gz": bare_gzip,
}
# Of these all that they say is what a reader sees who opens them.
_PLAIN = frozenset((".txt", ".log", ".csv", ".json", ".har"))


def bare(name: str, raw: bytes) -> tuple[bytes, str]:
    """A file as it may be on a site, and why it is as its maker left it, where it is."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in _PLAIN:
        return raw, ""
    act = _KINDS.get(ending)
    if act is None:
        return raw, f"nothing here can clean {ending[1:]} files"
    try:
        return act(raw), ""
    except ValueError as error:
        return raw, str(error)
