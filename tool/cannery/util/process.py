"""Other processes of this machine."""

from __future__ import annotations

import os
import sys


def is_alive(process: int) -> bool:
    """Whether there is such a process, as far as this one can tell; if in doubt, there is."""
    if sys.platform == "win32":  # what asks elsewhere is ^C to all on this terminal there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's; no number of a process
        return True
    return True
