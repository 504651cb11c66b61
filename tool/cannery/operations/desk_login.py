"""Sign in to a help desk, and out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from cannery.errors import CanneryError, SettingsError, UsageError
from cannery.exchange.desks.desk import DeskKind
from cannery.model.desk_settings import DeskSettings
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.desk_settings import find_desk, target_of
from cannery.rest import credentials
from cannery.rest.client import Manner, PlainClient, RestError
from cannery.rest.credential import Credential
from cannery.rest.loopback import SignInError, awaited, code_of, outcome_of, redirect_address
from cannery.rest.oauth import Wish, by_code, new_wish, page_address
from cannery.rest.sign_in import OAuth
from cannery.rest.signer import PLAIN, Target, TokenSigner, refuse_api_token
from cannery.workspace import Workspace

_PORT = 47621  # registered with the desk, which sends browsers there and nowhere else
_PATIENCE = 300.0  # seconds that a person has
_LAST_PORT = 65535
_NOT_OF_THE_TOKEN = (403, 404)  # it may have other rights, or the desk another version


class Login(NamedTuple):
    """What is signed in to. `port` is the one that the desk sends a browser back to."""

    target: Target
    kind: DeskKind
    port: int
    language: str


def login_to(workspace: Workspace, name: str) -> Login:
    """Raises NotFoundError for a desk that kb.toml has not, and SettingsError."""
    settings, kind = find_desk(workspace, name)
    language = workspace.user.language or workspace.settings.default_language
    return Login(target_of(settings, kind), kind, _port(settings), language)


def keep_token(login: Login, token: str, user: str = "", listener: Listener = ignore) -> None:
    """Ask the desk whether it takes a token, and keep it.

    Raises UsageError for what can't be one, NotSignedInError for a desk that takes none, RestError
    where the desk refuses it.
    """
    target, token = login.target, token.strip()
    if target.way.oauth:
        refuse_api_token(target, "a token was given")
    if not PLAIN.fullmatch(token):
        raise UsageError(f"no {target.way.asks} was given", "It is one word without spaces.")
    credential = Credential(target.way.name, token, user.strip())
    if login.kind.me:
        _try(login, credential, listener)
    _keep(target, credential, listener)


def _try(login: Login, credential: Credential, listener: Listener) -> None:
    """Ask the desk who is signed in. Raises RestError where it does not take the token."""
    target = login.target
    signer, manner = TokenSigner(target.way, credential), Manner(listener)
    try:
        with closing(PlainClient(target.address, signer.headers, manner)) as client:
            client.ask("GET", login.kind.me)
    except RestError as error:
        if error.code not in _NOT_OF_THE_TOKEN or error.code in login.kind.refusals:
            raise
        listener(Remark(f"The token could not be tried: {error.message}"))


class Visit(NamedTuple):
    """A sign-in in a browser that has begun: `page` is to be opened.

    `finish` ends it, once the person has signed in there. It raises SignInError and RestError.
    """

    page: str
    finish: Callable[[], None]


@contextmanager
def visit(login: Login, listener: Listener = ignore) -> Iterator[Visit]:
    """Sign in with a browser on this machine: `finish` waits for it.

    Raises SettingsError, and SignInError for a port that is taken.
    """
    oauth, wish = _oauth(login), _wish(login)
    with awaited(login.port, wish.state, login.language) as waiting:
        yield Visit(
            page_address(login.target.address, oauth, wish),
            lambda: _finish(login, wish, waiting.result(_PATIENCE), listener),
        )


def visit_elsewhere(login: Login, paste: Callable[[], str], listener: Listener = ignore) -> Visit:
    """Sign in with a browser on another machine: `finish` asks for the address that it ends at."""
    wish = _wish(login)
    return Visit(
        page_address(login.target.address, _oauth(login), wish),
        lambda: _finish(login, wish, _code_in(paste(), wish), listener),
    )


def logout(workspace: Workspace, name: str, listener: Listener = ignore) -> tuple[Target, bool]:
    """Delete what is kept for a desk; where it was for, and whether there was anything.

    A desk with OAuth is asked to end the token; where it can't be asked, the user learns that.
    """
    target = login_to(workspace, name).target
    with credentials.locked(_waiting(listener)):
        kept = credentials.stored(target.origin)
        if kept and target.way.oauth and kept.sign_in == target.way.name:
            _revoke(target, target.way.oauth, kept, listener)
        return target, credentials.forget(target.origin)


def _oauth(login: Login) -> OAuth:
    if login.target.way.oauth is None:
        raise TypeError("a desk without OAuth has no page to sign in")
    return login.target.way.oauth


def _wish(login: Login) -> Wish:
    client_id = login.target.client_id
    if client_id:
        return new_wish(client_id, redirect_address(login.port))
    message = f"desks.{login.target.name}.client_id is not set in kb.toml"
    hint = (
        f"An administrator adds a client in {_oauth(login).client}: public, with the redirect URL "
        f"{redirect_address(login.port)}. Write its identifier as client_id."
    )
    raise SettingsError(message, hint)


def _code_in(address: str, wish: Wish) -> str:
    """The code in an address that was pasted. Raises SignInError."""
    outcome = outcome_of(address.strip(), wish.state)
    if outcome is None:
        hint = "Copy the whole address that the browser ends at."
        raise SignInError("the address is not from this sign-in", hint)
    return code_of(outcome)


def _finish(login: Login, wish: Wish, code: str, listener: Listener) -> None:
    credential = by_code(login.target.address, _oauth(login), wish, code)
    _keep(login.target, credential, listener)


def _keep(target: Target, credential: Credential, listener: Listener) -> None:
    with credentials.locked(_waiting(listener)):
        credentials.keep(target.origin, credential)


def _revoke(target: Target, oauth: OAuth, kept: Credential, listener: Listener) -> None:
    signer, manner = TokenSigner(target.way, kept), Manner(patience=0, hidden=(kept.refresh,))
    try:
        with closing(PlainClient(target.address, signer.headers, manner)) as client:
            client.ask("DELETE", oauth.revoke)
    except CanneryError as error:
        listener(Remark(f"The token was not ended at the desk: {error.message}"))


def _waiting(listener: Listener) -> credentials.Waiting:
    return lambda who: listener(Remark(f"Waiting for {who}."))


def _port(settings: DeskSettings) -> int:
    written = settings.options.get("port", str(_PORT))
    if written.isdecimal() and len(written) <= len(str(_LAST_PORT)):
        port = int(written)
        if 0 < port <= _LAST_PORT:
            return port
    hint = f'Write port = "{_PORT}".'
    raise SettingsError(f"desks.{settings.name}.port is not the number of a port", hint)
