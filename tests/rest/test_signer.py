from __future__ import annotations

import pytest

from cannery.rest import credentials
from cannery.rest.credential import Credential
from cannery.rest.sign_in import SIGN_INS
from cannery.rest.signer import NotSignedInError, Target, signer_for

ACME = "https://acme.example.com"


def _target(way: str = "bearer", address: str = ACME) -> Target:
    return Target("my-desk", address, SIGN_INS[way])


def _keep(credential: Credential, origin: str = ACME) -> None:
    with credentials.locked():
        credentials.keep(origin, credential)


@pytest.mark.parametrize(
    ("way", "headers"),
    [
        ("bearer", {"Authorization": "Bearer abc"}),
        ("token", {"Authorization": "token abc"}),
        ("token_token", {"Authorization": "Token token=abc"}),
        ("api_access_token", {"Api-Access-Token": "abc"}),
        ("key", {"Authorization": "Basic YWJjOlg="}),
        ("api_key_username", {"Api-Key": "abc", "Api-Username": "k%40e.jp"}),
        ("email_key", {"Authorization": "Basic a0BlLmpwOmFiYw=="}),
    ],
)
def test_each_way_signs_as_its_services_want(way: str, headers: dict[str, str]) -> None:
    _keep(Credential(way, "abc", "k@e.jp"))
    assert signer_for(_target(way)).headers() == headers


def test_a_token_goes_only_to_the_address_that_it_was_kept_for() -> None:
    _keep(Credential("bearer", "abc"))
    with pytest.raises(NotSignedInError, match=r"not signed in to https://evil\.example\.com"):
        signer_for(_target(address="https://evil.example.com"))


def test_who_is_signed_in_elsewhere_learns_that_the_address_may_have_changed() -> None:
    with pytest.raises(NotSignedInError) as raised:
        signer_for(_target(address="https://evil.example.com"))
    assert "signed in to" not in raised.value.hint
    _keep(Credential("bearer", "abc"))
    with pytest.raises(NotSignedInError) as raised:
        signer_for(_target(address="https://evil.example.com"))
    assert f"You are signed in to {ACME} alone." in raised.value.hint
    assert "see who changed it" in raised.value.hint


def test_another_scheme_or_port_is_another_address() -> None:
    _keep(Credential("bearer", "abc"))
    for address in ("http://acme.example.com", "https://acme.example.com:8443"):
        with pytest.raises(NotSignedInError):
            signer_for(_target(address=address))


def test_a_token_of_one_kind_of_desk_is_not_sent_as_that_of_another() -> None:
    _keep(Credential("bearer", "abc"))
    with pytest.raises(NotSignedInError, match="another kind of desk"):
        signer_for(_target("key"))


def test_a_variable_s_token_goes_to_the_address_that_a_variable_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANNERY_DESK_MY_DESK_TOKEN", "abc")
    monkeypatch.setenv("CANNERY_DESK_MY_DESK_ADDRESS", f"{ACME}/")
    assert signer_for(_target()).headers() == {"Authorization": "Bearer abc"}


@pytest.mark.parametrize("given", ["", "https://evil.example.com", "nonsense"])
def test_a_variable_s_token_goes_nowhere_else(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("CANNERY_DESK_MY_DESK_TOKEN", "abc")
    monkeypatch.setenv("CANNERY_DESK_MY_DESK_ADDRESS", given)
    with pytest.raises(NotSignedInError, match="not sent") as raised:
        signer_for(_target())
    assert "abc" not in raised.value.message + raised.value.hint


def test_a_variable_that_would_break_a_header_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANNERY_DESK_MY_DESK_TOKEN", "abc\r\nX: y")
    with pytest.raises(NotSignedInError, match="can't be used"):
        signer_for(_target())
