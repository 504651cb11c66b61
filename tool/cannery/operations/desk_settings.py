"""The desks of a knowledge base by their names, and what each is."""

from __future__ import annotations

from cannery.errors import NotFoundError
from cannery.exchange.desks import table
from cannery.exchange.desks.desk import DeskKind
from cannery.model.desk_settings import DeskSettings
from cannery.rest.sign_in import SIGN_INS
from cannery.rest.signer import Target
from cannery.workspace import Workspace


def find_desk(workspace: Workspace, name: str) -> tuple[DeskSettings, DeskKind]:
    """Raises NotFoundError, with what to write in kb.toml."""
    desks = workspace.settings.desks
    settings = desks.get(name)
    if settings is None:
        raise NotFoundError(f"no desk named {name:.60} in kb.toml", _how_to_add(name, [*desks]))
    kind = table.DESKS.get(settings.kind)
    if kind is None:
        known = ", ".join(table.DESKS)
        message = f"desks.{name}: {settings.kind:.60} is not a kind of help desk"
        raise NotFoundError(message, f'Write kind = "..." in kb.toml, one of {known}.')
    return settings, kind


def target_of(settings: DeskSettings, kind: DeskKind) -> Target:
    """What is signed in to for a desk: its token goes to the address of its API."""
    address = kind.api(settings) if kind.api else settings.address
    return Target(settings.name, address, SIGN_INS[kind.sign_in], settings.client_id)


def _how_to_add(name: str, names: list[str]) -> str:
    if names:
        return f"It has {', '.join(names[:10])}."
    kind = name if name in table.DESKS else next(iter(table.DESKS), "zendesk")
    lines = f'[desks.{kind}]\naddress = "https://acme.example.com"'
    return f"Add the desk to kb/kb.toml:\n{lines}"
