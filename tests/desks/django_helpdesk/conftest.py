"""A django-helpdesk for the tests of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.django_helpdesk import DjangoHelpdeskTickets
from cannery.model.desk_settings import DeskSettings
from tests.desks.django_helpdesk.fake import FakeDjangoHelpdesk
from tests.desks.django_helpdesk.server import DjangoHelpdesk, build

Helpdesk = DjangoHelpdesk | FakeDjangoHelpdesk
REAL = pytest.param("real", marks=pytest.mark.long)
# Of whoever runs the tests: each test has a home of its own.
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cannery-tests"


@pytest.fixture(scope="module", params=["fake", REAL])
def helpdesk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Helpdesk]:
    if request.param == "fake":
        yield FakeDjangoHelpdesk()
        return
    _CACHE.mkdir(parents=True, exist_ok=True)
    server = DjangoHelpdesk(build(_CACHE), tmp_path_factory.mktemp("django-helpdesk"))
    yield server
    server.end()


@pytest.fixture
def tickets(helpdesk: Helpdesk) -> DjangoHelpdeskTickets:
    settings = DeskSettings("desk", "django_helpdesk", helpdesk.address)
    client, languages = helpdesk.client, ("en", "ja")
    return DjangoHelpdeskTickets(
        Opening(settings, client, languages, "en", {}, lambda *_: "", lambda _: "")
    )
