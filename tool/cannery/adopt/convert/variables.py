"""The values that a tool's settings give to names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_MAX_DEPTH = 6


def texts_in(values: Any, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as deep as the settings are
    """Each text of a table by its name, `outer.inner` for those of tables within."""
    if isinstance(values, dict) and depth < _MAX_DEPTH:
        for name, value in values.items():
            if isinstance(value, str | int | float):
                yield f"{prefix}{name}", str(value)
            else:
                yield from texts_in(value, f"{prefix}{name}.", depth + 1)
