from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from tests.rest.service import free_port

from cannery.rest.loopback import SignInError, Waiting, awaited, code_of, outcome_of


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def waiting(port: int) -> Iterator[Waiting]:
    with awaited(port, "the-state", "ja") as made:
        yield made


def _get(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_browser_brings_a_code_and_reads_that_it_may_go(waiting: Waiting) -> None:
    code, page = _get(f"{waiting.redirect}?code=abc&state=the-state")
    assert code == 200
    assert '<html lang="ja">' in page
    assert "閉じてかまいません" in page
    assert waiting.result(5) == "abc"


@pytest.mark.parametrize(
    "query", ["code=evil", "code=evil&state=other", "state=the-state", "code=evil&state=", ""]
)
def test_what_does_not_bring_the_state_is_waited_past(waiting: Waiting, query: str) -> None:
    assert _get(f"{waiting.redirect}?{query}")[0] == 400
    _get(f"{waiting.redirect}?code=abc&state=the-state")
    assert waiting.result(5) == "abc"


def test_another_page_is_none_of_ours(waiting: Waiting) -> None:
    assert _get(f"{waiting.redirect}/favicon.ico?code=abc&state=the-state")[0] == 400


def test_a_stranger_s_name_for_this_machine_is_refused(waiting: Waiting, port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Host": "evil.example"}
    connection.request("GET", "/callback?code=evil&state=the-state", headers=headers)
    assert connection.getresponse().status == 400
    connection.close()
    with pytest.raises(SignInError, match="no one signed in"):
        waiting.result(0.01)


def test_who_says_no_is_told_in_the_service_s_words(waiting: Waiting) -> None:
    query = "error=access_denied&error_description=Kim+said+no&state=the-state"
    assert "サインインできませんでした" in _get(f"{waiting.redirect}?{query}")[1]
    with pytest.raises(SignInError, match="Kim said no"):
        waiting.result(5)


def test_a_connection_on_which_nothing_is_asked_holds_up_nobody(
    waiting: Waiting, port: int
) -> None:
    with socket.create_connection(("127.0.0.1", port)):
        _get(f"{waiting.redirect}?code=abc&state=the-state")
        assert waiting.result(5) == "abc"


def test_nobody_is_waited_for_without_end(waiting: Waiting) -> None:
    with pytest.raises(SignInError, match="no one signed in within"):
        waiting.result(0.01)


def test_the_port_is_free_afterwards(port: int) -> None:
    before = {*threading.enumerate()}
    for _ in range(2):
        with awaited(port, "s", "en"):
            pass
    assert not {*threading.enumerate()} - before


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        with (
            pytest.raises(SignInError, match=f"port {number} of this machine can't be used"),
            awaited(number, "s", "en"),
        ):
            pass


def test_nothing_is_printed_of_what_comes_back(
    waiting: Waiting, capfd: pytest.CaptureFixture[str]
) -> None:
    _get(f"{waiting.redirect}?code=c0de&state=the-state")
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""


def test_an_address_can_be_pasted() -> None:
    address = "http://127.0.0.1:47621/callback?code=abc&state=s"
    outcome = outcome_of(address, "s")
    assert outcome
    assert code_of(outcome) == "abc"
    assert outcome_of(address, "t") is None
    assert outcome_of("nonsense", "s") is None
