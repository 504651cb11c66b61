"""Tokens in a keyring, where there is one; a keyring of the tests' own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from cannery.rest import credentials
from cannery.rest.credential import Credential
from cannery.rest.credentials import CredentialsError, credentials_path, forget, keep, stored
from cannery.rest.keyring_store import KeyringFaultError

keyring: Any = pytest.importorskip("keyring")
KeyringBackend: Any = keyring.backend.KeyringBackend
ACME = "https://acme.example.com"
PAIR = Credential("oauth", "t0ken", refresh="r3fresh", expires=5.0, client_id="cannery")


class Ring(KeyringBackend):  # type: ignore[misc] # it has no types where it is missing
    """A keyring that keeps secrets in memory, and can be locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def _refuse(self) -> None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked("locked by its owner")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse()
        self.secrets[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        self._refuse()
        return self.secrets.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        self._refuse()
        if self.secrets.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not found")


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def _keep(credential: Credential = PAIR) -> None:
    with credentials.locked():
        keep(ACME, credential)


def test_a_keyring_has_the_secrets_and_the_file_has_none(ring: Ring) -> None:
    _keep()
    assert stored(ACME) == PAIR
    assert [*ring.secrets] == [("cannery", ACME)]
    text = credentials_path().read_text()
    assert "t0ken" not in text
    assert "r3fresh" not in text


def test_the_next_pair_takes_the_place_of_the_one_before(ring: Ring) -> None:
    _keep()
    _keep(Credential("oauth", "n3xt", refresh="other"))
    assert stored(ACME) == Credential("oauth", "n3xt", refresh="other")


def test_a_keyring_that_takes_nothing_leaves_the_file(ring: Ring) -> None:
    ring.is_locked = True
    _keep()
    assert stored(ACME) == PAIR
    assert ring.secrets == {}


def test_a_pair_is_not_lost_to_a_keyring_that_was_locked_since(ring: Ring) -> None:
    _keep()
    ring.is_locked = True
    _keep(Credential("oauth", "n3xt"))
    assert stored(ACME) == Credential("oauth", "n3xt")


def test_a_locked_keyring_is_told(ring: Ring) -> None:
    _keep()
    ring.is_locked = True
    with pytest.raises(KeyringFaultError, match="locked by its owner"):
        stored(ACME)


def test_what_the_keyring_s_owner_has_deleted_is_gone(ring: Ring) -> None:
    _keep()
    ring.secrets.clear()
    assert stored(ACME) is None
    with credentials.locked():
        assert forget(ACME)


@pytest.mark.parametrize("secret", ["nonsense", "{}", "[]", "null"])
def test_what_another_program_wrote_there_is_told_without_its_content(
    ring: Ring, secret: str
) -> None:
    _keep()
    ring.secrets["cannery", ACME] = secret
    with pytest.raises(CredentialsError, match="damaged") as raised:
        stored(ACME)
    assert "nonsense" not in raised.value.message


def test_who_signs_out_has_nothing_in_the_keyring(ring: Ring) -> None:
    _keep()
    with credentials.locked():
        assert forget(ACME)
    assert ring.secrets == {}
    assert stored(ACME) is None


@pytest.mark.parametrize("module", ["keyring.backends.null", "keyrings.alt.file"])
def test_a_keyring_that_keeps_secrets_in_the_open_is_not_used(
    ring: Ring, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setattr(Ring, "__module__", module)
    _keep()
    assert ring.secrets == {}
    assert stored(ACME) == PAIR


def test_of_several_keyrings_the_first_safe_one_is_used(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Chain(Ring):
        backends: tuple[Any, ...] = (keyring.backends.null.Keyring(), ring)

    keyring.set_keyring(Chain())
    _keep()
    assert ring.secrets


def test_who_has_no_token_in_a_keyring_does_not_load_it() -> None:
    code = (
        "import sys; from cannery.rest.credentials import stored\n"
        f"stored({ACME!r}); print('keyring' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ}
    )
    assert done.stdout.strip() == b"False"
