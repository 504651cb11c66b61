"""Plain values kept in a file of the user's cache, all at once: a loss costs only time."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from pathlib import Path
from typing import Any


def load(path: Path, form: int, default: Any) -> Any:  # noqa: ANN401 - what was stored
    """What was stored in this form; `default` where there is nothing to be had."""
    try:
        version, value = marshal.loads(path.read_bytes())  # noqa: S302 - it makes values, and runs nothing
    except (OSError, ValueError, TypeError, EOFError):
        return default
    return value if version == _version(form) else default


def store(path: Path, form: int, value: Any) -> None:  # noqa: ANN401 - of Python's own types
    """Keep it. Without a place to write, it is made again."""
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(marshal.dumps((_version(form), value)))
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()


def _version(form: int) -> str:
    return f"{form} {sys.version}"
