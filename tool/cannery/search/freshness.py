"""What differs between two sets of stamps."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.model import Changes, Stamp


def diff(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> Changes:
    """The paths that came, changed and went; knows nothing of files or of an index."""
    return Changes(
        added=tuple(path for path in now if path not in before),
        changed=tuple(path for path in now if path in before and before[path] != now[path]),
        removed=tuple(path for path in before if path not in now),
    )
