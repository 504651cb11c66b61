"""What the tests of our side of Zendesk share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk
from tests.exchange.desks.zendesk import connected, guide_connected


@pytest.fixture(autouse=True)
def connections() -> Iterator[None]:
    """End those that a test opened."""
    yield
    connected.close_all()
    guide_connected.close_all()


@pytest.fixture
def person(fake_zendesk: FakeZendesk) -> Iterator[Asking]:
    """Someone who works at the desk beside us."""
    asking = Asking(fake_zendesk)
    yield asking
    asking.client.close()
