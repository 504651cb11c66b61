"""Where a request goes: a path of one service, and never any other service."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from cannery.rest.rest_error import RestError
from cannery.util.address import Web, web

_PLAIN = "/%~!$&'()*+,;=:@-._"  # letters of a path that stay as they are


def request_target(service: Web, path: str) -> str:
    """The path and query to ask for, of a path below the service's address or a whole address.

    Raises RestError for an address of another service, and for what is no address.
    """
    try:
        parts = urlsplit(path)
        if not (parts.scheme or parts.netloc):
            below = path if path.startswith("/") else f"/{path}"
            parts = urlsplit(f"//{service.host}{f'/{service.path}'.rstrip('/')}{below}")
        elif (found := web(path)) is None or found.origin != service.origin:
            raise _elsewhere(service)
    except ValueError:
        raise _elsewhere(service) from None
    query = quote(parts.query, safe=f"{_PLAIN}/?[]")
    return quote(parts.path or "/", safe=_PLAIN) + (f"?{query}" if query else "")


def redirect_target(service: Web, target: str, location: str) -> str:
    """Likewise, of what an answer to `target` says to ask instead."""
    try:
        leads = urljoin(f"{service.scheme}://{service.host}{target}", location)
    except ValueError:
        raise _elsewhere(service) from None
    try:
        return request_target(service, leads)
    except RestError as error:
        error.leads = leads
        raise


def _elsewhere(service: Web) -> RestError:
    message = f"{service.name} points to another host: not followed"
    return RestError(message, "Check the address of the service.")
