"""The encoding of this machine's locale: of what is typed, piped in and shown, where it is another.

Files and their names are UTF-8 on every machine, since Git hands them on from one to the next. So
`kb` runs in Python's UTF-8 mode, and what the locale says counts for arguments, standard streams
and what other programs wrote. A text that is in no such encoding is refused by its name; what a
stream has no letter for is shown as its number, and that is told.
"""

from __future__ import annotations

import codecs
import os
import sys

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from typing import TextIO

    from cannery.errors import UsageError

UTF_8 = "utf-8"
_OURS = "1"  # of -X utf8: this process was begun by another, whose locale is not UTF-8
_TOLD, _ROW_13 = "cannery.told", "cannery.row13"  # how errors are handled
_SHOWN = 5
_MOST = 10_000_000  # bytes of a text that is piped in
_LINE = 80  # bytes; what is longer is no argument
# Bytes after which a pair is of row 13 (①, ㈱), as terminals have it that are in EUC-JP.
_ROW_13_LEAD = 0xAD
_WIDER = {"euc_jp": ("euc_jp", _ROW_13), "shift_jis": ("cp932", "strict")}
_first_lacking: dict[str, str] = {}  # by encoding


def restart_in_utf8() -> None:
    """Begin this process again in UTF-8 mode, unless names of files are UTF-8 already."""
    is_said = "utf8" in sys._xoptions  # noqa: SLF001 - the documented name of it
    if sys.getfilesystemencoding() == UTF_8 or is_said or not sys.executable:
        return
    try:
        begun = [os.fsencode(sys.executable), b"-X", b"utf8=" + _OURS.encode(), *_typed()[1:]]
        os.execv(sys.executable, begun)  # noqa: S606 - itself
    except (OSError, UnicodeEncodeError):
        return  # a system without /proc: what is in other letters than the locale's is refused


def prepare() -> None:
    """Have the standard streams read and show what they are given, without a letter less."""
    codecs.register_error(_TOLD, _numbered)
    codecs.register_error(_ROW_13, _row_13)
    known = None if os.environ.get("PYTHONIOENCODING") or not _is_ours() else encoding()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # none of a test, or of a helper
            errors = "surrogateescape" if stream is sys.stdin else _TOLD
            stream.reconfigure(encoding=known, errors=errors)


def encoding() -> str:
    """The codec of the locale; UTF-8 for one that knows no more than ASCII."""
    if sys.flags.utf8_mode and not _is_ours():
        return UTF_8
    import locale

    try:
        name = codecs.lookup(locale.getencoding()).name
    except LookupError:
        return UTF_8
    return UTF_8 if name == "ascii" else name


def are_read(arguments: list[str]) -> bool:
    """Whether arguments are what was typed, and `argument` has nothing to do."""
    try:
        typed = "".join(arguments).encode()
    except UnicodeEncodeError:
        return False
    return typed.isascii() or encoding() == UTF_8


def argument(text: str, name: str) -> str:
    """An argument as it was typed; a file's name as it is. Raises UsageError, which says whose."""
    if are_read([text]) or os.path.lexists(text):
        return text
    raw = os.fsencode(text)
    decoded = _decoded(raw, _codecs(encoding()))
    if decoded is None:
        raise _refused(name, raw)
    return decoded


def line_of(text: str, name: str) -> str:
    """A line that a stream has decoded. Raises UsageError for bytes of it that were no text."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _refused(name, os.fsencode(text)) from error
    return text


def text_of(raw: bytes, name: str) -> str:
    """What a file, a stream or a program has written, without a byte order mark.

    UTF-8 or what its first bytes tell, or else the locale's. JSON is UTF-8 by its rules, and may be
    read as other Japanese. Raises UsageError, which says by its name what can't be read.
    """
    from cannery.util.encoding import encoding_of

    told = encoding_of(raw)
    local = _codecs(encoding())
    ways = [(told, "strict")] if told != UTF_8 else local
    if raw.lstrip()[:1] in (b"{", b"["):
        ways = [(told, "strict"), *ways]
    decoded = _decoded(raw, ways)
    if decoded is None:
        raise _refused(name, raw)
    return decoded.removeprefix("\ufeff")


def bytes_of(stream: TextIO, most: int = 0) -> bytes:
    """What stdin holds, for `text_of`: all of it, or as many bytes.

    Raises UsageError if all of it is more than any text, as where it never ends.
    """
    buffer = getattr(stream, "buffer", None)  # a stream that is made of text has none
    size = most or _MOST + 1
    raw: bytes = buffer.read(size) if buffer else stream.read(size).encode()
    if not most and len(raw) > _MOST:
        from cannery.errors import UsageError

        raise UsageError(f"stdin has more than {_MOST:,} bytes", "Give it a shorter text.")
    return raw


def as_shown(text: str) -> bytes:
    """A text for a terminal that is written to directly."""
    return text.encode(encoding(), _TOLD)


def lacking(text: str, code: str) -> list[str]:
    """The characters that an encoding lacks, each once."""
    if text.isascii() or code.lower().startswith("utf"):
        return []
    return [letter for letter in dict.fromkeys(text) if not _has(code, letter)]


def numbers(letters: list[str]) -> str:
    """The characters by their numbers, of which a terminal has all digits: U+1F600, U+2460."""
    shown = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:_SHOWN])
    return f"{shown} and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else shown


def shown_name(code: str) -> str:
    """An encoding as people write it: EUC-JP."""
    return code.replace("_", "-").upper()


def _typed() -> list[bytes]:
    """The command line of this process, byte for byte: what Python made of it may not lead back."""
    with open("/proc/self/cmdline", "rb") as file:  # noqa: PTH123 - pathlib takes long to load
        return file.read().split(b"\0")[:-1]


def _is_ours() -> bool:
    return sys._xoptions.get("utf8") == _OURS  # noqa: SLF001 - the documented name of it


def _codecs(code: str) -> list[tuple[str, str]]:
    """In which encodings, and how strictly, a text is read: the first that fits."""
    known = [(code, "strict"), *filter(None, (_WIDER.get(code),)), (UTF_8, "strict")]
    return [*dict.fromkeys(known)]


def _decoded(raw: bytes, ways: list[tuple[str, str]]) -> str | None:
    for code, errors in ways:
        try:
            return raw.decode(code, errors)
        except UnicodeDecodeError:
            continue
    return None


def _refused(name: str, raw: bytes) -> UsageError:
    from cannery.errors import UsageError

    names = " or ".join(dict.fromkeys(map(shown_name, (encoding(), UTF_8))))
    shown = f": {raw.decode('ascii', 'backslashreplace')}" if len(raw) <= _LINE else ""
    return UsageError(f"{name}: not {names} text{shown}", "Give it as UTF-8.")


def _has(code: str, letter: str) -> bool:
    try:
        letter.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def _numbered(error: UnicodeError) -> tuple[str | bytes, int]:
    """What a stream has no letter for as its number, U+2460 as in JSON. That is told at the end."""
    if isinstance(error, UnicodeEncodeError) and error.encoding != UTF_8:
        from cannery.util import notices

        first = _first_lacking.setdefault(error.encoding, error.object[error.start])
        code = shown_name(error.encoding)
        notices.add(f"{code} lacks some characters, such as {numbers([first])}: see their numbers.")
    return codecs.backslashreplace_errors(error)


def _row_13(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == _ROW_13_LEAD:
        pair = error.object[error.start : error.start + 2]
        return pair.decode("euc_jis_2004"), error.start + len(pair)
    raise error
