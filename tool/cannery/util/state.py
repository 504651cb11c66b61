"""The JSON that `kb` keeps for itself, read with bounds: the one way of doing it.

Such a file may be cut short, overwritten, or made by somebody who means harm. One that can't be
read is set aside under another name, so that nothing is lost, and the command goes on without it;
`notices` has what there is to say of it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from cannery.errors import CanneryError
from cannery.util import notices

_T = TypeVar("_T")
MAX_BYTES = 64_000_000
_MARK = ".unreadable-"
_MOST = 1000  # of one name that are set aside
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
# What is wrong with the file itself, and will be the next time: not with disk, memory or network.
_LASTING = frozenset((errno.EACCES, errno.EPERM, errno.ELOOP, errno.EISDIR, errno.ENXIO))
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_BLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class StateError(CanneryError):
    """A file of `kb`'s own can't be used, and must not be lost."""


def load(path: Path, shape: Callable[[Any], _T], default: _T, *, limit: int = MAX_BYTES) -> _T:
    """Load a file that is a convenience; `default` if it is missing or unusable.

    `shape` makes of the JSON what is wanted, and raises ValueError, TypeError, LookupError or
    AttributeError where it is no such thing. Then, and where it is not JSON, a giant, nested too
    deep, a link or no file at all, it is set aside.
    """
    try:
        return _read(path, shape, limit)
    except _UnreadableError as error:
        notices.add(set_aside(path, str(error))[1])
    except OSError:
        pass
    return default


def load_kept(path: Path, shape: Callable[[Any], _T], default: _T, *, limit: int = MAX_BYTES) -> _T:
    """Like `load`, for data to keep. Raises StateError if a bad file can't be set aside."""
    try:
        return _read(path, shape, limit)
    except FileNotFoundError:
        return default
    except _UnreadableError as error:
        path_now, notice = set_aside(path, str(error))
        if path_now == path:
            raise StateError(notice, "Move it away, or make it your own.") from error
        notices.add(notice)
    except OSError as error:
        raise StateError(f"{path}: {error.strerror}", "Nothing was changed.") from error
    return default


def store(path: Path, value: object, *, mode: int | None = 0o600, sync: bool = False) -> None:
    """Keep a value as JSON, whole or not at all, its folder made if need be. Raises OSError."""
    from cannery.util.atomic import replace  # a search reads alone

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace(path, text.encode("utf-8", "surrogatepass"), mode=mode, sync=sync)


def text(value: object) -> str:
    """Check that a loaded value is a str without lone surrogates. Raises ValueError.

    A file's name may have stray bytes, and is not for this.
    """
    if not isinstance(value, str):
        raise ValueError("not text")
    value.encode()  # raises it for half a letter
    return value


def set_aside(path: Path, reason: str, endings: Sequence[str] = ()) -> tuple[Path, str]:
    """Rename an unreadable file; its new path, and the line to show to the user.

    It is where it was if it can't be moved. With it go the files of its name and these endings,
    such as a database's journals.
    """
    now = _moved(path)
    if now == path:
        return now, f"{path} can't be read ({reason}), and can't be moved away"
    for ending in endings:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(now.with_name(now.name + ending))
    return now, f"{path} can't be read ({reason}): it was renamed to {now.name}"


def _moved(path: Path) -> Path:
    for number in range(1, _MOST):
        other = path.with_name(f"{path.name}{_MARK}{number}")
        if not os.path.lexists(other):
            with contextlib.suppress(OSError):
                return path.rename(other)
            break
    return path


class _UnreadableError(Exception):
    """Why a file can't be read."""


def _read(path: Path, shape: Callable[[Any], _T], limit: int) -> _T:
    data = _bytes(path, limit)
    try:
        return shape(json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_refuse))
    except RecursionError as error:
        raise _UnreadableError("nested too deeply") from error
    except json.JSONDecodeError as error:
        raise _UnreadableError(f"invalid JSON on line {error.lineno}") from error
    except UnicodeDecodeError as error:
        raise _UnreadableError("not text") from error
    except _FAULTS as error:
        raise _UnreadableError("unexpected content") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and the like, which kb writes nowhere and compare with nothing


def _bytes(path: Path, limit: int) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_BLOCK | _BINARY)
    except OSError as error:
        if error.errno in _LASTING:
            reason = "a link" if error.errno == errno.ELOOP else error.strerror
            raise _UnreadableError(reason) from error
        raise
    try:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            raise _UnreadableError("not a regular file")
        if info.st_size <= limit:
            with open(handle, "rb", closefd=False) as file:
                data = file.read(limit + 1)
            if len(data) <= limit:
                return data
        raise _UnreadableError(f"more than {limit / 1e6:g} MB")
    finally:
        os.close(handle)
