"""Ask a host's API: the token goes to that host and to no other, and answers have bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from ssl import SSLCertVerificationError
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from cannery.git.failures import RemoteError
from cannery.git.repository import GitError
from cannery.rest import said
from cannery.util.address import web

_SECONDS = 30.0
_MOST = 16_000_000  # bytes of an answer
_MOST_REFUSAL = 10_000  # bytes of a refusal
_DENIED = (401, 403, 404)


class Access(NamedTuple):
    """How to ask the API of a host, which is called `name` in what the user is told.

    `host` is the host's name, `api` the API's address, `token` the user's token for it, empty for
    none. `headers` are what the API wants besides.
    """

    name: str
    host: str
    api: str
    token: str
    headers: Mapping[str, str]


class Advice(NamedTuple):
    """What to tell the user to do about an answer that is an error."""

    failed: str
    denied: str


PUSHED = Advice(
    "The branch was pushed. Run it again, or open the request by hand.",
    "Check the permissions of your token. The branch was pushed.",
)


class HostRefusalError(GitError):
    """The host answered with an error: `code` is HTTP's, `reason` what it says."""

    def __init__(self, message: str, hint: str, code: int, reason: str) -> None:
        super().__init__(message, hint)
        self.code = code
        self.reason = reason


class _Redirects(HTTPRedirectHandler):
    """Follows a question to another address of the same host.

    What has a token or a text in it goes nowhere else, and a text is not sent twice.
    """

    def redirect_request(  # noqa: PLR0913, PLR0917 - as in the library
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,  # noqa: ANN401 - likewise
        newurl: str,
    ) -> Request | None:
        before, after = web(req.full_url), web(newurl)
        if req.data is not None or not (before and after and before.origin == after.origin):
            host = after.host if after else "an invalid address"
            hint = "If the repository has moved there, use that address."
            raise GitError(
                f"{before.host if before else ''} redirects to {host}: not followed", hint
            )
        redirected = super().redirect_request(req, fp, code, msg, headers, newurl)
        if redirected and (token := req.get_header("Authorization")):
            redirected.add_unredirected_header("Authorization", token)
        return redirected


def ask(
    access: Access,
    path: str,
    data: Any = None,  # noqa: ANN401 - JSON
    advice: Advice = PUSHED,
    limit: float = _SECONDS,
) -> Any:  # noqa: ANN401 - likewise
    """What the API answers at a path below its address; `data` is posted as JSON.

    `limit` is in seconds. Raises HostRefusalError and other GitErrors, RemoteError.
    """
    return ask_page(access, path, data, advice, limit).content


class Page(NamedTuple):
    """An answer, and whether the host says that a list goes on behind it."""

    content: Any
    has_next: bool


def ask_page(
    access: Access,
    path: str,
    data: Any = None,  # noqa: ANN401 - JSON
    advice: Advice = PUSHED,
    limit: float = _SECONDS,
) -> Page:
    """The same with what the host says of a list that goes on."""
    request = Request(  # noqa: S310 - http or https: whoever makes an Access sees to it
        f"{access.api}/{path}",
        data=json.dumps(data).encode() if data is not None else None,
        headers={"Content-Type": "application/json", **access.headers},
    )
    if access.token:
        request.add_unredirected_header("Authorization", f"Bearer {access.token}")
    try:
        with _opener(access).open(request, timeout=limit) as answer:
            raw = answer.read(_MOST + 1)
            if len(raw) > _MOST:
                hint = "Check the address of the host."
                raise GitError(f"{access.host} sent too long a response", hint)
            return Page(json.loads(raw), 'rel="next"' in answer.headers.get("Link", ""))
    except HTTPError as error:
        with error:
            reason = said.reason(error.read(_MOST_REFUSAL), error.code, (access.token,))
        message = f"{access.name} returned an error ({error.code}): {reason}"
        hint = advice.denied if error.code in _DENIED else advice.failed
        raise HostRefusalError(message, hint, error.code, reason) from None
    except OSError as error:
        message = f"{access.host} can't be reached: {said.without((access.token,), _cause(error))}"
        raise RemoteError(message, "Run it again when you are online.") from error
    except (HTTPException, ValueError, RecursionError) as error:
        hint = "Check the address of the host, then run it again."
        raise RemoteError(f"unexpected response from {access.host}", hint) from error


def _cause(error: OSError) -> str:
    """What was wrong with a connection, without the system's numbers."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, SSLCertVerificationError):
        return f"its certificate is not trusted ({cause.verify_message})"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause)


def _opener(access: Access) -> OpenerDirector:
    api = web(access.api)
    # A proxy reads what goes over http, and has no business with this machine's own servers.
    direct = [ProxyHandler({})] if api and api.is_loopback else []
    return build_opener(_Redirects, HTTPSHandler, *direct)
