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


class UnusableError(GitError):
    """Git can't be used here, or refuses: that says nothing about the files or their history."""


NOT_INSTALLED = ("git is not installed", "Install git.")


def git_module(program: str) -> ModuleType:
    """GitPython, for this program of git."""
    for name in _LEFT_OUT & os.environ.keys():
        os.environ.pop(name, None)  # another thread may be here too
    os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = program
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # one that can't run tells why when it is asked
    import git

    return git


# As set inside a hook, they would turn every call to another repository; all but GIT_CONFIG_* of
# `git rev-parse --local-env-vars`, and what is in force while a push is received. Who writes, and
# how the remote is reached (GIT_AUTHOR_*, GIT_CONFIG_*, GIT_SSL_*, GIT_SSH*), is the user's own.
_OF_A_REPOSITORY = frozenset(
    """GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_CONFIG GIT_DIR GIT_GRAFT_FILE
    GIT_IMPLICIT_WORK_TREE GIT_INDEX_FILE GIT_INTERNAL_SUPER_PREFIX GIT_NAMESPACE
    GIT_NO_REPLACE_OBJECTS GIT_OBJECT_DIRECTORY GIT_PREFIX GIT_QUARANTINE_PATH GIT_REPLACE_REF_BASE
    GIT_SHALLOW_FILE GIT_WORK_TREE""".split()  # noqa: SIM905 - names are read
)
# What they make of output and of paths, nobody who reads them expects.
_OF_READING = frozenset(
    """GIT_ATTR_SOURCE GIT_DIFF_OPTS GIT_DIFF_PATH_COUNTER GIT_EXTERNAL_DIFF GIT_GLOB_PATHSPECS
    GIT_ICASE_PATHSPECS GIT_LITERAL_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_PAGER""".split()  # noqa: SIM905
)
_LEFT_OUT = _OF_A_REPOSITORY | _OF_READING
