"""GitPython, translated into GitError. No other module imports it."""

from __future__ import annotations

import os
from types import ModuleType

from cannery.errors import CanneryError
from cannery.util.address import without_credentials


class GitError(CanneryError):
    """Git can't do what was asked. Addresses in it are shown without who signs in there."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(without_credentials(message), without_credentials(hint))


def git_module(program: str) -> ModuleType:
    """GitPython, which asks this program of git for its version as it is loaded."""
    # GIT_DIR and its kin, as set inside a hook, would turn every call to another repository.
    for name in [name for name in os.environ if name.startswith("GIT_") and name not in _KEPT]:
        os.environ.pop(name, None)  # another thread may be here too
    os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = program
    try:
        import git
    except ImportError as error:
        raise GitError("git is not installed", "Install git.") from error
    return git


_KEPT = (
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_EDITOR",
    "GIT_TERMINAL_PROMPT",
    "GIT_PYTHON_GIT_EXECUTABLE",  # ours, above
)
