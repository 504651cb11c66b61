from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import closing
from hashlib import sha256
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest

from cannery.rest.client import PlainClient
from tests.desks.zendesk.asking import Asking, refused
from tests.desks.zendesk.fake import FakeZendesk

_BACK = "http://127.0.0.1:8976/callback"
_VERIFIER = "v" * 43
_ME = "/api/v2/users/me"
_SECRET = "s3cret"  # noqa: S105 - of the fake


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - as the library has it
        return None


def _consent(fake: FakeZendesk, **more: str) -> dict[str, list[str]]:
    """What the browser is sent back with."""
    challenge = urlsafe_b64encode(sha256(_VERIFIER.encode()).digest()).decode().rstrip("=")
    query = {
        "response_type": "code",
        "client_id": "cannery",
        "redirect_uri": _BACK,
        "scope": "read write",
        "state": "s",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **more,
    }
    with pytest.raises(HTTPError) as error:
        build_opener(_Stay()).open(f"{fake.address}/oauth/authorizations/new?{urlencode(query)}")
    error.value.close()
    return parse_qs(urlsplit(error.value.headers.get("Location", "")).query)


def _tokens(fake: FakeZendesk, **sent: str) -> dict[str, Any]:
    with closing(PlainClient(fake.address, dict)) as client:
        body = {"client_id": "cannery", **sent}
        told: dict[str, Any] = client.ask("POST", "/oauth/tokens", body).content
        return told


def _signed_in(fake: FakeZendesk) -> dict[str, Any]:
    code = _consent(fake)["code"][0]
    return _tokens(fake, grant_type="authorization_code", code=code, redirect_uri=_BACK, code_verifier=_VERIFIER)  # fmt: skip


def _as(fake: FakeZendesk, token: str, method: str = "GET", path: str = _ME) -> None:
    with closing(PlainClient(fake.address, lambda: {"Authorization": f"Bearer {token}"})) as client:
        client.ask(method, path)


def test_a_code_with_its_verifier_is_a_pair_of_tokens(fake_zendesk: FakeZendesk) -> None:
    pair = _signed_in(fake_zendesk)
    assert pair["token_type"] == "bearer"  # noqa: S105 - its kind
    assert pair["refresh_token"]
    _as(fake_zendesk, pair["access_token"])


def test_a_code_is_good_for_one_time(fake_zendesk: FakeZendesk) -> None:
    code = _consent(fake_zendesk)["code"][0]
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": _BACK, "code_verifier": _VERIFIER}  # fmt: skip
    _tokens(fake_zendesk, **sent)
    with refused(400):
        _tokens(fake_zendesk, **sent)


@pytest.mark.parametrize(
    "wrong", [{"code_verifier": "other"}, {"redirect_uri": "http://x.example"}]
)
def test_a_code_with_another_proof_is_refused(
    fake_zendesk: FakeZendesk, wrong: dict[str, str]
) -> None:
    code = _consent(fake_zendesk)["code"][0]
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": _BACK, "code_verifier": _VERIFIER}  # fmt: skip
    with refused(400):
        _tokens(fake_zendesk, **{**sent, **wrong})


def test_who_says_no_is_told(fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.oauth.denies = True
    assert _consent(fake_zendesk) == {"state": ["s"], "error": ["access_denied"]}


def test_a_refresh_kills_the_old_pair(fake_zendesk: FakeZendesk) -> None:
    old = _signed_in(fake_zendesk)
    sent = {"grant_type": "refresh_token", "refresh_token": old["refresh_token"]}
    new = _tokens(fake_zendesk, **sent)
    _as(fake_zendesk, new["access_token"])
    with refused(401):
        _as(fake_zendesk, old["access_token"])
    with refused(400):
        _tokens(fake_zendesk, **sent)


def test_a_token_expires(fake_zendesk: FakeZendesk) -> None:
    token = fake_zendesk.oauth.token()
    _as(fake_zendesk, token)
    fake_zendesk.store.passed(fake_zendesk.oauth.lasts)
    with refused(401):
        _as(fake_zendesk, token)


def test_a_program_signs_in_with_its_secret(fake_zendesk: FakeZendesk) -> None:
    sent = {"grant_type": "client_credentials", "client_id": "cannery-ci", "scope": "read"}
    told = _tokens(fake_zendesk, **sent, client_secret=_SECRET)
    assert "refresh_token" not in told
    _as(fake_zendesk, told["access_token"])
    with refused(401):
        _tokens(fake_zendesk, **sent, client_secret="wrong")  # noqa: S106 - a wrong one


def test_a_public_client_has_no_credentials_of_its_own(fake_zendesk: FakeZendesk) -> None:
    with refused(401):
        _tokens(fake_zendesk, grant_type="client_credentials")


def test_who_may_only_read_writes_nothing(fake_zendesk: FakeZendesk) -> None:
    with refused(403), closing(Asking(fake_zendesk, "read").client) as client:
        client.ask("POST", "/api/v2/macros", {"macro": {}})


def test_nothing_is_told_without_a_token(fake_zendesk: FakeZendesk) -> None:
    with refused(401):
        _as(fake_zendesk, "x")


def test_a_token_ends_when_it_is_signed_out(fake_zendesk: FakeZendesk) -> None:
    pair = _signed_in(fake_zendesk)
    _as(fake_zendesk, pair["access_token"], "DELETE", "/api/v2/oauth/tokens/current")
    with refused(401):
        _as(fake_zendesk, pair["access_token"])
    with refused(400):
        _tokens(fake_zendesk, grant_type="refresh_token", refresh_token=pair["refresh_token"])
