"""Where tokens are kept: by the origin that they are for, readable by their user alone.

That is the system's keyring, if there is one that is safe; a file says which origins are in it, and
has the tokens of the others.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cannery.errors import CanneryError
from cannery.rest import keyring_store
from cannery.rest.credential import Credential, as_data, from_data
from cannery.util import lock, state, user_folders
from cannery.util.trust import distrust, is_mine

_MOST = 1_000_000  # bytes of the file
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
Waiting = Callable[[str], None]
_IN_KEYRING = {"keyring": True}
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class CredentialsError(CanneryError):
    """The file of credentials can't be used."""


def credentials_path() -> Path:
    """The file. It lies with what `kb` keeps for itself: folders of settings are often shared."""
    return user_folders.state() / "credentials.json"


def stored(origin: str) -> Credential | None:
    """What is kept for an origin, such as `https://acme.zendesk.com`.

    Raises CredentialsError, and KeyringFaultError for a keyring that is locked.
    """
    row = _rows().get(origin)
    if row == _IN_KEYRING:
        secret = keyring_store.get(origin)
        return _credential(_parsed(secret)) if secret else None
    return _credential(row) if row else None


def origins() -> tuple[str, ...]:
    """The origins that something is kept for. Raises CredentialsError."""
    return tuple(_rows())


def keep(origin: str, credential: Credential) -> None:
    """Keep a credential in place of the one before, safe from a power cut once this returns.

    Only within `locked`. Raises CredentialsError.
    """
    data, rows = as_data(credential), _rows()
    row = _IN_KEYRING if keyring_store.put(origin, json.dumps(data)) else data
    if rows.get(origin) != row:
        _store({**rows, origin: row})


def forget(origin: str) -> bool:
    """Delete what is kept for an origin; whether there was anything. Only within `locked`."""
    rows = _rows()
    if origin not in rows:
        return False
    if rows[origin] == _IN_KEYRING:
        keyring_store.drop(origin)
    _store({at: row for at, row in rows.items() if at != origin})
    return True


@contextlib.contextmanager
def locked(waiting: Waiting = lambda _: None) -> Iterator[None]:
    """Alone among all `kb` that change credentials. Raises BusyError and CredentialsError."""
    path = credentials_path()
    _make(path.parent)
    with lock.alone(path.with_name(".credentials.lock"), "signing in", waiting):
        yield


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CredentialsError(f"{folder}: {error.strerror}", "Sign-ins are kept there.") from error
    _refuse_shared(folder)


def _refuse_shared(folder: Path) -> None:
    if reason := distrust(str(folder), 1):
        raise CredentialsError(
            f"sign-ins are not kept in {folder}: {reason}", "Make the folder yours alone."
        )


def _store(rows: Mapping[str, Any]) -> None:
    path = credentials_path()
    try:
        state.store(path, rows, mode=0o600, sync=True)
    except OSError as error:
        raise CredentialsError(f"{path}: {error.strerror}", "The sign-in was not kept.") from error


def _rows() -> dict[str, Any]:
    path = credentials_path()
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return {}
    except OSError as error:
        hint = "Move it away, then sign in again."
        raise CredentialsError(f"{path} can't be read: {error.strerror}", hint) from error
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        _refuse_readable(path, os.fstat(handle))
        raw = file.read(_MOST + 1)
    _refuse_shared(path.parent)
    try:
        return _table(json.loads(raw) if len(raw) <= _MOST else None)
    except _FAULTS:
        # What can't be read may be a secret: no part of it is told.
        hint = "Delete it, then sign in again."
        raise CredentialsError(f"{path} does not hold sign-ins", hint) from None


def _table(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError
    return data


def _parsed(secret: str) -> object:
    try:
        return json.loads(secret)
    except _FAULTS:
        return None


def _credential(row: object) -> Credential:
    try:
        return from_data(row)
    except _FAULTS:
        hint = "Sign in again."
        raise CredentialsError(f"a sign-in in {credentials_path()} is damaged", hint) from None


def _refuse_readable(path: Path, info: os.stat_result) -> None:
    """Raises CredentialsError for a file that others could have read, or made."""
    if not stat.S_ISREG(info.st_mode):
        raise CredentialsError(f"{path} is not a regular file", "Move it away, then sign in again.")
    if not is_mine(info):
        raise CredentialsError(f"{path} belongs to another user", "Move it away.")
    if info.st_mode & _OTHERS and sys.platform != "win32":
        hint = f"Others may have read it: sign in again after `rm {path}`."
        raise CredentialsError(f"{path} can be read by other users", hint)
