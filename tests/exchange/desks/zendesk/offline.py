"""Our side of Zendesk without a server: what it has is told to it."""

from __future__ import annotations

from cannery.exchange.desks.desk import Around, Opening
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.zendesk.desk import open_desk
from cannery.model.desk_settings import DeskSettings
from tests.exchange.desks.zendesk.scripted import ScriptedClient

_NOTHING: dict[str, object] = {"meta": {}, "users": [], "user": {}}
_PATHS = ("brands", "custom_statuses", "groups", "ticket_fields", "ticket_forms", "users/search", "dynamic_content/items")  # fmt: skip


def offline(macros: object = _NOTHING) -> KeptDesk:
    """A desk that answers a list of macros, and has nothing else."""
    answers = {f"/api/v2/{name}": _NOTHING for name in _PATHS}
    client = ScriptedClient({**answers, "/api/v2/macros": macros}, otherwise=_NOTHING)
    opening = Opening(
        DeskSettings("zendesk", "zendesk", "https://acme.zendesk.com"),
        client,
        ("en",),
        "en",
        {"locales": {"en-US": "1"}},
        lambda _, __: "",
        lambda _: "",
        around=lambda _: Around(),
    )
    return open_desk(opening)
