"""The published descriptions of desks, in the folder that `DESK_APIS` names."""

from __future__ import annotations

from pathlib import Path

from tests.desks.contracts.check import Contract
from tests.desks.contracts.description import load
from tests.desks.contracts.patches import ALLOWED, patched

FILES = {
    "FakeZendesk": ("zendesk/zendesk-support-full-2024.yaml", "zendesk/help-center.yaml"),
    "FakeChatwoot": ("chatwoot/swagger.json",),
    "FakeFront": ("front/core-api.json",),
    "FakeFreshdesk": ("freshdesk/freshdesk-rest-api-openapi.yml",),
    "ChatwootHistory": ("chatwoot/swagger.json",),
    "FrontHistory": ("front/core-api.json",),
    "FreshdeskHistory": ("freshdesk/freshdesk-rest-api-openapi.yml",),
    "FakeIntercom": ("intercom/api.intercom.io-2.16.yaml",),
    "FakeDiscourse": ("discourse/openapi.json",),
}


def contracts(desk: str, folder: Path) -> list[Contract]:
    """The contracts of a desk; none where its descriptions are not in the folder."""
    found = []
    for name in FILES[desk]:
        path = folder / name
        if path.is_file():
            description = patched(load(path), path.name)
            found.append(Contract(description, ALLOWED.get(path.parent.name, frozenset())))
    return found
