"""Hosts that answer endlessly, letter by letter, in circles, or with what is not HTTP."""

from __future__ import annotations

import contextlib
import itertools
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from tests.weblinks.web import QUICK, address_of, local_route

from cannery.model.web_link import LinkState
from cannery.weblinks.ask_all import ask_all

_OK = b"HTTP/1.1 200 OK\r\n"
_LINGER = struct.pack("ii", 1, 0)


def _endless(start: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return answer


def _once(data: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(data)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)


_numbers = itertools.count(1)


def _away(connection: socket.socket) -> None:
    there = f"Location: /{next(_numbers)}\r\n".encode()
    connection.sendall(b"HTTP/1.1 301 x\r\n" + there + b"Content-Length: 0\r\n\r\n")


_ANSWERS: dict[str, tuple[Callable[[socket.socket], None], LinkState]] = {
    "a body without end": (_endless(_OK + b"\r\n", b"x" * 10_000), LinkState.WORKS),
    "a header without end": (_endless(_OK + b"X: ", b"y" * 10_000), LinkState.UNCLEAR),
    "headers without end": (_endless(_OK, b"X: y\r\n" * 100), LinkState.UNCLEAR),
    "wait without end": (_endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LinkState.UNCLEAR),
    "no HTTP": (_once(b"\0\xff" * 1000), LinkState.UNCLEAR),
    "a status that is none": (_once(b"HTTP/1.1 99999 x\r\n\r\n"), LinkState.UNCLEAR),
    "nothing": (_once(b""), LinkState.UNCLEAR),
    "an end": (_reset, LinkState.UNCLEAR),
    "always elsewhere": (_away, LinkState.DOUBTFUL),
    "colours": (_once(b"HTTP/1.1 404 \x1b[31m\r\nContent-Length: 0\r\n\r\n"), LinkState.DEAD),
    "letters": (
        _once("HTTP/1.1 301 x\r\nLocation: http://日本\r\n\r\n".encode()),
        LinkState.BARRED,
    ),
}


def _serve(server: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    def one(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(5)
            connection.recv(2000)
            answer(connection)

    with contextlib.suppress(OSError):  # closed
        while True:
            connection, _ = server.accept()
            threading.Thread(target=one, args=[connection], daemon=True).start()


@pytest.fixture
def hosts() -> Iterator[dict[str, str]]:
    """The address of a host of each kind."""
    with contextlib.ExitStack() as stack:
        addresses = {}
        for number, (name, (answer, _)) in enumerate(_ANSWERS.items(), start=2):
            server = stack.enter_context(socket.create_server((f"127.0.0.{number}", 0)))
            threading.Thread(target=_serve, args=[server, answer], daemon=True).start()
            addresses[name] = f"http://127.0.0.{number}:{server.getsockname()[1]}/"
        yield addresses


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 and the like are Linux's")
def test_each_gets_a_verdict_and_keeps_no_other_from_one(hosts: dict[str, str]) -> None:
    found = ask_all(map(address_of, hosts.values()), local_route(), QUICK)
    states = {address.text: verdict for address, verdict in found}
    assert {name: states[hosts[name]].state for name in hosts} == {
        name: state for name, (_, state) in _ANSWERS.items()
    }
    assert all(verdict.reason.isprintable() for verdict in states.values())
