"""What the tests of the fake share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk


@pytest.fixture
def asking(fake_zendesk: FakeZendesk) -> Iterator[Asking]:
    asking = Asking(fake_zendesk)
    yield asking
    asking.client.close()
