"""What signs each request to one service: from the environment, or from what is kept."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from cannery.errors import CanneryError
from cannery.rest.credential import Credential, origin_of
from cannery.rest.credentials import stored
from cannery.rest.sign_in import SignIn

PLAIN = re.compile(r"[\x21-\x7e]{1,4000}")


class NotSignedInError(CanneryError):
    """A service needs a sign-in that is not there, or that can't be used."""


class Signer(Protocol):
    """What signs in to one service."""

    def headers(self) -> Mapping[str, str]:
        """Those of a request."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere."""


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
    """Signs with one token as it is."""

    def __init__(self, way: SignIn, credential: Credential) -> None:
        self._way = way
        self._credential = credential

    def headers(self) -> Mapping[str, str]:
        return self._way.headers(self._credential)

    @property
    def secrets(self) -> tuple[str, ...]:
        return self._credential.secrets


def signer_for(target: Target) -> Signer:
    """Raises NotSignedInError where nobody is signed in at this address, and CredentialsError.

    The address comes from content, which others propose: a token goes only to the address that it
    was given for, by its user or by the environment.
    """
    if token := target.given("TOKEN"):
        refuse_other_address(target, "TOKEN")
        credential = Credential(target.way.name, token, target.given("USER"))
        return TokenSigner(target.way, credential)
    credential_kept = stored(target.origin)
    if credential_kept is None:
        raise NotSignedInError(f"not signed in to {target.origin}", target.hint)
    if credential_kept.sign_in != target.way.name:
        message = f"the sign-in that is kept for {target.origin} is for another kind of desk"
        raise NotSignedInError(message, target.hint)
    return TokenSigner(target.way, credential_kept)


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
