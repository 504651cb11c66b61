"""The vectors of a knowledge base's entries, in one file beside the index, by path and content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from struct import Struct, error
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from cannery.errors import IndexFaultError

if TYPE_CHECKING:
    from cannery.search.encoder import Vector

_MAGIC = b"kb-mean1"
_HEAD = Struct("<8sII")  # magic, checksum of what follows, bytes of the notes
_PREFIX = "meaning-"
_NONE: Mapping[str, Any] = MappingProxyType({})


class Vectors(NamedTuple):
    """`state` of the index that they were made for; by path the hash of a file, and its vector."""

    state: tuple[int, ...] = ()
    hashes: Mapping[str, str] = _NONE
    rows: Mapping[str, Vector] = _NONE


def path_of(cache: Path, model: str) -> Path:
    return cache / f"{_PREFIX}{model}"


def load(path: Path) -> Vectors:
    """What the file has; nothing, where it isn't there or is spoilt."""
    import numpy as np

    try:
        data = path.read_bytes()
        magic, checksum, size = _HEAD.unpack_from(data)
        if magic != _MAGIC or crc32(memoryview(data)[_HEAD.size :]) != checksum:
            return Vectors()
        start = _HEAD.size + size
        state, hashes = json.loads(data[_HEAD.size : start])
        matrix = np.frombuffer(data, dtype="<f2", offset=start)
    except (OSError, ValueError, error):
        return Vectors()
    rows = matrix.reshape(len(hashes), -1) if hashes else matrix
    return Vectors(tuple(state), hashes, dict(zip(hashes, rows, strict=True)))


def store(path: Path, vectors: Vectors) -> None:
    """Those of another model go: they are made for one at a time. Raises IndexFaultError."""
    import numpy as np

    from cannery.util.atomic import replace

    notes = json.dumps([vectors.state, dict(vectors.hashes)]).encode()
    rows = [vectors.rows[name] for name in vectors.hashes]
    body = notes + (np.array(rows, dtype="<f2").tobytes() if rows else b"")
    try:
        replace(path, _HEAD.pack(_MAGIC, crc32(body), len(notes)) + body)
        for other in path.parent.glob(f"{_PREFIX}*"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError as fault:
        raise IndexFaultError(
            f"what entries mean can't be kept in {path.parent}: {fault.strerror}",
            "Free up space there, or take [meaning] out of your settings.",
        ) from fault
