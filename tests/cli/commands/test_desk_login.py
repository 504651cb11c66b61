"""Signing in to desks: with a browser, with a token that is asked for, from stdin; and out again."""

from __future__ import annotations

import io
import os
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pexpect
import pytest
from tests.conftest import Base, Run
from tests.desks.zendesk.fake import FakeZendesk
from tests.interrupt import interrupt
from tests.rest.service import Service, answer, free_port

from cannery.cli import output
from cannery.exchange.desks import table
from cannery.exchange.desks.desk import Capabilities, DeskKind
from cannery.rest import credentials
from cannery.rest.credential import Credential
from cannery.rest.loopback import awaited

PASTED = "t0ken-of-kim"
KINDS = (
    DeskKind("zendesk", "Zendesk", Capabilities(), "oauth"),
    DeskKind("chatwoot", "Chatwoot", Capabilities(), "api_access_token", me="/api/v1/profile"),
    DeskKind("gorgias", "Gorgias", Capabilities(), "email_key"),
    DeskKind("django", "Django", Capabilities(), "password", me="/api/me/", refusals=(403,)),
)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "DESKS", {kind.name: kind for kind in KINDS})


def _desk(base: Base, name: str, address: str, *more: str) -> None:
    lines = [f"[desks.{name}]", f'address = "{address}"', *more]
    base.write("kb.toml", "\n".join(['name = "Test"', *lines]))


def _pasted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


# --- a token


def test_a_token_from_stdin_is_tried_and_kept(
    base: Base, kb: Run, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    _desk(base, "chatwoot", service.address)
    _pasted(monkeypatch, f"{PASTED}\n")
    done = kb("desk", "login", "chatwoot", "--stdin")
    assert (done.code, done.out) == (0, "")
    assert f"Signed in to Chatwoot at {service.address}." in done.err
    assert service.asked[0].headers["api-access-token"] == PASTED
    assert credentials.stored(service.address) == Credential("api_access_token", PASTED)


def test_a_token_that_the_desk_refuses_is_not_kept(
    base: Base, kb: Run, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.usual = answer({"errors": [f"{PASTED} is unknown"]}, code=401)
    _desk(base, "chatwoot", service.address)
    _pasted(monkeypatch, PASTED)
    done = kb("desk", "login", "chatwoot", "--stdin")
    assert done.code == 1
    assert "... is unknown" in done.err
    assert PASTED not in done.err
    assert credentials.stored(service.address) is None


@pytest.mark.parametrize("code", [403, 404])
def test_a_token_with_few_rights_is_kept_all_the_same(
    base: Base, kb: Run, service: Service, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    service.usual = answer(code=code)
    _desk(base, "chatwoot", service.address)
    _pasted(monkeypatch, PASTED)
    done = kb("desk", "login", "chatwoot", "--stdin")
    assert done.code == 0
    assert "could not be tried" in done.err
    assert credentials.stored(service.address)


def test_what_a_desk_refuses_by_another_code_is_not_kept(
    base: Base, kb: Run, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.usual = answer({"detail": "Invalid username/password."}, code=403)
    _desk(base, "django", service.address)
    _pasted(monkeypatch, PASTED)
    done = kb("desk", "login", "django", "--user", "kim", "--stdin")
    assert done.code == 1
    assert credentials.stored(service.address) is None


@pytest.mark.parametrize("text", ["", "\n", "two words\n"])
def test_what_can_be_no_token_is_refused(
    base: Base, kb: Run, service: Service, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    _desk(base, "chatwoot", service.address)
    _pasted(monkeypatch, text)
    assert kb("desk", "login", "chatwoot", "--stdin").code == 2
    assert service.asked == []


def test_where_nobody_can_be_asked_it_says_what_to_do(
    base: Base, kb: Run, service: Service
) -> None:
    _desk(base, "chatwoot", service.address)
    done = kb("desk", "login", "chatwoot")
    assert done.code == 2
    assert "--stdin" in done.err
    assert "CANNERY_DESK_CHATWOOT_TOKEN" in done.err


def test_a_desk_that_wants_to_know_whose_key_it_is_asks(
    base: Base, kb: Run, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    _desk(base, "gorgias", service.address)
    _pasted(monkeypatch, "k3y")
    assert "email address" in kb("desk", "login", "gorgias", "--stdin").err
    _pasted(monkeypatch, "k3y")
    assert kb("desk", "login", "gorgias", "--stdin", "--user", "kim@example.com").code == 0
    kept = credentials.stored(service.address)
    assert kept == Credential("email_key", "k3y", "kim@example.com")


def test_at_a_terminal_a_token_is_not_shown(base: Base, service: Service) -> None:
    _desk(base, "gorgias", service.address)
    driver = (
        "from cannery.exchange.desks import table\n"
        "from cannery.exchange.desks.desk import Capabilities, DeskKind\n"
        "table.DESKS = {'gorgias': DeskKind('gorgias', 'Gorgias', Capabilities(), 'email_key')}\n"
        "from cannery.start import main\n"
        "main(['desk', 'login', 'gorgias'])\n"
    )
    child = pexpect.spawn(sys.executable, ["-c", driver], cwd=str(base.root), timeout=20, encoding="utf-8", env={**os.environ})  # fmt: skip
    child.expect("Email address at .*: ")
    child.sendline("kim@example.com")
    child.expect("You find it in Gorgias: Settings > REST API")
    child.expect("API key for .*: ")
    child.sendline("k3y-of-kim")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "Signed in to Gorgias" in str(child.before)
    assert "k3y-of-kim" not in str(child.before)


# --- a browser


def _browser(act: Callable[[str], object]) -> Callable[[str], bool]:
    def visit(page: str) -> bool:
        Thread(target=act, args=[page], daemon=True).start()
        return True

    return visit


def _allow(page: str) -> None:
    with urlopen(page, timeout=10) as answered:  # noqa: S310 - the fake's
        answered.read()


@pytest.fixture
def zendesk(base: Base, fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch) -> FakeZendesk:
    """A desk for people with a browser, whose port is one that is free."""
    more = ('client_id = "cannery"', f'port = "{free_port()}"')
    _desk(base, "zendesk", fake_zendesk.address, *more)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", _browser(_allow))
    return fake_zendesk


def test_a_browser_brings_a_pair_of_tokens(zendesk: FakeZendesk, kb: Run) -> None:
    done = kb("desk", "login", "zendesk")
    assert done.code == 0, done.err
    assert f"{zendesk.address}/oauth/authorizations/new?" in done.err
    kept = credentials.stored(zendesk.address)
    assert kept
    assert kept.token in zendesk.oauth.tokens
    assert kept.refresh in zendesk.oauth.refreshes
    assert kept.token not in done.err


def test_who_says_no_is_not_signed_in(zendesk: FakeZendesk, kb: Run) -> None:
    zendesk.oauth.denies = True
    done = kb("desk", "login", "zendesk")
    assert done.code == 1
    assert "not signed in: access_denied" in done.err
    assert credentials.stored(zendesk.address) is None


def test_a_page_with_another_state_gets_nobody_signed_in(
    zendesk: FakeZendesk, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def forge_then_allow(page: str) -> None:
        redirect = parse_qs(urlsplit(page).query)["redirect_uri"][0]
        try:
            urlopen(f"{redirect}?code=evil&state=forged", timeout=10)  # noqa: S310 - our own
        except HTTPError as error:
            seen.append(error.code)
            error.close()
        _allow(page)

    monkeypatch.setattr(webbrowser, "open", _browser(forge_then_allow))
    assert kb("desk", "login", "zendesk").code == 0
    assert seen == [400]


def test_without_a_screen_the_address_is_shown_and_what_it_ends_at_can_be_pasted(
    zendesk: FakeZendesk, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(question: str, default: str = "") -> str:
        page = next(text for text in shown if text.startswith("http"))
        with suppress(URLError):  # on that machine nothing waits
            _allow(page)
        query = parse_qs(urlsplit(page).query)
        code = next(iter(zendesk.oauth.codes))
        return f"{query['redirect_uri'][0]}?code={code}&state={query['state'][0]}"

    shown: list[str] = []
    monkeypatch.setattr(output, "prompt", elsewhere)
    monkeypatch.setattr(output, "tell", lambda *pieces, **_: shown.append(str(pieces[0])))
    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("a browser was opened"))
    assert kb("desk", "login", "zendesk", "--paste").code == 0
    assert credentials.stored(zendesk.address)


def test_where_nobody_has_a_browser_or_a_terminal_nothing_is_waited_for(
    zendesk: FakeZendesk, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    done = kb("desk", "login", "zendesk")
    assert done.code == 2
    assert "CANNERY_DESK_ZENDESK_CLIENT_SECRET" in done.err


def test_without_a_client_it_says_how_to_get_one(
    base: Base, fake_zendesk: FakeZendesk, kb: Run
) -> None:
    _desk(base, "zendesk", fake_zendesk.address)
    done = kb("desk", "login", "zendesk")
    assert done.code == 1
    assert "client_id is not set" in done.err
    assert "http://127.0.0.1:47621/callback" in done.err


def test_an_api_token_is_refused_with_the_reason(
    zendesk: FakeZendesk, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pasted(monkeypatch, PASTED)
    done = kb("desk", "login", "zendesk", "--stdin")
    assert done.code == 1
    assert "2027-04-30" in done.err
    assert credentials.stored(zendesk.address) is None


def test_an_interrupt_ends_the_wait_and_frees_the_port(zendesk: FakeZendesk, base: Base) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "cannery", "desk", "login", "zendesk"], cwd=str(base.root), timeout=20,
        encoding="utf-8", env={name: value for name, value in os.environ.items() if name != "DISPLAY"},
    )  # fmt: skip
    child.expect("Open this address")
    child.expect("Waiting for the browser")
    said = interrupt(child)
    assert child.exitstatus == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    with awaited(int(base.workspace.settings.desks["zendesk"].options["port"]), "s", "en"):
        pass


# --- out, and what is no desk


def test_who_signs_out_has_no_token_here_or_there(zendesk: FakeZendesk, kb: Run) -> None:
    kb("desk", "login", "zendesk")
    kept = credentials.stored(zendesk.address)
    assert kept
    done = kb("desk", "logout", "zendesk")
    assert done.code == 0
    assert f"Signed out of {zendesk.address}." in done.err
    assert credentials.stored(zendesk.address) is None
    assert kept.token not in zendesk.oauth.tokens
    assert "You were not signed in" in kb("desk", "logout", "zendesk").err


def test_a_desk_that_can_not_be_reached_is_signed_out_of_all_the_same(
    zendesk: FakeZendesk, kb: Run
) -> None:
    kb("desk", "login", "zendesk")
    zendesk.stop()
    done = kb("desk", "logout", "zendesk")
    assert done.code == 0
    assert "was not ended at the desk" in done.err
    assert credentials.stored(zendesk.address) is None


def test_a_desk_of_nobody_says_what_to_write(base: Base, kb: Run) -> None:
    done = kb("desk", "login", "zendesk")
    assert done.code == 1
    assert "no desk named zendesk in kb.toml" in done.err
    assert "[desks.zendesk]" in done.err


def test_a_kind_of_desk_that_is_unknown_lists_those_that_are(base: Base, kb: Run) -> None:
    _desk(base, "helpdesk", "https://desk.example.com")
    done = kb("desk", "login", "helpdesk")
    assert done.code == 1
    assert "zendesk, chatwoot, gorgias" in done.err
