"""Ask a host's API: the token goes to that host and to no other, and answers have bounds."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import IO, Any
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
from cannery.hosts.addresses import Place
from cannery.hosts.tokens import Access
from cannery.util.address import web

_SECONDS = 30.0
_MOST = 16_000_000  # bytes of an answer
_MOST_SAID = 10_000  # bytes of a refusal
_HEADERS = {
    "Accept": "application/vnd.github+json",
    "Content-Type": "application/json",
    "X-GitHub-Api-Version": "2022-11-28",
}


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
            host = after.host if after else "an address that is none"
            hint = "If it has moved there, name that address."
            raise GitError(f"{before.host if before else ''} leads to {host}: not followed", hint)
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made and (token := req.get_header("Authorization")):
            made.add_unredirected_header("Authorization", token)
        return made


def ask(where: Place, how: Access, what: str, data: Any = None) -> Any:  # noqa: ANN401 - JSON
    """What the API answers about a repository. Raises GitError, RemoteError."""
    request = Request(  # noqa: S310 - http or https, see tokens.py
        f"{how.api}/repos/{where.path}/{what}",
        data=json.dumps(data).encode() if data is not None else None,
        headers=_HEADERS,
    )
    if how.token:
        request.add_unredirected_header("Authorization", f"Bearer {how.token}")
    try:
        with _opener(how).open(request, timeout=_SECONDS) as answer:
            raw = answer.read(_MOST + 1)
            if len(raw) > _MOST:
                raise GitError(f"{where.host} answers without an end", "Ask whose host it is.")
            return json.loads(raw)
    except HTTPError as error:
        with error:
            message, hint = _said(error.code, error.read(_MOST_SAID))
        raise GitError(_without(how.token, message), hint) from None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        told = _without(how.token, str(error))
        raise RemoteError(f"{where.host} has no answer: {told}", "Run it again.") from error


def _opener(how: Access) -> OpenerDirector:
    found = web(how.api)
    # A proxy reads what goes over http, and has no business with this machine's own servers.
    direct = [ProxyHandler({})] if found and found.is_loopback else []
    return build_opener(_Redirects, HTTPSHandler, *direct)


def _without(token: str, text: str) -> str:
    """The text without the token: a host may say what it was told."""
    return text.replace(token, "...") if token else text


def _said(code: int, raw: bytes) -> tuple[str, str]:
    try:
        answer = json.loads(raw)
        errors = [
            str(item.get("message", item) if isinstance(item, dict) else item)
            for item in answer.get("errors", [])
        ]
        told = "; ".join([str(answer["message"]), *errors])
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        told = raw[:200].decode("utf-8", "replace")
    hint = "What was pushed is there; run it again, or do it by hand."
    if code in (401, 403, 404):
        hint = "Does your token allow it here? What was pushed is there."
    return f"GitHub refuses ({code}): {told}", hint
