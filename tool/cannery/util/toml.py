"""A settings file as a table, whatever it holds: of bounded size and depth."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

from cannery.util.encoding import decoded

MAX_BYTES = 1_000_000
_MAX_DOTS = 20
_LONE = re.compile(r"\r(?!\n)")  # old editors end lines so, and TOML does not
# Comments and texts, as they follow each other: what nothing closes goes on to the end, or to that
# of its line, and ends the reading there. Compiled for a file with many dots alone.
_TEXT = (
    r"(?s)#[^\n]*+"
    r"|\"\"\"(?>(?:[^\"\\]++|\\.|\"{1,2}(?!\"))*)(?:\"{3,5})?|'''(?>(?:[^']++|'{1,2}(?!'))*)(?:'{3,5})?"
    r"|\"(?>(?:[^\"\\\n]++|\\.)*)\"?|'[^'\n]*+'?"
)
_DOTTED = r"[\w-]++(?>(?:[ \t]*+\.[ \t]*+[\w-]++)*)"


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a TOML file; empty if there is none. Raises OSError, or ValueError with the reason."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):  # a home such as /dev/null has no files
        return {}
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError("not a regular file")
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES:,} bytes")
    return toml_of(_text_of(raw))


def toml_of(written: str, most: int = MAX_BYTES) -> dict[str, Any]:
    """Parse a text of TOML of so many letters at most. Raises ValueError with the reason."""
    if len(written) > most:
        raise ValueError(f"larger than {most:,} characters")
    text = _LONE.sub("\n", written.removeprefix("\ufeff"))
    if not text or text.isspace():
        return {}
    if text.count(".") > _MAX_DOTS:
        _refuse_long_keys(text)
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _text_of(raw: bytes) -> str:
    try:
        return decoded(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"not UTF-8 text (at line {line})") from error


def _as_letter(match: re.Match[str]) -> str:
    if match[0].startswith("#"):
        return ""
    return "\n" * match[0].count("\n") or "q"  # one of several lines is no key


def _refuse_long_keys(text: str) -> None:
    """`a.b.c` many thousand times over takes gigabytes to be read. Raises ValueError."""
    bare = re.sub(_TEXT, _as_letter, text)
    for match in re.finditer(_DOTTED, bare):
        if match[0].count(".") > _MAX_DOTS:
            line = bare.count("\n", 0, match.start()) + 1
            raise ValueError(f"a key of more than {_MAX_DOTS} parts (at line {line})")
