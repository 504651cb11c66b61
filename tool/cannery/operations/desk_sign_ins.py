"""Which desks somebody is signed in to, without asking any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cannery.errors import CanneryError
from cannery.operations.desk_settings import find_desk, target_of
from cannery.rest.signer import signer_for
from cannery.workspace import Workspace


class DeskSignIn(NamedTuple):
    """A desk of kb.toml, and what is known of the sign-in to it."""

    name: str
    is_signed_in: bool
    text: str


def sign_ins(workspace: Workspace) -> Iterator[DeskSignIn]:
    """All desks, in the order of kb.toml."""
    for name in workspace.settings.desks:
        try:
            settings, kind = find_desk(workspace, name)
            target = target_of(settings, kind)
            signed_in = f"signed in, {signer_for(target).about}"
            yield DeskSignIn(
                name, text=f"{kind.title} at {target.origin}: {signed_in}", is_signed_in=True
            )
        except CanneryError as error:
            yield DeskSignIn(name, text=f"{error.message}. {error.hint}", is_signed_in=False)
