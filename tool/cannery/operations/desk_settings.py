"""The desks of a knowledge base by their names, and what each is."""

from __future__ import annotations

from cannery.errors import NotFoundError
from cannery.exchange.desks import table
from cannery.exchange.desks.desk import DeskKind
from cannery.model.desk_settings import DeskSettings
from cannery.rest.sign_in import SIGN_INS
from cannery.rest.signer import Target
from cannery.settings_desks import DESKS_EXAMPLE
from cannery.workspace import Workspace

_MOST_TOLD = 10


def find_desk(workspace: Workspace, name: str) -> tuple[DeskSettings, DeskKind]:
    """Raises NotFoundError, with what to write in kb.toml."""
    desks = workspace.settings.desks
    settings = desks.get(name)
    if settings is None:
        raise NotFoundError(f"no desk named {name:.60} in kb.toml", _how_to_add([*desks]))
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


def _how_to_add(names: list[str]) -> str:
    """What there is, and what to write for another one."""
    known = f"It has {', '.join(names[:_MOST_TOLD])}. " if names else ""
    return f"{known}{DESKS_EXAMPLE}"
