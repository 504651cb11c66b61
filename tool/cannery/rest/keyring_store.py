"""Secrets in the system's keyring, where there is one: `keyring` is an extra, and slow to load."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from cannery.errors import CanneryError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVICE = "cannery"
# Keyrings that keep nothing, or keep it for anyone to read, or ask for a password each time.
_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class KeyringFaultError(CanneryError):
    """The keyring can't be used now."""


def put(name: str, secret: str) -> bool:
    """Keep a secret, in place of the one before; False if there is no keyring that can."""
    ring = _ring()
    if ring is None:
        return False
    try:
        ring.set_password(_SERVICE, name, secret)
    except _faults():
        return False
    return True


def get(name: str) -> str | None:
    """A secret; None if there is none of this name. Raises KeyringFaultError."""
    ring = _ring()
    if ring is None:
        raise KeyringFaultError("the keyring has gone", "Unlock it, or sign in again.")
    try:
        secret: str | None = ring.get_password(_SERVICE, name)
    except _faults() as error:
        raise KeyringFaultError(
            f"the keyring can't be read: {error}", "Unlock it, or sign in again."
        ) from error
    return secret


def drop(name: str) -> None:
    """Delete a secret. One that has gone, or whose keyring has, is no error."""
    ring = _ring()
    if ring is None:
        return
    from keyring.errors import PasswordDeleteError

    try:
        ring.delete_password(_SERVICE, name)
    except PasswordDeleteError:
        return
    except _faults() as error:
        raise KeyringFaultError(
            f"the keyring can't be changed: {error}", "Unlock it, then run it again."
        ) from error


def _ring() -> Any:  # noqa: ANN401 - the library's class, where it is installed
    """The first keyring of the system's that is safe; None for none."""
    if find_spec("keyring") is None:
        return None
    import keyring

    return next(_safe(keyring.get_keyring()), None)


def _safe(ring: Any) -> Iterator[Any]:  # noqa: ANN401 - likewise
    """The keyring itself, or those that it is a chain of."""
    for each in getattr(ring, "backends", (ring,)):
        if not type(each).__module__.startswith(_UNSAFE):
            yield each


def _faults() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError

    return (KeyringError, OSError, RuntimeError)
