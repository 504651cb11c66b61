"""Sign in to a help desk, and out again."""

from __future__ import annotations

from cannery.errors import UsageError
from cannery.exchange.desks.desk import DeskKind
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.desk_connect import target_of
from cannery.operations.desk_settings import find_desk
from cannery.rest import credentials
from cannery.rest.client import PlainClient
from cannery.rest.credential import Credential
from cannery.rest.signer import PLAIN, Target, TokenSigner
from cannery.workspace import Workspace


def login_target(workspace: Workspace, name: str) -> tuple[Target, DeskKind]:
    """What is signed in to. Raises NotFoundError for a desk that kb.toml has not."""
    settings, kind = find_desk(workspace, name)
    return target_of(settings, kind), kind


def keep_token(
    target: Target, kind: DeskKind, token: str, user: str = "", listener: Listener = ignore
) -> None:
    """Ask the desk whether it takes a token, and keep it.

    Raises UsageError for what can't be one, RestError where the desk refuses it.
    """
    token = token.strip()
    if not PLAIN.fullmatch(token):
        what = target.way.asks
        raise UsageError(f"no {what} was given", "It is one word without spaces.")
    credential = Credential(target.way.name, token, user.strip())
    if kind.me:
        client = PlainClient(target.address, TokenSigner(target.way, credential).headers)
        try:
            client.ask("GET", kind.me)
        finally:
            client.close()
    with credentials.locked(_waiting(listener)):
        credentials.keep(target.origin, credential)


def logout(workspace: Workspace, name: str, listener: Listener = ignore) -> tuple[Target, bool]:
    """Delete what is kept for a desk; where it was for, and whether there was anything."""
    target, _ = login_target(workspace, name)
    with credentials.locked(_waiting(listener)):
        return target, credentials.forget(target.origin)


def _waiting(listener: Listener) -> credentials.Waiting:
    return lambda who: listener(Remark(f"Waiting for {who} ..."))
