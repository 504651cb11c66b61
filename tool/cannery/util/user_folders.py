"""The user's own folders, such as settings and cache. Raises NoHomeError where there is no home.

A user without an account, as in a container that runs as any number, has none unless HOME is set.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

from cannery.errors import CanneryError

_APP = "cannery"


class NoHomeError(CanneryError):
    """Nobody says where this user's files are to be."""


def config() -> Path:
    return _absolute(platformdirs.user_config_path)


def home() -> Path:
    return _absolute(lambda _: Path.home())


def data() -> Path:
    return _absolute(platformdirs.user_data_path)


def cache() -> Path:
    return _absolute(platformdirs.user_cache_path)


def state() -> Path:
    return _absolute(platformdirs.user_state_path)


def logs() -> Path:
    return _absolute(platformdirs.user_log_path)


def _absolute(asked: Callable[[str], Path]) -> Path:
    try:
        path = asked(_APP)
    except RuntimeError:  # of newer releases; older ones answer with ~, or what is relative
        path = Path()
    if not path.is_absolute():
        raise NoHomeError(
            "no home folder: HOME is not set, and this user has no account that names one",
            "Set HOME to a folder that you may write to.",
        )
    return path
