"""The way to a service: TLS with certificates of a company's own, and its proxy."""

from __future__ import annotations

import gc
import select
import socket
import ssl
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.rest.service import Act, Service, answer

from cannery.rest.client import Manner, PlainClient, RestError
from cannery.rest.proxy import Proxy, ProxyError, proxy_for, read_proxy

HOST = "desk.example.com"
_CA = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=Acme -keyout ca.key -out ca.pem"
_ASK = "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=desk -keyout desk.key -out desk.csr"
_SIGN = "openssl x509 -req -in desk.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out desk.pem"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority of a company's own, and what it has signed for its desk."""
    folder = tmp_path_factory.mktemp("tls")
    (folder / "names").write_text(f"subjectAltName=IP:127.0.0.1,DNS:{HOST}")
    for command in (_CA, _ASK, _SIGN):
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def safe(certificates: Path) -> Iterator[Service]:
    """A service with TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "desk.pem", certificates / "desk.key")
    made = Service(context)
    made.usual = answer({"a": 1})
    yield made
    made.end()


def _ask(address: str) -> object:
    client = PlainClient(address, lambda: {"Authorization": "Bearer t0ken"}, Manner(patience=0))
    with closing(client):
        return client.ask("GET", "/x").content


# --- certificates


def test_a_certificate_that_nobody_vouches_for_gets_no_token(safe: Service) -> None:
    with pytest.raises(RestError, match="its certificate is not trusted"):
        _ask(safe.address)
    assert safe.asked == []


def test_a_company_s_own_authority_is_named_by_a_variable(
    safe: Service, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    assert _ask(safe.address) == {"a": 1}


def test_a_certificate_is_for_the_name_in_the_address(
    safe: Service, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    with pytest.raises(RestError, match="not valid for 'localhost'"):
        _ask(safe.address.replace("127.0.0.1", "localhost"))
    assert safe.asked == []


def test_a_connection_with_tls_is_used_for_all(
    safe: Service, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    with closing(PlainClient(safe.address, dict)) as client:
        for method in ("GET", "POST", "PUT"):
            client.ask(method, "/x", {})
    assert [item.connection for item in safe.asked] == [0, 0, 0]


# --- proxies


def _tunnel(to: int) -> Act:
    """What a proxy does for CONNECT, wherever the name leads: to a port of this machine."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        with socket.create_connection(("127.0.0.1", to)) as far:
            ends = {handler.connection: far, far: handler.connection}
            while True:
                for end in select.select([*ends], [], [], 10)[0] or [None]:
                    data = end.recv(65536) if end else b""
                    if not end or not data:
                        return
                    ends[end].sendall(data)

    return act


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    made = Service()
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", made.address.replace("://", "://kim:s3cret@"))
    yield made
    made.end()


def test_a_proxy_opens_a_tunnel_through_which_it_sees_no_token(
    proxy: Service, safe: Service, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    proxy.usual = _tunnel(safe.port)
    assert _ask(f"https://{HOST}") == {"a": 1}
    asked = proxy.asked[0]
    assert (asked.method, asked.path) == ("CONNECT", f"{HOST}:443")
    assert asked.headers["proxy-authorization"] == "Basic a2ltOnMzY3JldA=="
    assert "authorization" not in asked.headers
    assert safe.asked[0].headers["authorization"] == "Bearer t0ken"
    assert "proxy-authorization" not in safe.asked[0].headers


def test_a_proxy_that_refuses_is_told_without_its_password(proxy: Service) -> None:
    proxy.usual = answer(code=407)
    with pytest.raises(RestError, match="407") as raised:
        _ask(f"https://{HOST}")
    assert not raised.value.is_fate_unknown
    assert "s3cret" not in raised.value.message + raised.value.hint
    del raised
    with warnings.catch_warnings():  # Python 3.11.2 leaves the socket of such a tunnel open
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_this_machine_is_asked_without_the_proxy(
    proxy: Service, safe: Service, certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))
    assert _ask(safe.address) == {"a": 1}
    assert proxy.asked == []


@pytest.mark.parametrize("names", [HOST, ".example.com", "*", "other.example,example.com"])
def test_a_host_that_needs_no_proxy_has_none(
    proxy: Service, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    monkeypatch.setenv("NO_PROXY", names)
    assert proxy_for("https", HOST) is None


def test_a_proxy_s_address_is_read() -> None:
    assert read_proxy("proxy:3128") == Proxy("proxy", 3128, {})
    assert read_proxy("http://kim%40x:p%3Aq@proxy") == Proxy(
        "proxy", 80, {"Proxy-Authorization": "Basic a2ltQHg6cDpx"}
    )


@pytest.mark.parametrize("address", ["socks5://proxy:1080", "http://", "http://proxy:port"])
def test_a_proxy_that_can_not_be_used_is_told(address: str) -> None:
    with pytest.raises(ProxyError):
        read_proxy(address)


def test_a_proxy_that_can_not_be_used_stops_a_request(
    proxy: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://kim:s3cret@proxy:1080")
    with pytest.raises(RestError, match="a proxy of kind socks5 is not supported"):
        _ask(f"https://{HOST}")
