"""A Request Tracker for the tests of a file, and who asks it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from cannery.exchange.desks.desk import Opening
from cannery.model.desk_settings import DeskSettings
from cannery.rest.client import Client, Manner, PlainClient
from tests.desks.rt.fake import FakeClient, FakeRt
from tests.desks.rt.server import PROGRAM, RequestTracker

Rt = RequestTracker | FakeRt
_NUMBERS = count(1)


REAL = pytest.param("real", marks=[pytest.mark.long, pytest.mark.needs(PROGRAM)])


@pytest.fixture(scope="module", params=["fake", REAL])
def rt(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rt]:
    if request.param == "fake":
        yield FakeRt()
        return
    server = RequestTracker(tmp_path_factory.mktemp("rt"))
    yield server
    server.end()


@pytest.fixture
def client(rt: Rt) -> Iterator[Client]:
    if isinstance(rt, FakeRt):
        yield FakeClient(rt)
        return
    signed = {"Authorization": f"token {rt.token}"}
    client = PlainClient(rt.address, lambda: signed, Manner(patience=0))
    yield client
    client.close()


@pytest.fixture
def opening(rt: Rt, client: Client) -> Opening:
    """A class that is made for a test, beside the one that is there: RT deletes no article."""
    name = f"Macros {next(_NUMBERS)}"
    rt.ask("POST", "class", {"Name": name})
    settings = DeskSettings("rt", "rt", rt.address, options={"class": f"{name}, General"})
    return Opening(settings, client, ("en", "ja"), "en", {}, lambda *_: "", lambda _: "")
