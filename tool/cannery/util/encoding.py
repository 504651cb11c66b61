"""The encoding of a text file, as its byte order mark tells; without one it is UTF-8.

Windows' own editor and PowerShell's `>` write UTF-16.
"""

from __future__ import annotations

UTF_8 = "utf-8"
# The longer marks first: UTF-32's begins as UTF-16's does.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Without a mark: where the zeros are around a first letter of ASCII.
_ZEROS = (
    ((False, True, True, True), "utf-32-le"),
    ((True, True, True, False), "utf-32-be"),
    ((False, True, False, True), "utf-16-le"),
    ((True, False, True, False), "utf-16-be"),
)


def encoding_of(raw: bytes) -> str:
    """The codec of a file's bytes; it keeps the mark as the text's first character, U+FEFF."""
    if marked := next((name for mark, name in _MARKS if raw.startswith(mark)), ""):
        return marked
    zeros = tuple(not byte for byte in raw[:4])
    return next((name for places, name in _ZEROS if zeros == places), UTF_8)


def decoded(raw: bytes, errors: str = "strict") -> str:
    """A file's bytes as text, a byte order mark included. Raises UnicodeDecodeError."""
    return raw.decode(encoding_of(raw), errors)
