"""Where a key of a settings file stands, and what is written there: TOML's reader tells neither."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from cannery.util.encoding import decoded
from cannery.util.toml import MAX_BYTES

_TABLE = re.compile(r"[ \t]*+\[{1,2}([^\[\]\n]++)\]")
_PAIR = re.compile(r"[ \t]*+([^=\n#]++)=[ \t]*+([^\n]*)")
_BARE = re.compile(r"[+\w.:-]+(?: [\w.:+-]+)?")


class Written(NamedTuple):
    """The 1-based line of a key, and its value where it is a bare one: no text, list or table."""

    line: int
    bare: str


def find_key(path: Path, name: str) -> Written | None:
    """Where the key of this whole name stands, `agent.phone`, or what it belongs to; None: nowhere.

    The file is one that could be read as TOML, or is yet to be written.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        text = decoded(file.read(MAX_BYTES), "replace").removeprefix("\ufeff")
    table, nearest = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = f"{_plain(match[1])}."
            written = Written(number, "")
            here = table[:-1]
        elif match := _PAIR.match(line):
            here = table + _plain(match[1])
            bare = _BARE.match(match[2])
            written = Written(number, bare[0].strip() if bare else "")
        else:
            continue
        if here == name or here.startswith(f"{name}."):
            return written
        if name.startswith(f"{here}."):
            nearest = written._replace(bare="")
    return nearest


def _plain(name: str) -> str:
    """A dotted name without quotes and blanks."""
    return ".".join(piece.strip().strip("\"'") for piece in name.split("."))
