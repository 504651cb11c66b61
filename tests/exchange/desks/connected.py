"""Fakes that run for a test, with connections to them that are closed after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from cannery.exchange.desks.desk import Desk
from cannery.rest.client import Manner, PlainClient
from tests.desks.server import DeskServer
from tests.exchange.desks.opened import opened


@contextmanager
def connected(
    kind: str, fake: DeskServer, options: Mapping[str, str] | None = None
) -> Iterator[Desk]:
    """A connection to a fake, which runs meanwhile. Nothing is really waited for."""
    fake.start()
    client = PlainClient(fake.address, dict, Manner(sleep=bool))
    try:
        yield opened(kind, client, options)
    finally:
        client.close()
        fake.stop()
