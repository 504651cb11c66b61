"""Compare the stamps of files: which differ, and which are too young to be trusted."""

from __future__ import annotations

import time
from collections.abc import Mapping

from cannery.model.location import Changes, Stamp

# A file written again within one tick of its clock has the same stamp. Kernels tick in some
# milliseconds, a few old file systems in two seconds: those whose times are all whole.
_TICK = 20_000_000
_COARSE_TICK = 2_000_000_000
_WHOLE = 1_000_000_000
UNSETTLED: Stamp = (-1, 0, 0)  # equals no file's stamp: the next search reads the file again


def diff(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> Changes:
    """The paths that were added, changed and removed between two states."""
    if before == now:  # nearly always, and a hundred times faster than a look at each
        return Changes()
    return Changes(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted(path for path in now.keys() & before if before[path] != now[path])),
        removed=tuple(sorted(before.keys() - now.keys())),
    )


def is_settled(stamp: Stamp) -> bool:
    """Whether any later change of the file is sure to change its stamp."""
    _, *times = stamp
    tick = _COARSE_TICK if all(moment % _WHOLE == 0 for moment in times) else _TICK
    return not 0 <= time.time_ns() - max(times) < tick
