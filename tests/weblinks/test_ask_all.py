"""Many addresses at once, on a web of this machine."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import ExitStack, closing

import pytest
from tests.weblinks.web import QUICK, Page, address_of, local_route, site

from cannery.model.web_link import LinkState
from cannery.weblinks import ask_all as module
from cannery.weblinks.address import Address
from cannery.weblinks.ask_all import ask_all
from cannery.weblinks.judge import Manners
from cannery.weblinks.request import Answer, NoAnswerError


def _states(addresses: list[str], manners: Manners = QUICK) -> dict[str, LinkState]:
    found = ask_all(map(address_of, addresses), local_route(), manners)
    return {address.text: verdict.state for address, verdict in found}


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 and the like are Linux's")
def test_each_address_gets_its_verdict() -> None:
    with ExitStack() as stack:
        pages = {"/a": Page(), "/b": Page(301, {"Location": "{here}/a"})}
        webs = [stack.enter_context(site(pages, f"127.0.0.{n}")) for n in (1, 2, 3)]
        addresses = [f"{web.address}/{name}" for web in webs for name in "abc"]
        states = _states(addresses)
    assert [states[name] for name in addresses] == [
        LinkState.WORKS,
        LinkState.MOVED,
        LinkState.DEAD,
    ] * 3
    assert webs[0].asked.count("HEAD /c") == 1


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many requests were under way at once, at most: in all, and at one host."""
    most, now = {"all": 0, "host": 0}, dict[str, int]()
    lock, both = threading.Lock(), threading.Barrier(2)

    def ask(address: Address, *_: object) -> Answer:
        with lock:
            now[address.host] = now.get(address.host, 0) + 1
            most["host"] = max(most["host"], now[address.host])
            most["all"] = max(most["all"], sum(now.values()))
        both.wait(5)  # two at least, or this fails
        with lock:
            now[address.host] -= 1
        return Answer(200)

    monkeypatch.setattr(module, "ask", ask)
    return most


def test_hosts_are_asked_side_by_side_and_each_one_by_one(crowd: dict[str, int]) -> None:
    _states([f"https://{host}.dev/{n}" for host in "ab" for n in range(5)])
    assert crowd == {"all": 2, "host": 1}


def _mute(monkeypatch: pytest.MonkeyPatch, *, is_unknown: bool = False) -> list[str]:
    asked: list[str] = []

    def ask(address: Address, *_: object) -> Answer:
        asked.append(address.text)
        raise NoAnswerError("no network", is_mute=True, is_unknown=is_unknown)

    monkeypatch.setattr(module, "ask", ask)
    return asked


def test_a_host_without_an_answer_is_not_asked_for_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = _mute(monkeypatch, is_unknown=True)
    states = _states([f"https://a.dev/{n}" for n in range(20)])
    assert {*states.values()} == {LinkState.NO_HOST}
    assert (len(states), len(asked)) == (20, 1)


def test_without_a_network_it_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _mute(monkeypatch, is_unknown=True)
    assert len(_states([f"https://a{n}.dev/" for n in range(500)])) < 100
    assert len(asked) < 100


def test_a_host_that_only_fails_is_left_alone() -> None:
    with site({f"/{n}": Page(400) for n in range(20)}) as web:
        states = _states([f"{web.address}/{n}" for n in range(20)])
    assert [*states.values()].count(LinkState.UNCLEAR) == 5
    assert [*states.values()].count(LinkState.BUSY) == 15
    assert len(web.asked) == 10


def test_a_host_that_wants_fewer_questions_gets_none() -> None:
    with site({f"/{n}": Page(429, {"Retry-After": "9999"}) for n in range(20)}) as web:
        states = _states([f"{web.address}/{n}" for n in range(20)])
    assert {*states.values()} == {LinkState.BUSY}
    assert len(web.asked) == 1


def test_when_the_time_is_over_the_rest_is_left_out() -> None:
    with site({"/": Page()}) as web:
        assert _states([f"{web.address}/"], QUICK._replace(whole=0.0)) == {}


def test_who_goes_away_has_the_rest_left_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    go_on = threading.Event()

    def ask(address: Address, *_: object) -> Answer:
        asked.append(address.text)
        if len(asked) > 1:
            go_on.wait(5)
        return Answer(200)

    monkeypatch.setattr(module, "ask", ask)
    addresses = [address_of(f"https://a.dev/{n}") for n in range(100)]
    with closing(ask_all(addresses, local_route(), QUICK)) as found:
        next(found)
    go_on.set()
    assert len(asked) <= 2


def test_nothing_to_ask_is_nothing() -> None:
    assert _states([]) == {}


def test_a_socket_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = address_of(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        ((_, verdict),) = ask_all([address], local_route(seconds=0.05), QUICK)
    assert verdict.state is LinkState.MUTE
