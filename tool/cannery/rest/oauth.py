"""OAuth 2: tokens for a person's code (with PKCE), for a refresh token, for a program's secret."""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import closing
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode

from cannery.rest.client import Manner, PlainClient, RestError
from cannery.rest.credential import Credential
from cannery.rest.sign_in import OAuth
from cannery.util.hidden import hide

_SECONDS, _PATIENCE = 20.0, 60.0
_LONGEST = 4000  # letters of a token
# Until when a token that is not said to end is used: a refusal tells that it has ended.
_NEVER = 0.0


class Wish(NamedTuple):
    """What is asked in a browser: `state` and `verifier` are told to none but the service."""

    client_id: str
    redirect: str
    state: str
    verifier: str


def new_wish(client_id: str, redirect: str) -> Wish:
    return Wish(client_id, redirect, secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def page_address(address: str, oauth: OAuth, wish: Wish) -> str:
    """The page of the service where a person says yes."""
    digest = sha256(wish.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": wish.client_id,
        "redirect_uri": wish.redirect,
        "scope": oauth.scope,
        "state": wish.state,
        "code_challenge": urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    return f"{address}{oauth.page}?{urlencode(query)}"


def by_code(address: str, oauth: OAuth, wish: Wish, code: str) -> Credential:
    """The tokens for what the browser came back with. Raises RestError."""
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": wish.client_id,
        "redirect_uri": wish.redirect,
        "code_verifier": wish.verifier,
        "scope": oauth.scope,
    }
    return _granted(address, oauth, sent, (code, wish.verifier))


def by_refresh(address: str, oauth: OAuth, credential: Credential) -> Credential:
    """The next pair of tokens; the old pair is dead from then on. Raises RestError."""
    sent = {
        "grant_type": "refresh_token",
        "refresh_token": credential.refresh,
        "client_id": credential.client_id,
        "scope": oauth.scope,
    }
    hidden = (credential.refresh, credential.token)
    try:
        return _granted(address, oauth, sent, hidden)
    except RestError as error:
        if not error.is_fate_unknown:
            raise
    # A pair that never came is lost anyway; if none was made, the old refresh token is still good.
    return _granted(address, oauth, sent, hidden)


def by_secret(address: str, oauth: OAuth, client_id: str, secret: str) -> Credential:
    """A token for a program. Raises RestError."""
    sent = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": secret,
        "scope": oauth.scope,
    }
    return _granted(address, oauth, sent, (secret,))


def _granted(
    address: str, oauth: OAuth, sent: Mapping[str, str], hidden: tuple[str, ...]
) -> Credential:
    hide(*hidden)
    manner = Manner(seconds=_SECONDS, patience=_PATIENCE, hidden=hidden)
    with closing(PlainClient(address, dict, manner)) as client:
        content = client.ask("POST", oauth.token, sent).content
    try:
        return _read(content, sent["client_id"])
    except (TypeError, ValueError, KeyError):
        hint = "Check the address of the desk in kb.toml."
        raise RestError(f"{address} gave no token", hint) from None


def _read(content: Any, client_id: str) -> Credential:  # noqa: ANN401 - JSON
    """Raises TypeError, ValueError or KeyError for what holds no token."""
    lasts = content.get("expires_in") if isinstance(content, dict) else None
    expires = time.time() + float(lasts) if lasts else _NEVER
    return Credential(
        "oauth",
        _token(content["access_token"]),
        refresh=_token(content["refresh_token"]) if content.get("refresh_token") else "",
        expires=expires,
        client_id=client_id,
    )


def _token(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise TypeError
    if " " in value or not 0 < len(value) <= _LONGEST:
        raise ValueError
    return value
