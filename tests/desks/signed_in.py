"""A knowledge base whose user is signed in to a fake desk."""

from __future__ import annotations

from cannery.exchange.desks.table import DESKS
from cannery.rest import credentials
from cannery.rest.credential import Credential
from tests.conftest import Base
from tests.desks.zendesk.fake import FakeZendesk


def add_desk(base: Base, address: str, name: str = "zendesk", more: str = "") -> None:
    """Add a desk to kb.toml."""
    path = base.root / "kb/kb.toml"
    lines = f'{path.read_text()}\n[desks.{name}]\naddress = "{address}"\n{more}\n'
    base.write("kb.toml", lines)


def sign_in(address: str, way: str, token: str, user: str = "") -> None:
    """Keep a token, as after `kb desk login`; `way` is a row of SIGN_INS."""
    with credentials.locked():
        credentials.keep(address, Credential(way, token, user))


def with_zendesk(base: Base, fake: FakeZendesk) -> Base:
    """The knowledge base with the fake as its desk `zendesk`."""
    add_desk(base, fake.address)
    sign_in(fake.address, DESKS["zendesk"].sign_in, fake.oauth.token("read write"))
    return base
