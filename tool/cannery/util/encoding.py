"""The encoding of a text file, as its byte order mark tells; without one it is UTF-8.

Windows' own editor and PowerShell's `>` write UTF-16.
"""

from __future__ import annotations

import codecs

TYPE_CHECKING = False  # `typing` takes long to load
if TYPE_CHECKING:
    from pathlib import Path

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


# Of a file without a byte order mark: UTF-8, else what Excel in Japan writes, else Windows' own.
GUESSES = (UTF_8, "cp932", "cp1252")
_CHUNK = 1_000_000


def encoding_of(raw: bytes) -> str:
    """The codec of a file's bytes; it keeps the mark as the text's first character, U+FEFF."""
    if marked := next((name for mark, name in _MARKS if raw.startswith(mark)), ""):
        return marked
    zeros = tuple(not byte for byte in raw[:4])
    return next((name for places, name in _ZEROS if zeros == places), UTF_8)


def decoded(raw: bytes, errors: str = "strict") -> str:
    """A file's bytes as text, a byte order mark included. Raises UnicodeDecodeError."""
    return raw.decode(encoding_of(raw), errors)


def encoding_of_file(path: Path) -> str:
    """The codec of a file of any size, which is read as a stream. Raises ValueError, OSError."""
    with path.open("rb") as file:
        head = file.read(4)
    known = encoding_of(head)
    for guess in (known,) if known != UTF_8 else GUESSES:
        if _decodes(path, guess):
            return guess
    raise ValueError("its letters are in no encoding that is known here")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
