"""Ask a host's API: the token goes to that host and to no other, and answers have bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from cannery.git.repository import GitError
from cannery.git.run import RemoteError
from cannery.util.address import web

_SECONDS = 30.0
_MOST = 16_000_000  # bytes of an answer
_MOST_REFUSAL = 10_000  # bytes of a refusal


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


def ask(access: Access, path: str, data: Any = None) -> Any:  # noqa: ANN401 - JSON
    """What the API answers at a path below its address; `data` is posted as JSON.

    Raises GitError, RemoteError.
    """
    request = Request(  # noqa: S310 - http or https: whoever makes an Access sees to it
        f"{access.api}/{path}",
        data=json.dumps(data).encode() if data is not None else None,
        headers={"Content-Type": "application/json", **access.headers},
    )
    if access.token:
        request.add_unredirected_header("Authorization", f"Bearer {access.token}")
    try:
        with _opener(access).open(request, timeout=_SECONDS) as answer:
            raw = answer.read(_MOST + 1)
            if len(raw) > _MOST:
                hint = "Check the address of the host."
                raise GitError(f"{access.host} sent too long a response", hint)
            return json.loads(raw)
    except HTTPError as error:
        with error:
            refusal, hint = _refusal(access.name, error.code, error.read(_MOST_REFUSAL))
        raise GitError(_without(access.token, refusal), hint) from None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        reason = _without(access.token, str(error))
        raise RemoteError(f"no response from {access.host}: {reason}", "Run it again.") from error


def _opener(access: Access) -> OpenerDirector:
    api = web(access.api)
    # A proxy reads what goes over http, and has no business with this machine's own servers.
    direct = [ProxyHandler({})] if api and api.is_loopback else []
    return build_opener(_Redirects, HTTPSHandler, *direct)


def _without(token: str, text: str) -> str:
    """The text without the token: a host may repeat what it was sent."""
    return text.replace(token, "...") if token else text


def _refusal(name: str, code: int, raw: bytes) -> tuple[str, str]:
    """Message and hint for an answer that is an error."""
    try:
        answer = json.loads(raw)
        errors = [
            str(item.get("message", item) if isinstance(item, dict) else item)
            for item in answer.get("errors", [])
        ]
        reason = "; ".join([str(answer["message"]), *errors])
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        reason = raw[:200].decode("utf-8", "replace")
    hint = "The branch was pushed. Run it again, or open the request by hand."
    if code in (401, 403, 404):
        hint = "Check the permissions of your token. The branch was pushed."
    return f"{name} returned an error ({code}): {reason}", hint
