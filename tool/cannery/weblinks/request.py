"""One request to one address: where it may go, how long it may take, what came of it."""

from __future__ import annotations

import contextlib
import errno
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib.metadata import version
from threading import Timer
from typing import NamedTuple

from cannery.rest.proxy import ProxyError, read_proxy
from cannery.weblinks.address import Address
from cannery.weblinks.reach import Reach, is_public, numbers_of

_MOST_NUMBERS = 2  # of a host's IP addresses that are tried
_UNKNOWN_NAMES = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
_NO_NETWORK = frozenset(
    (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.ETIMEDOUT)
)


class Answer(NamedTuple):
    """An answer's status, where it leads, and after how many seconds to ask again."""

    status: int
    location: str = ""
    wait: str = ""


class NoAnswerError(Exception):
    """Why there is no answer. `is_mute` says that nothing at all came from the host."""

    def __init__(self, reason: str, *, is_mute: bool = False, is_unknown: bool = False) -> None:
        super().__init__(reason)
        self.is_mute = is_mute
        self.is_unknown = is_unknown


class UntrustedError(NoAnswerError):
    """The host's certificate is not trusted."""


class BarredError(Exception):
    """An address leads to where nothing is to be asked."""


class Route:
    """How to reach hosts: through which proxies, with what certificates, and which never.

    `proxies` and `is_direct` are those of the environment. `reach` says which IP addresses may be
    asked; a proxy is the user's own, and may be anywhere. It is one for all threads.
    """

    def __init__(
        self,
        reach: Reach = is_public,
        proxies: Mapping[str, str] | None = None,
        is_direct: Callable[[str], bool] = lambda _: False,
        seconds: float = 10.0,
    ) -> None:
        self.reach = reach
        self.proxies = proxies or {}
        self.is_direct = is_direct
        self.seconds = seconds
        self.whole = 3 * seconds  # of an answer that comes letter by letter

    @cached_property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def proxies_of_environment() -> tuple[Mapping[str, str], Callable[[str], bool]]:
    """The proxies that the system names, and which hosts do without."""
    from urllib.request import getproxies, proxy_bypass  # slow to load

    return getproxies(), lambda host: bool(proxy_bypass(host))


def ask(address: Address, method: str, route: Route) -> Answer:
    """Ask once. Raises NoAnswerError, and BarredError before anything is sent."""
    with _failures(route), _connected(address, route) as (connection, target, more):
        connection.request(method, target, headers={**_headers(address), **more})
        response = connection.getresponse()
        location = _as_utf_8(response.getheader("Location", "") or "")
        return Answer(response.status, location, response.getheader("Retry-After", "") or "")


def _headers(address: Address) -> dict[str, str]:
    return {
        "Host": address.origin,
        "User-Agent": f"cannery/{_version()} (link check)",
        "Accept": "*/*",
        "Connection": "close",
    }


@cache
def _version() -> str:
    return version("cannery")


def _as_utf_8(header: str) -> str:
    """A header as most servers mean it, whatever letters HTTP allows."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


@contextmanager
def _failures(route: Route) -> Iterator[None]:
    """Errors of the libraries as what they say of the host."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise UntrustedError(f"its certificate is not trusted ({error.verify_message})") from error
    except ssl.SSLError as error:
        raise NoAnswerError("it speaks no TLS that is safe") from error
    except TimeoutError as error:
        reason = f"no answer within {route.seconds:g} seconds"
        raise NoAnswerError(reason, is_mute=True) from error
    except socket.gaierror as error:
        if error.errno in _UNKNOWN_NAMES:
            raise NoAnswerError("its host is unknown", is_mute=True, is_unknown=True) from error
        raise NoAnswerError("the name server does not answer", is_mute=True) from error
    except OSError as error:
        is_mute = error.errno in _NO_NETWORK
        reason = (error.strerror or "the connection was closed").lower()
        raise NoAnswerError(reason, is_mute=is_mute) from error
    except (HTTPException, ValueError) as error:
        raise NoAnswerError("its answer is not HTTP") from error


@contextmanager
def _connected(
    address: Address, route: Route
) -> Iterator[tuple[HTTPConnection, str, Mapping[str, str]]]:
    """A connection, what to ask on it, and headers for a proxy."""
    proxy = "" if route.is_direct(address.host) else route.proxies.get(address.scheme, "")
    if proxy:
        connection, target, headers = _through(proxy, address, route)
    else:
        connection, target, headers = _straight(address, route), address.target, {}
    timer = Timer(route.whole, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        _begin(connection, address, route)
        yield connection, target, headers
    finally:
        timer.cancel()
        connection.close()


def _begin(connection: HTTPConnection, address: Address, route: Route) -> None:
    """Connect to a proxy, or agree on TLS, in a way that can be cut."""
    if connection.sock is None:
        connection.connect()
    elif address.scheme == "https":
        connection.sock = tls = route.trust.wrap_socket(
            connection.sock, server_hostname=address.host, do_handshake_on_connect=False
        )
        tls.do_handshake()


def _cut(connection: HTTPConnection) -> None:
    """End an answer that takes too long: who waits for it learns that the connection is closed."""
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _straight(address: Address, route: Route) -> HTTPConnection:
    """A connection to one of the IP addresses that was looked at, and to no other."""
    allowed = _allowed(numbers_of(address.host, address.port), address, route)
    failed: OSError | None = None
    for number in allowed[:_MOST_NUMBERS]:
        try:
            sock = socket.create_connection((number, address.port), route.seconds)
        except OSError as error:
            failed = error
            continue
        connection = HTTPConnection(address.host, address.port)
        connection.sock = sock
        return connection
    raise failed or OSError("no address")


def _allowed(numbers: list[str], address: Address, route: Route) -> list[str]:
    allowed = [number for number in numbers if route.reach(number)]
    if not allowed:
        raise BarredError(f"{address.host} is in a private network")
    return allowed


def _through(
    proxy: str, address: Address, route: Route
) -> tuple[HTTPConnection, str, Mapping[str, str]]:
    """A connection to a proxy. It resolves names itself; what we know of them is held to."""
    try:
        _allowed(numbers_of(address.host, address.port), address, route)
    except socket.gaierror:
        if address.is_number:
            raise
    try:
        known = read_proxy(proxy)
    except ProxyError as error:
        raise NoAnswerError(str(error), is_mute=True) from error
    if address.scheme == "http":
        plain = HTTPConnection(known.host, known.port, timeout=route.seconds)
        return plain, address.text, known.headers
    tunnel = HTTPSConnection(known.host, known.port, timeout=route.seconds, context=route.trust)
    tunnel.set_tunnel(address.host, address.port, dict(known.headers))
    return tunnel, address.target, {}
