"""What is common to all that Git is asked: its errors, and the environment that it runs in."""

from __future__ import annotations

import os

from cannery.errors import CanneryError
from cannery.util.address import without_credentials


class GitError(CanneryError):
    """Git can't do what was asked. Addresses in it are shown without who signs in there."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(without_credentials(message), without_credentials(hint))


def leave_hook() -> None:
    """Forget the repository of the hook that this process may run in.

    GIT_DIR and its kin would turn every call to another repository.
    """
    for name in [name for name in os.environ if name.startswith("GIT_") and name not in _KEPT]:
        os.environ.pop(name, None)  # another thread may be here too


_KEPT = ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR", "GIT_TERMINAL_PROMPT")
