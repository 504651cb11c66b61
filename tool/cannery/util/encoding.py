"""The encoding of a text file, as its byte order mark tells; without one it is UTF-8.

Windows' own editor and PowerShell's `>` write UTF-16.
"""

from __future__ import annotations

import codecs

TYPE_CHECKING = False  # `typing` takes long to load
if TYPE_CHECKING:
    from collections.abc import Iterator
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
_FEW = 20  # a file of another encoding has one in two that can't be read, and not one in 20


def encoding_of(raw: bytes) -> str:
    """The codec of a file's bytes; it keeps the mark as the text's first character, U+FEFF."""
    if marked := next((name for mark, name in _MARKS if raw.startswith(mark)), ""):
        return marked
    zeros = tuple(not byte for byte in raw[:4])
    return next((name for places, name in _ZEROS if zeros == places), UTF_8)


def decoded(raw: bytes, errors: str = "strict") -> str:
    """A file's bytes as text, a byte order mark included. Raises UnicodeDecodeError."""
    return raw.decode(encoding_of(raw), errors)


def encoding_of_file(path: Path) -> tuple[str, bool]:
    """The codec of a file of any size, and whether it is damaged: a few letters are none of it.

    Raises ValueError where no codec fits, OSError.
    """
    with path.open("rb") as file:
        known = encoding_of(file.read(4))
    if _decodes(path, known):
        return known, False
    letters, wrong = _counted(path, known)
    if wrong * _FEW <= letters:
        return known, True
    for guess in GUESSES[1:] if known == UTF_8 else ():
        if _decodes(path, guess):
            return guess, False
    raise ValueError("its letters are in no encoding that is known here")


def _decodes(path: Path, encoding: str) -> bool:
    try:
        for _ in _texts(path, encoding, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _counted(path: Path, encoding: str) -> tuple[int, int]:
    """How many letters of a file are not of ASCII, and how many can't be read."""
    letters = wrong = 0
    for text in _texts(path, encoding, "replace"):
        letters += sum(not letter.isascii() for letter in text)
        wrong += text.count("\ufffd")
    return letters, wrong


def _texts(path: Path, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
