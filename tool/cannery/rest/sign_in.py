"""How users sign in to services: a row for each way."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from cannery.rest.credential import Credential


class OAuth(NamedTuple):
    """Where a service does OAuth 2: the page for people, where tokens are given, where they end.

    `client` says where the service has programs that may sign in, in words.
    """

    page: str
    token: str
    revoke: str
    scope: str
    client: str


class SignIn(NamedTuple):
    """A way of signing in.

    `asks` is what a user is asked for, in words, and `where` is where the service shows it;
    `asks_user` is what it is asked beside that, empty for nothing. With `oauth` a user is asked
    for nothing: the service asks in a browser.
    """

    name: str
    headers: Callable[[Credential], Mapping[str, str]]
    asks: str = "access token"
    where: str = ""
    asks_user: str = ""
    oauth: OAuth | None = None


def _authorization(scheme: str) -> Callable[[Credential], Mapping[str, str]]:
    def headers(credential: Credential) -> Mapping[str, str]:
        return {"Authorization": f"{scheme}{credential.token}"}

    return headers


def _chatwoot(credential: Credential) -> Mapping[str, str]:
    """Rails takes hyphens for underscores, and nginx drops names that have these."""
    return {"Api-Access-Token": credential.token}


def _discourse(credential: Credential) -> Mapping[str, str]:
    """An administrator's key may stand for anybody: Discourse asks for whom."""
    return {"Api-Key": credential.token, "Api-Username": quote(credential.user, safe="")}


def _basic(user: str, password: str) -> Mapping[str, str]:
    pair = b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _key(credential: Credential) -> Mapping[str, str]:
    """Freshdesk takes its key for a user's name; any password will do."""
    return _basic(credential.token, "X")


def _user_and_key(credential: Credential) -> Mapping[str, str]:
    return _basic(credential.user, credential.token)


# Zendesk's: its API tokens end on 2027-04-30, and no new ones are given.
_ZENDESK = OAuth(
    "/oauth/authorizations/new",
    "/oauth/tokens",
    "/api/v2/oauth/tokens/current",
    "read write",
    "Apps and integrations > APIs > OAuth clients",
)
_ROWS = (
    SignIn("oauth", _authorization("Bearer "), oauth=_ZENDESK),
    SignIn("bearer", _authorization("Bearer "), where="the settings of your account"),
    SignIn("token", _authorization("token "), where="Settings > Auth tokens"),
    SignIn("token_token", _authorization("Token token="), where="Profile > Token access"),
    SignIn("api_access_token", _chatwoot, where="Profile settings > Access token"),
    SignIn("key", _key, "API key", "Profile settings > View API key"),
    SignIn("email_key", _user_and_key, "API key", "Settings > REST API", "email address"),
    SignIn("api_key_username", _discourse, "API key", "Admin > API keys", "user name"),
    SignIn("password", _user_and_key, "password", "", "user name"),
)
SIGN_INS: Mapping[str, SignIn] = {row.name: row for row in _ROWS}
