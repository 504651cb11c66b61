"""A knowledge base whose user is signed in to a fake desk."""

from __future__ import annotations

import pytest

from tests.conftest import Base
from tests.desks.zendesk.fake import FakeZendesk


def add_desk(base: Base, address: str, name: str = "zendesk", more: str = "") -> None:
    """Add a desk to kb.toml."""
    path = base.root / "kb/kb.toml"
    lines = f'{path.read_text()}\n[desks.{name}]\naddress = "{address}"\n{more}\n'
    base.write("kb.toml", lines)


def sign_in(monkeypatch: pytest.MonkeyPatch, name: str, address: str, token: str) -> None:
    variable = f"CANNERY_DESK_{name.upper()}"
    monkeypatch.setenv(f"{variable}_TOKEN", token)
    monkeypatch.setenv(f"{variable}_ADDRESS", address)


def with_zendesk(base: Base, fake: FakeZendesk, monkeypatch: pytest.MonkeyPatch) -> Base:
    """The knowledge base with the fake as its desk `zendesk`."""
    add_desk(base, fake.address)
    sign_in(monkeypatch, "zendesk", fake.address, fake.oauth.token("read write"))
    return base
