"""What signs each request to one service: from the environment, or from what is kept."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, NoReturn, Protocol

from cannery.rest.credential import Credential, origin_of
from cannery.rest.credentials import CredentialsError, keep, locked, origins, stored
from cannery.rest.keyring_store import KeyringFaultError
from cannery.rest.oauth import by_refresh, by_secret
from cannery.rest.rest_error import RestError
from cannery.rest.sign_in import OAuth, SignIn
from cannery.util.finishing import finishing
from cannery.util.lock import BusyError

_EARLY = 60.0  # seconds before its end that a token is used no more
_MOST_TOLD = 5  # addresses
_UNAUTHORIZED = 401
_ENDED = (400, _UNAUTHORIZED)
PLAIN = re.compile(r"[\x21-\x7e]{1,4000}")


class NotSignedInError(RestError):
    """A service needs a sign-in that is not there, or that can't be used: as if it had said 401."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, _UNAUTHORIZED)


class Signer(Protocol):
    """What signs in to one service."""

    def headers(self) -> Mapping[str, str]:
        """Those of a request."""

    def renew(self) -> bool:
        """Get another token, as the service has refused this one; whether there may be another."""

    @property
    def about(self) -> str:
        """What signs in, in words without any secret."""


class Target(NamedTuple):
    """A service to sign in to. `name` is the user's word for it, `address` that of its API."""

    name: str
    address: str
    way: SignIn
    client_id: str = ""

    @property
    def origin(self) -> str:
        return origin_of(self.address)

    @property
    def hint(self) -> str:
        """What to do where nobody is signed in."""
        return f"Run `kb desk login {self.name}`."

    def variable(self, what: str) -> str:
        """The name of an environment variable for this service, such as its TOKEN."""
        return f"CANNERY_DESK_{self.name.upper().replace('-', '_')}_{what}"

    def given(self, what: str) -> str:
        """What such a variable holds. Raises NotSignedInError for what is no word."""
        variable = self.variable(what)
        value = os.environ.get(variable, "").strip()
        if value and not PLAIN.fullmatch(value):
            raise NotSignedInError(f"{variable} can't be used", "It has no spaces or line breaks.")
        return value


class TokenSigner:
    """Signs with one token as it is; `about` says where it is from."""

    def __init__(self, way: SignIn, credential: Credential, about: str = "") -> None:
        self._way = way
        self._credential = credential
        self.about = about

    def headers(self) -> Mapping[str, str]:
        return self._way.headers(self._credential)

    def renew(self) -> bool:
        return False


class PairSigner:
    """Signs with a token that ends, and gets the next pair by its refresh token in time."""

    about = "renewed by itself"

    def __init__(self, target: Target, oauth: OAuth, credential: Credential) -> None:
        self._target = target
        self._oauth = oauth
        self._credential = credential

    def headers(self) -> Mapping[str, str]:
        """Raises NotSignedInError where the service gives no other pair."""
        if 0 < self._credential.expires < time.time() + _EARLY and self._credential.refresh:
            self._next()
        return self._target.way.headers(self._credential)

    def renew(self) -> bool:
        if not self._credential.refresh:
            return False
        self._next()
        return True

    def _next(self) -> None:
        """Take the next pair. Raises RestError: what fails here fails for the whole service."""
        try:
            self._credential = self._kept_or_new()
        except (CredentialsError, KeyringFaultError, BusyError) as error:
            raise RestError(error.message, error.hint) from error

    def _kept_or_new(self) -> Credential:
        """The pair that another process has got by now, else a new one.

        A refresh kills the old pair, so it is done by one process at a time, ^C waits for it, and
        the new pair is kept before it is used.
        """
        origin = self._target.origin
        with locked(), finishing():
            kept = stored(origin)
            if kept is None:
                raise NotSignedInError(f"not signed in to {origin} any more", self._target.hint)
            if kept.token == self._credential.token:
                kept = self._refreshed(kept)
                keep(origin, kept)
        return kept

    def _refreshed(self, kept: Credential) -> Credential:
        try:
            return by_refresh(self._target.address, self._oauth, kept)
        except RestError as error:
            if error.code not in _ENDED:
                raise
            message = f"the sign-in to {self._target.origin} has ended"
            raise NotSignedInError(message, self._target.hint) from error


class SecretSigner:
    """Signs a program in with its secret, for as long as it runs; nothing is kept."""

    def __init__(self, target: Target, oauth: OAuth, client_id: str, secret: str) -> None:
        self._target = target
        self.about = f"as a program, by {target.variable('CLIENT_SECRET')}"
        variables = f"{target.variable('CLIENT_ID')} and {target.variable('CLIENT_SECRET')}"
        self._hint = f"Check {variables}, and that the desk's client is a confidential one."
        self._ask = partial(by_secret, target.address, oauth, client_id, secret)
        self._credential: Credential | None = None

    def headers(self) -> Mapping[str, str]:
        known = self._credential
        if known is None or 0 < known.expires < time.time() + _EARLY:
            known = self._credential = self._asked()
        return self._target.way.headers(known)

    def renew(self) -> bool:
        self._credential = None
        return True

    def _asked(self) -> Credential:
        try:
            return self._ask()
        except RestError as error:
            if error.code not in _ENDED:
                raise
            raise NotSignedInError(error.message, self._hint) from error


def signer_for(target: Target) -> Signer:
    """Raises NotSignedInError where nobody is signed in at this address, and CredentialsError.

    The address comes from content, which others propose: a token goes only to the address that it
    was given for, by its user or by the environment.
    """
    if signer := _of_environment(target):
        return signer
    kept = stored(target.origin)
    if kept is None:
        raise NotSignedInError(f"not signed in to {target.origin}", _how_to_sign_in(target))
    if kept.sign_in != target.way.name:
        message = f"the sign-in that is kept for {target.origin} is for another kind of desk"
        raise NotSignedInError(message, target.hint)
    if target.way.oauth:
        return PairSigner(target, target.way.oauth, kept)
    return TokenSigner(target.way, kept, f"with your {target.way.asks}")


def _how_to_sign_in(target: Target) -> str:
    """What to do; where others are signed in to, as a changed address may be the reason."""
    others = origins()[:_MOST_TOLD]
    if not others:
        return target.hint
    known = f"You are signed in to {', '.join(others)} alone."
    return f"{known} If kb.toml has another address now, see who changed it. {target.hint}"


def _of_environment(target: Target) -> Signer | None:
    if target.way.oauth:
        return _of_secret(target, target.way.oauth)
    token = target.given("TOKEN")
    if not token:
        return None
    refuse_other_address(target, "TOKEN")
    credential = Credential(target.way.name, token, target.given("USER"))
    return TokenSigner(target.way, credential, f"by {target.variable('TOKEN')}")


def _of_secret(target: Target, oauth: OAuth) -> Signer | None:
    if target.given("TOKEN"):
        refuse_api_token(target, target.variable("TOKEN"))
    secret = target.given("CLIENT_SECRET")
    if not secret:
        return None
    refuse_other_address(target, "CLIENT_SECRET")
    client_id = target.given("CLIENT_ID")
    if not client_id:
        message = f"{target.variable('CLIENT_SECRET')} is set, but not whose secret it is"
        raise NotSignedInError(message, f"Set {target.variable('CLIENT_ID')}.")
    return SecretSigner(target, oauth, client_id, secret)


def refuse_api_token(target: Target, source: str) -> NoReturn:
    """Raises NotSignedInError: a desk with OAuth takes no tokens that are pasted."""
    message = (
        f"{source}: Zendesk gives no new API tokens, and the old ones end on 2027-04-30: "
        "they are not used"
    )
    variables = f"{target.variable('CLIENT_ID')} and {target.variable('CLIENT_SECRET')}"
    raise NotSignedInError(message, f"{target.hint} A program sets {variables}.")


def refuse_other_address(target: Target, what: str) -> None:
    """Raises NotSignedInError unless the environment says that its secret is for this address."""
    variable = target.variable("ADDRESS")
    given = origin_of(os.environ.get(variable, "").strip())
    if given == target.origin:
        return
    secret = target.variable(what)
    if given:
        message = f"{secret} is for {given}, but kb.toml has {target.origin}: it was not sent"
        raise NotSignedInError(message, f"If the desk has moved, change {variable}.")
    message = f"{secret} is set, but {variable} is not: the token was not sent"
    raise NotSignedInError(message, f"Set {variable}={target.origin} if the token is for it.")
