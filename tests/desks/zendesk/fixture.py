"""The fixture `fake_zendesk`, which `tests/conftest.py` gives to all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desks.zendesk.fake import FakeZendesk


@pytest.fixture
def fake_zendesk() -> Iterator[FakeZendesk]:
    """A Zendesk that keeps nothing of the test before."""
    fake = FakeZendesk()
    fake.start()
    yield fake
    fake.stop()
