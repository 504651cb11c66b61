"""The key that ids are hashed with: they can't be guessed from the database alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 32
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def local_key(path: Path) -> bytes:
    """The key, made if it is missing. Raises OSError, and ValueError for one that is none.

    Whoever calls this is alone in doing so.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except FileNotFoundError:
        return _made(path)
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        key = file.read(_BYTES + 1)
    if len(key) != _BYTES:
        raise ValueError("it is not a key that kb has made")
    return key


def _made(path: Path) -> bytes:
    from cannery.util.atomic import replace

    key = secrets.token_bytes(_BYTES)
    replace(path, key, mode=0o600, sync=True)
    return key
