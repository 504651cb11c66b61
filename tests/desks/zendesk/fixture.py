"""The fixture `fake_zendesk`, which `tests/conftest.py` gives to all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desks.zendesk.fake import FakeZendesk


@pytest.fixture
def fake_zendesk() -> Iterator[FakeZendesk]:
    """A Zendesk that keeps nothing of the test before."""
    from tests.desks.zendesk.fake import FakeZendesk

    fake = FakeZendesk()
    fake.start()
    yield fake
    fake.stop()
