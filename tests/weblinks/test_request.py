from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.weblinks.web import Page, address_of, local_route, site

from cannery.weblinks.request import BarredError, NoAnswerError, Route, ask


def test_a_request_says_who_asks_and_no_more() -> None:
    with site({"/x?y=1": Page(301, {"Location": "/b", "Retry-After": "3"})}) as web:
        answer = ask(address_of(f"{web.address}/x?y=1#part"), "HEAD", local_route())
    assert (answer.status, answer.location, answer.wait) == (301, "/b", "3")
    assert web.asked == ["HEAD /x?y=1"]
    headers = web.requests[0].headers
    assert headers["User-Agent"].startswith("cannery/")
    assert {*headers} == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "127.1"])
def test_this_machine_is_not_asked_by_any_name(host: str) -> None:
    with site({"/": Page()}) as web:
        address = address_of(f"http://127.0.0.1:{web.address.rpartition(':')[2]}/")._replace(
            host=host
        )
        with pytest.raises(BarredError):
            ask(address, "HEAD", Route())
    assert web.requests == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that leads elsewhere each time it is looked up (DNS rebinding) gains nothing."""
    with site({"/": Page()}) as web:
        port = int(web.address.rpartition(":")[2])
        answers = iter(["127.0.0.1", "127.0.0.9"])
        seen: list[str] = []

        def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

        monkeypatch.setattr("cannery.weblinks.reach.socket.getaddrinfo", resolve)
        connect = socket.create_connection

        def connect_to(at: tuple[str, int], seconds: float) -> socket.socket:
            seen.append(at[0])
            monkeypatch.undo()
            return connect(at, seconds)

        monkeypatch.setattr("cannery.weblinks.request.socket.create_connection", connect_to)
        route = Route(reach=lambda number: number == "127.0.0.1")
        assert ask(address_of(f"http://a.dev:{port}/"), "HEAD", route).status == 200
    assert seen == ["127.0.0.1"]


def test_no_answer_is_told_with_its_reason() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nothing listens
        with pytest.raises(NoAnswerError, match="refused") as caught:
            ask(address_of(f"http://127.0.0.1:{taken.getsockname()[1]}/"), "HEAD", local_route())
    assert not caught.value.is_mute


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr("cannery.weblinks.reach.socket.getaddrinfo", fail)
    with pytest.raises(NoAnswerError, match="its host is unknown") as caught:
        ask(address_of("https://gone.dev/"), "HEAD", local_route())
    assert caught.value.is_unknown


@pytest.fixture
def raw() -> Iterator[tuple[str, list[bytes]]]:
    """A server that says one thing and no more, and then one letter after the other."""
    said = [b""]
    server = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(said[0])
            while said[0] and not done.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", said
    done.set()
    server.close()


def test_an_answer_that_comes_letter_by_letter_is_cut(raw: tuple[str, list[bytes]]) -> None:
    address, said = raw
    said[0] = b"HTTP/1.1 20"
    with pytest.raises(NoAnswerError):
        ask(address_of(address), "HEAD", local_route(seconds=0.2))


def test_what_is_not_http_is_told(raw: tuple[str, list[bytes]]) -> None:
    address, said = raw
    said[0] = b"SSH-2.0-x\r\n"
    with pytest.raises(NoAnswerError, match="its answer is not HTTP"):
        ask(address_of(address), "HEAD", local_route())


def test_a_host_without_tls_is_told() -> None:
    with site({"/": Page()}) as web, pytest.raises(NoAnswerError, match="TLS"):
        ask(address_of(web.address.replace("http:", "https:")), "HEAD", local_route())


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x"
        " -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    texts = [(folder / name).read_text() for name in ("key.pem", "cert.pem")]
    (folder / "pair.pem").write_text("".join(texts))
    return folder / "pair.pem"


def test_a_certificate_that_nobody_vouches_for_is_told(pair: Path) -> None:
    with site({"/": Page()}, pair=pair) as web:
        with pytest.raises(NoAnswerError, match=r"certificate is not trusted \(self.signed"):
            ask(address_of(web.address), "HEAD", local_route())
        assert web.requests == []
        route = local_route()
        route.trust.load_verify_locations(pair.with_name("cert.pem"))
        assert ask(address_of(web.address), "HEAD", route).status == 200


def test_a_certificate_is_for_the_name_in_the_address(pair: Path) -> None:
    with site({"/": Page()}, pair=pair) as web:
        route = local_route()
        route.trust.load_verify_locations(pair.with_name("cert.pem"))
        with pytest.raises(NoAnswerError, match="certificate is not trusted"):
            ask(address_of(web.address)._replace(host="localhost"), "HEAD", route)


def test_a_proxy_of_the_environment_is_asked_for_the_whole_address() -> None:
    with site({"http://8.8.8.8/x": Page(204)}) as proxy:
        name = proxy.address.removeprefix("http://")
        proxies = {"http": f"http://me:s3cret@{name}"}
        route = Route(proxies=proxies)
        assert ask(address_of("http://8.8.8.8/x"), "HEAD", route).status == 204
    assert proxy.asked == ["HEAD http://8.8.8.8/x"]
    assert proxy.requests[0].headers["Proxy-Authorization"] == "Basic bWU6czNjcmV0"


def test_a_proxy_opens_a_tunnel_for_tls() -> None:
    with site({"8.8.8.8:443": Page(502)}) as proxy:
        route = Route(proxies={"https": proxy.address})
        with pytest.raises(NoAnswerError):
            ask(address_of("https://8.8.8.8/x"), "HEAD", route)
    assert proxy.asked == ["CONNECT 8.8.8.8:443"]


def test_a_proxy_is_asked_for_no_private_network() -> None:
    with site({}) as proxy:
        route = Route(proxies={"http": proxy.address})
        with pytest.raises(BarredError):
            ask(address_of("http://10.0.0.1/"), "HEAD", route)
    assert proxy.requests == []


def test_a_host_that_needs_no_proxy_is_asked_straight() -> None:
    with site({"/": Page()}) as web, site({}) as proxy:
        route = local_route(
            proxies={"http": proxy.address}, is_direct=lambda host: host == "127.0.0.1"
        )
        assert ask(address_of(web.address), "HEAD", route).status == 200
    assert proxy.requests == []
