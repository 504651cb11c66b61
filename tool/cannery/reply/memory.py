"""The values last used, for the fields that ask to be remembered."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cannery.workspace import Workspace

_MAX_CHARS = 2000


def recall(workspace: Workspace) -> dict[str, str]:
    """The last values by field name; none where the file is missing or spoilt."""
    try:
        data = json.loads(_file(workspace).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}  # memory is a convenience: without it, the fields are asked as if for once
    return {
        str(key): value
        for key, value in (data.items() if isinstance(data, dict) else ())
        if isinstance(value, str)
    }


def remember(workspace: Workspace, values: Mapping[str, str]) -> None:
    """Keep the values for next time. Raises OSError where there is no place for them."""
    kept = {key: value for key, value in values.items() if len(value) <= _MAX_CHARS}
    if not kept:
        return
    write(_file(workspace), {**recall(workspace), **kept})


def write(path: Path, data: Mapping[str, object]) -> None:
    """Put JSON in a file of the user's own, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(prefix=".kb-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _file(workspace: Workspace) -> Path:
    return workspace.state / "values.json"
