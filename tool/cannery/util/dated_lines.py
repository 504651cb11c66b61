"""Lines of JSON that are kept for so many days: `time`, in seconds, is one of the keys of each."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cannery.util.atomic import locked, replace
from cannery.util.dated import DAY

_MAX_BYTES = 64_000_000


def append(path: Path, row: Mapping[str, object]) -> None:
    """Add a row, whole or not at all for who reads it. Raises OSError."""
    line = _line(row)
    with locked(path):
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(path, flags, 0o600)
        try:
            if os.fstat(handle).st_size + len(line) <= _MAX_BYTES:
                os.write(handle, line)
        finally:
            os.close(handle)


def write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Put these rows in the place of all that are there. Raises OSError.

    Whoever makes them of those that are there holds the lock of the path.
    """
    replace(path, b"".join(map(_line, rows)), mode=0o600)


def rows(path: Path) -> Iterator[Mapping[str, object]]:
    """The rows, without lines that are none: a disk may have been full. Raises OSError."""
    with path.open("rb") as file:
        for line in file.read(_MAX_BYTES).splitlines():
            if (row := _row(line)) is not None:
                yield row


def prune(path: Path, days: int) -> None:
    """Delete the rows that are too old. Raises OSError."""
    if not path.exists():
        return
    since = time.time() - days * DAY
    with locked(path):
        before = path.read_bytes()
        kept = [line for line in before.splitlines(keepends=True) if _is_kept(line, since)]
        if not kept:
            path.unlink()
        elif len(after := b"".join(kept)) < len(before):
            replace(path, after, mode=0o600)


def _line(row: Mapping[str, object]) -> bytes:
    """A row as it is kept; halves of letters, which JSON from elsewhere may have, as `?`."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def _is_kept(line: bytes, since: float) -> bool:
    row = _row(line)
    at = row.get("time") if row else None
    return isinstance(at, int | float) and since < at < time.time() + DAY


def _row(line: bytes) -> Mapping[str, object] | None:
    with contextlib.suppress(ValueError, RecursionError):
        row = json.loads(line)
        return row if isinstance(row, dict) else None
    return None
