"""Tokens of a stateful Zendesk: got, refreshed by several processes, and lost by none."""

from __future__ import annotations

import signal
import subprocess
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from tests.desks.faults import Cut, Then
from tests.desks.zendesk.fake import FakeZendesk
from tests.rest.service import Service, answer, cut

from cannery.rest import credentials
from cannery.rest.client import Manner, PlainClient, RestError
from cannery.rest.credential import Credential, origin_of
from cannery.rest.loopback import code_of, outcome_of
from cannery.rest.oauth import by_code, by_refresh, by_secret, new_wish, page_address
from cannery.rest.sign_in import SIGN_INS, OAuth
from cannery.rest.signer import NotSignedInError, Target, signer_for
from cannery.util import state

WAY = SIGN_INS["oauth"]
assert WAY.oauth
OAUTH: OAuth = WAY.oauth
ME = "/api/v2/users/me"


class _Stay(HTTPRedirectHandler):
    """A browser that stays where it is, and knows where it was to go."""

    def redirect_request(self, *_: object) -> None:
        return None


def _pair(fake: FakeZendesk) -> Credential:
    """A pair of tokens, as a browser would have brought it."""
    wish = new_wish("cannery", "http://127.0.0.1:47621/callback")
    with pytest.raises(HTTPError) as left:
        build_opener(_Stay()).open(page_address(fake.address, OAUTH, wish))
    left.value.close()
    outcome = outcome_of(left.value.headers["Location"], wish.state)
    assert outcome
    return by_code(fake.address, OAUTH, wish, code_of(outcome))


def _signed_in(fake: FakeZendesk, **changed: float) -> Credential:
    pair = _pair(fake)
    kept = Credential(pair.sign_in, pair.token, "", pair.refresh, changed.get("expires", pair.expires), pair.client_id)  # fmt: skip
    with credentials.locked():
        credentials.keep(origin_of(fake.address), kept)
    return kept


def _target(fake: FakeZendesk | Service) -> Target:
    return Target("zendesk", fake.address, WAY, "cannery")


def _ask(fake: FakeZendesk) -> None:
    signer = signer_for(_target(fake))
    client = PlainClient(fake.address, signer.headers, Manner(renew=signer.renew, patience=0))
    client.ask("GET", ME)
    client.close()


def _kept(fake: FakeZendesk) -> Credential:
    kept = credentials.stored(origin_of(fake.address))
    assert kept
    return kept


def test_the_page_is_asked_with_a_proof_that_only_we_can_give() -> None:
    wish = new_wish("cannery", "http://127.0.0.1:1/")
    query = parse_qs(urlsplit(page_address("https://acme.zendesk.com", OAUTH, wish)).query)
    digest = urlsafe_b64encode(sha256(wish.verifier.encode()).digest()).decode().rstrip("=")
    assert query["code_challenge"] == [digest]
    assert query["code_challenge_method"] == ["S256"]
    assert query["state"] == [wish.state]
    assert wish.verifier not in str(query)
    assert new_wish("cannery", "x").state != wish.state


def test_a_code_becomes_a_pair(fake_zendesk: FakeZendesk) -> None:
    pair = _pair(fake_zendesk)
    assert pair.refresh
    assert pair.client_id == "cannery"
    assert pair.expires > 0


def test_a_token_that_is_about_to_end_is_replaced_before_it_is_used(
    fake_zendesk: FakeZendesk,
) -> None:
    old = _signed_in(fake_zendesk, expires=1.0)
    _ask(fake_zendesk)
    new = _kept(fake_zendesk)
    assert new.token != old.token
    assert new.refresh != old.refresh
    assert new.token in fake_zendesk.oauth.tokens


def test_a_token_that_the_desk_has_ended_is_replaced(fake_zendesk: FakeZendesk) -> None:
    old = _signed_in(fake_zendesk)
    fake_zendesk.oauth.tokens.pop(old.token)
    _ask(fake_zendesk)
    assert _kept(fake_zendesk).token != old.token


def test_a_sign_in_that_has_ended_says_how_to_sign_in(fake_zendesk: FakeZendesk) -> None:
    old = _signed_in(fake_zendesk, expires=1.0)
    fake_zendesk.oauth.refreshes.clear()
    with pytest.raises(NotSignedInError, match="has ended") as raised:
        _ask(fake_zendesk)
    assert raised.value.hint == "Run `kb desk login zendesk`."
    assert old.refresh not in raised.value.message


def test_who_signs_out_meanwhile_is_signed_out(fake_zendesk: FakeZendesk) -> None:
    _signed_in(fake_zendesk, expires=1.0)
    signer = signer_for(_target(fake_zendesk))
    with credentials.locked():
        credentials.forget(origin_of(fake_zendesk.address))
    with pytest.raises(NotSignedInError, match="any more"):
        signer.headers()


def test_the_new_pair_is_kept_before_it_is_used(
    fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _signed_in(fake_zendesk, expires=1.0)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(state, "store", full)
    with pytest.raises(RestError, match="No space left"):
        _ask(fake_zendesk)
    assert not [line for line in fake_zendesk.lines if ME in line]


def test_a_refresh_that_never_arrived_is_tried_once_more(fake_zendesk: FakeZendesk) -> None:
    old = _signed_in(fake_zendesk)
    fake_zendesk.fail(Cut.BEFORE, path="/oauth/tokens")
    assert by_refresh(fake_zendesk.address, OAUTH, old).token != old.token


def test_a_pair_whose_answer_never_arrived_is_lost(fake_zendesk: FakeZendesk) -> None:
    _signed_in(fake_zendesk, expires=1.0)
    fake_zendesk.fail(Cut.AFTER, path="/oauth/tokens")
    with pytest.raises(NotSignedInError, match="has ended"):
        _ask(fake_zendesk)


def test_a_service_that_cuts_each_refresh_is_left(service: Service) -> None:
    service.usual = cut
    with pytest.raises(RestError):
        by_refresh(service.address, OAUTH, Credential("oauth", "abc", refresh="def"))
    assert len(service.asked) == 2


_REFRESH = """
import sys
from cannery.rest.sign_in import SIGN_INS
from cannery.rest.signer import Target, signer_for
signer = signer_for(Target("zendesk", sys.argv[1], SIGN_INS["oauth"], "cannery"))
print("ready", flush=True)
sys.stdin.readline()
print(signer.headers()["Authorization"].split()[1])
"""
_KILLED = """
import os, signal
from cannery.rest import signer
signer.{at} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


def _process(fake: FakeZendesk, before: str = "") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", before + _REFRESH, fake.address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_several_processes_refresh_at_once_and_all_have_the_new_pair(
    fake_zendesk: FakeZendesk,
) -> None:
    _signed_in(fake_zendesk, expires=1.0)
    processes = [_process(fake_zendesk) for _ in range(4)]
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate() for process in processes]
    assert {out.strip() for out, _ in told} == {_kept(fake_zendesk).token}, told
    assert len([line for line in fake_zendesk.lines if "/oauth/tokens" in line]) == 1 + 1


@pytest.mark.parametrize(("at", "is_lost"), [("by_refresh", False), ("keep", True)])
def test_a_process_that_is_killed_leaves_no_lock_and_no_damage(
    fake_zendesk: FakeZendesk, at: str, is_lost: bool
) -> None:
    """Between the desk's answer and the disk a pair can be lost; the user then signs in again."""
    old = _signed_in(fake_zendesk, expires=1.0)
    process = _process(fake_zendesk, _KILLED.format(at=at))
    process.communicate("\n")
    assert process.returncode == -9
    assert _kept(fake_zendesk) == old
    if is_lost:
        with pytest.raises(NotSignedInError, match="has ended"):
            _ask(fake_zendesk)
    else:
        _ask(fake_zendesk)


def test_an_interrupt_waits_until_the_new_pair_is_kept(fake_zendesk: FakeZendesk) -> None:
    old = _signed_in(fake_zendesk, expires=1.0)
    fake_zendesk.fail(Then(lambda: process.send_signal(signal.SIGINT)), path="/oauth/tokens")
    process = _process(fake_zendesk)
    _, err = process.communicate("\n")
    assert "KeyboardInterrupt" in err
    assert _kept(fake_zendesk).token != old.token
    _ask(fake_zendesk)


# --- programs


def _as_program(monkeypatch: pytest.MonkeyPatch, address: str, **changed: str) -> None:
    given = {"ADDRESS": address, "CLIENT_ID": "cannery-ci", "CLIENT_SECRET": "s3cret", **changed}
    for name, value in given.items():
        monkeypatch.setenv(f"CANNERY_DESK_ZENDESK_{name}", value)


def test_a_program_signs_in_with_its_secret_and_nothing_is_kept(
    fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_program(monkeypatch, fake_zendesk.address)
    _ask(fake_zendesk)
    assert not credentials.credentials_path().exists()


def test_a_program_s_token_that_has_ended_is_replaced(
    fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_program(monkeypatch, fake_zendesk.address)
    signer = signer_for(_target(fake_zendesk))
    client = PlainClient(fake_zendesk.address, signer.headers, Manner(renew=signer.renew))
    client.ask("GET", ME)
    fake_zendesk.oauth.tokens.clear()
    client.ask("GET", ME)
    client.close()


def test_a_program_s_secret_goes_to_no_address_that_content_names(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_program(monkeypatch, "https://acme.zendesk.com")
    with pytest.raises(NotSignedInError, match="not sent"):
        signer_for(_target(service))
    assert service.asked == []


def test_a_secret_of_nobody_is_refused(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    _as_program(monkeypatch, service.address, CLIENT_ID="")
    with pytest.raises(NotSignedInError, match="not whose secret it is"):
        signer_for(_target(service))


def test_a_program_s_wrong_secret_is_told_with_what_to_check(
    fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_program(monkeypatch, fake_zendesk.address, CLIENT_SECRET="wr0ng-secret")  # noqa: S106 - a wrong one
    with pytest.raises(NotSignedInError, match="401") as raised:
        _ask(fake_zendesk)
    assert "CANNERY_DESK_ZENDESK_CLIENT_SECRET" in raised.value.hint
    assert "wr0ng" not in raised.value.message + raised.value.hint


def test_a_wrong_secret_is_not_told(fake_zendesk: FakeZendesk) -> None:
    with pytest.raises(RestError, match="401") as raised:
        by_secret(fake_zendesk.address, OAUTH, "cannery-ci", "wr0ng-secret")
    assert "wr0ng" not in raised.value.message + raised.value.hint


def test_a_service_that_repeats_a_secret_is_not_quoted(service: Service) -> None:
    service.usual = answer({"error_description": "no wr0ng-secret here"}, code=400)
    with pytest.raises(RestError, match=r"no \.\.\. here"):
        by_secret(service.address, OAUTH, "cannery-ci", "wr0ng-secret")


@pytest.mark.parametrize(
    "content",
    [None, [], {}, {"access_token": 1}, {"access_token": ""}, {"access_token": "a b"},
     {"access_token": "a\r\nX: y"}, {"access_token": "x" * 9000}, {"access_token": "ü"},
     {"access_token": "a", "expires_in": "soon"}, {"access_token": "a", "refresh_token": 5}],
)  # fmt: skip
def test_an_answer_that_holds_no_token_is_an_error(service: Service, content: object) -> None:
    service.usual = answer(content)
    with pytest.raises(RestError, match="gave no token"):
        by_secret(service.address, OAUTH, "cannery-ci", "s3cret")


def test_an_api_token_is_refused_with_the_reason(
    fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANNERY_DESK_ZENDESK_TOKEN", "apit0ken")
    with pytest.raises(NotSignedInError, match="2027-04-30") as raised:
        signer_for(_target(fake_zendesk))
    assert "apit0ken" not in raised.value.message + raised.value.hint
    assert "kb desk login zendesk" in raised.value.hint
