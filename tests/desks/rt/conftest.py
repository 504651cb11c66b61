"""A Request Tracker for the tests of a file, and who asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

from cannery.exchange.desks.desk import Opening
from cannery.model.desk_settings import DeskSettings
from cannery.rest.client import Client, Manner, PlainClient
from tests.desks.rt.fake import FakeClient, FakeRt
from tests.desks.rt.server import PROGRAM, RequestTracker

Rt = RequestTracker | FakeRt
Fake = TypeVar("Fake", bound=FakeRt)
_NUMBERS = count(1)


REAL = pytest.param("real", marks=[pytest.mark.long, pytest.mark.needs(PROGRAM)])


@contextmanager
def real_or_fake(kind: str, fake: Fake, folder: Path) -> Iterator[Fake | RequestTracker]:
    """The fake one, or a real one that ends afterwards."""
    if kind == "fake":
        yield fake
        return
    server = RequestTracker(folder)
    yield server
    server.end()


@contextmanager
def asked(rt: Rt) -> Iterator[Client]:
    """Who asks it, signed in."""
    if isinstance(rt, FakeRt):
        yield FakeClient(rt)
        return
    signed = {"Authorization": f"token {rt.token}"}
    with closing(PlainClient(rt.address, lambda: signed, Manner(patience=0))) as client:
        yield client


@pytest.fixture(scope="module", params=["fake", REAL])
def rt(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rt]:
    with real_or_fake(request.param, FakeRt(), tmp_path_factory.mktemp("rt")) as rt:
        yield rt


@pytest.fixture
def client(rt: Rt) -> Iterator[Client]:
    with asked(rt) as client:
        yield client


@pytest.fixture
def opening(rt: Rt, client: Client) -> Opening:
    """A class that is made for a test, beside the one that is there: RT deletes no article."""
    name = f"Macros {next(_NUMBERS)}"
    rt.ask("POST", "class", {"Name": name})
    settings = DeskSettings("rt", "rt", rt.address, options={"class": f"{name}, General"})
    return Opening(settings, client, ("en", "ja"), "en", {}, lambda *_: "", lambda _: "")
