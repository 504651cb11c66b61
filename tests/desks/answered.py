"""Desks whose one ticket is answered, on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from cannery.exchange.desks.desk import Opening, Tickets
from cannery.exchange.desks.table import DESKS
from cannery.model.desk import Answer
from cannery.model.desk_settings import DeskSettings
from cannery.rest.client import Manner, PlainClient
from tests.desks.conversations import (
    Conversations,
    FakeChatwoot,
    FakeFreshdesk,
    FakeFront,
    FakeZammad,
)
from tests.desks.discourse import with_ticket


class Case(NamedTuple):
    """A desk: its fake, a ticket there, its options, and the page of the ticket."""

    kind: str
    fake: Callable[[], Conversations]
    ticket: str
    page: str
    options: Mapping[str, str] = {}


CASES = (
    Case("zammad", FakeZammad, "31001", "/#ticket/zoom/7"),
    Case("chatwoot", FakeChatwoot, "5", "/app/accounts/1/conversations/5", {"account": "1"}),
    Case("freshdesk", FakeFreshdesk, "123", "/a/tickets/123", {"status_waiting": "7"}),
    Case("front", FakeFront, "cnv_1", "/open/cnv_1", {"author": "ada@example.com"}),
)
FORUM = Case("discourse", with_ticket, "2", "/t/2")
HTML = "<p>Hello <b>Kim</b>, see <code>{{ x }}</code> and {{ y }}</p>"


def greeting(how: str, **actions: object) -> Answer:
    text = "Hello Kim, see {{ x }} and {{ y }}"
    markdown = "Hello **Kim**, see `{{ x }}` and {{ y }}"
    return Answer(how, text, HTML, "", actions, "key", markdown)


class Desk:
    def __init__(self, case: Case, fake: Conversations, client: PlainClient) -> None:
        settings = DeskSettings(case.kind, case.kind, client.address, options=case.options)
        opening = Opening(settings, client, ("en",), "en", {}, lambda *_: "", lambda _: "")
        open_tickets = DESKS[case.kind].tickets
        assert open_tickets
        self.tickets: Tickets = open_tickets(opening)
        self.case, self.fake, self.client = case, fake, client

    def answer(self, how: str = "reply", **actions: object) -> list[str]:
        """Send an answer; what of it is lost."""
        delivery = self.tickets.prepare(self.case.ticket, greeting(how, **actions))
        assert {line.split()[0] for line in self.fake.lines} == {"GET"}
        for call in (delivery.message, *delivery.actions, *delivery.actions):
            self.client.ask(*call)
        return [loss.what for loss in delivery.losses]


def opened_desk(case: Case) -> Iterator[Desk]:
    fake = case.fake()
    fake.start()
    client = PlainClient(fake.address, dict, Manner(sleep=bool))
    yield Desk(case, fake, client)
    client.close()
    fake.stop()
