"""The host of the team's repository, as the settings or the remote tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cannery.contribute.checkout import Checkout
    from cannery.contribute.forge import Place


def where_is(checkout: Checkout) -> Place | None:
    """The team's repository on its host."""
    from cannery.contribute.forge import place
    from cannery.workspace import open_workspace

    settings = open_workspace(checkout.folder).settings
    address = settings.repository or checkout.git("remote", "get-url", checkout.remote)
    return place(address, settings.forge)
