"""The proxies that the environment names (HTTPS_PROXY, NO_PROXY), or else the system."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_PORT = 80


class ProxyError(Exception):
    """A proxy of a kind that can't be used; says why."""


class Proxy(NamedTuple):
    """A proxy, and the headers that sign in to it."""

    host: str
    port: int
    headers: Mapping[str, str]


def proxy_for(scheme: str, host: str) -> Proxy | None:
    """The proxy on the way to a host; None for none. Raises ProxyError."""
    from urllib.request import getproxies, proxy_bypass  # slow to load

    address = getproxies().get(scheme, "")
    return read_proxy(address) if address and not proxy_bypass(host) else None


def read_proxy(address: str) -> Proxy:
    """A proxy of its address, such as `http://kim:pass@proxy:3128` or `proxy:3128`."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port or _PORT
    except ValueError as error:
        raise ProxyError("the proxy's address can't be read") from error
    if parts.scheme != "http" or not parts.hostname:
        raise ProxyError(f"a proxy of kind {parts.scheme} is not supported")
    headers = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return Proxy(parts.hostname, port, headers)
