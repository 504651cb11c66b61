"""Signing in to Zendesk: an authorization code with PKCE, a refresh, client credentials."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from tests.desks.server import Answer, Refused, Request, Route
from tests.desks.zendesk.store import Store

_OPEN = ("/oauth/",)  # what is asked without a token


class Token(NamedTuple):
    expires: float  # seconds of the store's clock
    scopes: frozenset[str]


class Refresh(NamedTuple):
    access: str
    client: str
    scope: str


class Code(NamedTuple):
    client: str
    redirect: str
    challenge: str
    scope: str


@dataclass
class Accounts:
    """Who may sign in. `clients` have secrets by their ids; a public client's is empty."""

    store: Store
    clients: dict[str, str] = field(default_factory=lambda: {"cannery": "", "cannery-ci": "s3cret"})
    lasts: int = 1800  # seconds that an access token lives
    denies: bool = False  # the person at the browser says no
    tokens: dict[str, Token] = field(default_factory=dict)
    refreshes: dict[str, Refresh] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", "/oauth/authorizations/new", self.authorize),
            Route("POST", "/oauth/tokens", self.grant),
            Route("DELETE", "/api/v2/oauth/tokens/current", self.sign_out),
        ]

    def check(self, request: Request) -> None:
        """Refuse a request without a token that holds."""
        if request.path.startswith(_OPEN):
            return
        token = self.tokens.get(_bearer(request))
        if token is None or token.expires <= self.store.time.timestamp():
            text = "The access token provided is expired, revoked, malformed or invalid."
            content = {"error": "invalid_token", "error_description": text}
            raise Refused(401, content, {"WWW-Authenticate": 'Bearer realm="Zendesk"'})
        needed = "read" if request.method == "GET" else "write"
        if needed not in token.scopes:
            raise Refused(403, {"error": "Forbidden", "description": "Missing scope"})

    def token(self, scope: str = "read write") -> str:
        """An access token, as if somebody had signed in."""
        made = secrets.token_hex(20)
        expires = self.store.time.timestamp() + self.lasts
        self.tokens[made] = Token(expires, frozenset(scope.split()))
        return made

    def authorize(self, request: Request) -> Answer:
        """The page where a person says yes: it sends the browser on at once."""
        query = request.query
        client, redirect = query.get("client_id", ""), query.get("redirect_uri", "")
        if client not in self.clients or query.get("response_type") != "code" or not redirect:
            return _refused("invalid_request")
        told = {"state": query["state"]} if "state" in query else {}
        if self.denies:
            told["error"] = "access_denied"
        else:
            told["code"] = self._code(client, redirect, query)
        return Answer(302, None, {"Location": f"{redirect}?{urlencode(told)}"})

    def _code(self, client: str, redirect: str, query: dict[str, str] | object) -> str:
        assert isinstance(query, dict)
        if not self.clients[client] and query.get("code_challenge_method") != "S256":
            raise Refused(400, {"error": "invalid_request", "error_description": "PKCE needed"})
        made = secrets.token_hex(12)
        scope = query.get("scope", "read")
        self.codes[made] = Code(client, redirect, query.get("code_challenge", ""), scope)
        return made

    def grant(self, request: Request) -> Answer:
        sent = _fields(request)
        grants = {
            "authorization_code": self._by_code,
            "refresh_token": self._by_refresh,
            "client_credentials": self._by_secret,
        }
        act = grants.get(sent.get("grant_type", ""))
        return act(sent) if act else _refused("unsupported_grant_type")

    def _by_code(self, sent: dict[str, str]) -> Answer:
        code = self.codes.pop(sent.get("code", ""), None)  # a code is good for one time
        if code is None or not self._is_client(sent) or code.client != sent["client_id"]:
            return _refused("invalid_grant")
        proof = sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(proof).decode().rstrip("=")
        if code.challenge and code.challenge != challenge:
            return _refused("invalid_grant")
        if code.redirect != sent.get("redirect_uri"):
            return _refused("invalid_grant")
        return self._pair(code.client, code.scope)

    def _by_refresh(self, sent: dict[str, str]) -> Answer:
        """A new pair; the old one is dead from now on, the access token too."""
        known = self.refreshes.get(sent.get("refresh_token", ""))
        if known is None or not self._is_client(sent) or known.client != sent["client_id"]:
            return _refused("invalid_grant")
        del self.refreshes[sent["refresh_token"]]
        self.tokens.pop(known.access, None)
        return self._pair(known.client, known.scope)

    def _by_secret(self, sent: dict[str, str]) -> Answer:
        if not self._is_client(sent) or not self.clients[sent["client_id"]]:
            return _refused("invalid_client", 401)
        scope = sent.get("scope", "read")
        return Answer(200, self._told(self.token(scope), scope))

    def _is_client(self, sent: dict[str, str]) -> bool:
        secret = self.clients.get(sent.get("client_id", ""))
        return secret is not None and secret == sent.get("client_secret", "")

    def _pair(self, client: str, scope: str) -> Answer:
        access, refresh = self.token(scope), secrets.token_hex(20)
        self.refreshes[refresh] = Refresh(access, client, scope)
        more = {"refresh_token": refresh, "refresh_token_expires_in": 7_776_000}
        return Answer(200, {**self._told(access, scope), **more})

    def _told(self, access: str, scope: str) -> dict[str, object]:
        told = {"access_token": access, "token_type": "bearer", "scope": scope}
        return {**told, "expires_in": self.lasts}

    def sign_out(self, request: Request) -> Answer:
        access = _bearer(request)
        self.tokens.pop(access, None)
        mine = [name for name, one in self.refreshes.items() if one.access == access]
        for name in mine:
            del self.refreshes[name]
        return Answer(204)


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def _fields(request: Request) -> dict[str, str]:
    """The fields of a form, or of JSON."""
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(request.data.decode()))
    content = request.content
    return (
        {str(key): str(value) for key, value in content.items()}
        if isinstance(content, dict)
        else {}
    )


def _refused(error: str, code: int = 400) -> Answer:
    return Answer(
        code, {"error": error, "error_description": "The grant or the client is not valid."}
    )
