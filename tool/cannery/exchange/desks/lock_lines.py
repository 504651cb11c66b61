"""A lock file as `lock_text` writes it, read line by line.

A parser of TOML takes seconds for the lock file of 15,000 entries, and this a fifth of that. What
is not written exactly so, such as by hand, is left to that parser, also to say what is wrong.
"""

from __future__ import annotations

import re
from typing import Any

from cannery.git.tables import HEAD

_QUOTED = r'"[^"\\\x00-\x1f\x7f]*+"'
_KEY = rf"(?:[A-Za-z0-9_-]++|{_QUOTED})"
_KEYS = rf"({_KEY})(?:\.({_KEY}))?"
_TABLE = re.compile(rf"\[{_KEYS}\]")
_VALUE = re.compile(rf"{_KEYS} = ({_QUOTED})")


def table_of_lines(text: str) -> dict[str, Any] | None:
    """What a parser of TOML makes of the text; None where that is to be asked."""
    data: dict[str, Any] = {}
    table: dict[str, Any] | None = None
    for line in text.split("\n"):
        if not line or line == HEAD:
            continue
        if found := _VALUE.fullmatch(line):
            if table is None or not _put(table, found[1], found[2], found[3][1:-1]):
                return None
        elif found := _TABLE.fullmatch(line):
            table = {}
            if not _put(data, found[1], found[2], table):
                return None
        else:
            return None
    return data


def _put(holder: dict[str, Any], key: str, inner: str | None, value: object) -> bool:
    """Put a value below one or two keys; False where something is there, which is for TOML."""
    below: Any = holder
    if inner is not None:
        below = holder.setdefault(_plain(key), {})
        key = inner
    key = _plain(key)
    if not isinstance(below, dict) or key in below:
        return False
    below[key] = value
    return True


def _plain(key: str) -> str:
    return key[1:-1] if key[0] == '"' else key
