from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from cannery.rest import credentials
from cannery.rest.credential import Credential, origin_of
from cannery.rest.credentials import CredentialsError, credentials_path, forget, keep, stored

ACME, OTHER = "https://acme.example.com", "https://other.example.com"
TOKEN = Credential("bearer", "t0ken", "kim@example.com")


def _keep(origin: str = ACME, credential: Credential = TOKEN) -> Path:
    with credentials.locked():
        keep(origin, credential)
    return credentials_path()


def test_what_is_kept_for_an_address_is_for_no_other() -> None:
    _keep()
    assert stored(ACME) == TOKEN
    assert stored(OTHER) is None


def test_the_file_is_its_user_s_alone(home: Path) -> None:
    (home / "state").mkdir(mode=0o755)
    before = os.umask(0)
    try:
        path = _keep()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(mode: int) -> None:
    _keep().chmod(mode)
    with pytest.raises(CredentialsError, match="can be read by other users"):
        stored(ACME)


def test_a_file_of_another_user_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _keep()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(CredentialsError, match="belongs to another user"):
        stored(ACME)


def test_a_folder_that_others_can_write_is_refused() -> None:
    path = _keep()
    path.parent.chmod(0o777)
    with pytest.raises(CredentialsError, match="not kept in"):
        stored(ACME)


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = _keep()
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(CredentialsError):
        stored(ACME)


def test_a_pipe_is_refused_and_not_waited_for() -> None:
    path = credentials_path()
    path.parent.mkdir(parents=True, mode=0o700)
    os.mkfifo(path, 0o600)
    with pytest.raises(CredentialsError, match="not a regular file"):
        stored(ACME)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"a": ' * 5000, b"x" * 2_000_000]
)
def test_what_holds_no_sign_ins_is_told_without_its_content(content: bytes) -> None:
    _keep().write_bytes(content)
    with pytest.raises(CredentialsError) as raised:
        stored(ACME)
    assert len(raised.value.message) < 300


@pytest.mark.parametrize("row", [1, "x", {"sign_in": "bearer"}, {"sign_in": 1, "token": "x"}])
def test_one_damaged_row_costs_itself_alone(row: object) -> None:
    path = _keep()
    path.write_text(json.dumps({**json.loads(path.read_text()), OTHER: row}))
    assert stored(ACME) == TOKEN
    with pytest.raises(CredentialsError, match="damaged"):
        stored(OTHER)


def test_forgetting_one_leaves_the_others() -> None:
    _keep()
    _keep(OTHER)
    with credentials.locked():
        assert forget(ACME)
        assert not forget(ACME)
    assert (stored(ACME), stored(OTHER)) == (None, TOKEN)


def test_a_credential_shows_no_secret_of_its_own() -> None:
    shown = repr(Credential("oauth", "s3cret", refresh="0ther"))
    assert "s3cret" not in shown
    assert "0ther" not in shown


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://acme.example.com/x?y", ACME),
        ("https://ACME.example.com:443", ACME),
        ("https://acme.example.com:8443", "https://acme.example.com:8443"),
        ("https://kim@acme.example.com", ACME),
        ("acme.example.com", ""),
        ("https://acme.example.com\\@evil.example", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin
