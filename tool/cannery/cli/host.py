"""The host of the team's repository, as the settings or the remote tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cannery.git.clone import Checkout
    from cannery.hosts.addresses import Place


def where_is(checkout: Checkout) -> Place | None:
    """The team's repository on its host."""
    from cannery.hosts.addresses import place
    from cannery.workspace import open_workspace

    workspace = open_workspace(checkout.folder)
    settings = workspace.settings
    address = settings.repository or checkout.git("ls-remote", "--get-url", checkout.remote)
    found = place(address, settings.forge)
    told = workspace.user.hosts.get(found.host) if found else None
    return found._replace(kind=told.kind) if found and told and told.kind else found
