"""An answer gets into a ticket once, whatever happens on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.conftest import Base
from tests.desks.faults import Cut, Status
from tests.desks.zendesk.fake import FakeZendesk

from cannery.errors import CanneryError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.tickets import ZendeskTickets
from cannery.model.desk import Answer, Call, Delivery
from cannery.model.desk_settings import DeskSettings
from cannery.operations.ticket_send import (
    AlreadySentError,
    Sending,
    Sent,
    TicketChangedError,
    UnknownOutcomeError,
    new_key,
    send,
)
from cannery.rest.client import Manner, PlainClient, RestError

Try = Callable[..., Sent]
TEXT = "We have sent you a new link."


class Desk:
    """A ticket at the fake, and tries to answer it."""

    def __init__(self, base: Base, fake: FakeZendesk) -> None:
        self.base, self.fake = base, fake
        self.number = fake.tickets.add()
        self.events: list[object] = []
        self.clients: list[PlainClient] = []

    def client(self, patience: float = 0) -> PlainClient:
        token = self.fake.oauth.token("read write")
        client = PlainClient(
            self.fake.address,
            lambda: {"Authorization": f"Bearer {token}"},
            Manner(patience=patience, sleep=lambda _: None),
        )
        self.clients.append(client)
        return client

    def sending(self, text: str = TEXT, how: str = "reply", patience: float = 0) -> Sending:
        client = self.client(patience)
        settings = DeskSettings("zendesk", "zendesk", self.fake.address)
        opening = Opening(settings, client, ("en",), "en", {}, lambda *_: "", lambda _: "")
        tickets = ZendeskTickets(opening)
        answer = Answer(how, text, f"<p>{text}</p>", "", {"status": "solved"}, new_key())
        return Sending(client, tickets, answer, tickets.prepare(str(self.number), answer))

    def send(self, sending: Sending | None = None, *, again: bool = False) -> Sent:
        sending = sending or self.sending()
        return send(self.base.workspace, sending, self.events.append, again=again)

    def cut(self, where: Cut | Status) -> None:
        """Plan a fault of the next update, and run into it."""
        times = 1 if isinstance(where, Status) else 2  # a kept connection has a second try
        self.fake.fail(where, method="PUT", times=times)
        with pytest.raises(UnknownOutcomeError):
            self.send()

    @property
    def count(self) -> int:
        return len(self.fake.tickets.comments(self.number))

    @property
    def status(self) -> object:
        return self.fake.store.row("tickets", self.number)["status"]


@pytest.fixture
def desk(base: Base, fake_zendesk: FakeZendesk) -> Iterator[Desk]:
    desk = Desk(base, fake_zendesk)
    yield desk
    for client in desk.clients:
        client.close()


def test_it_is_sent_with_its_actions(desk: Desk) -> None:
    sent = desk.send()
    assert sent == Sent(f"{desk.fake.address}/agent/tickets/{desk.number}", was_there=False)
    assert (desk.count, desk.status) == (1, "solved")


def test_the_same_answer_is_not_sent_again_unless_that_is_wanted(desk: Desk) -> None:
    desk.send()
    with pytest.raises(AlreadySentError, match="already sent at"):
        desk.send()
    assert desk.count == 1
    desk.send(again=True)
    assert desk.count == 2


def test_another_text_a_note_or_another_ticket_is_another_answer(desk: Desk) -> None:
    desk.send()
    desk.send(desk.sending("It works now."))
    desk.send(desk.sending(how="note"))
    assert desk.count == 3
    desk.number = desk.fake.tickets.add()
    desk.send()
    assert desk.count == 1


def test_a_lost_confirmation_is_looked_up_in_the_ticket(desk: Desk) -> None:
    desk.cut(Cut.AFTER)
    assert desk.count == 1
    assert desk.send().was_there
    assert desk.count == 1
    with pytest.raises(AlreadySentError):
        desk.send()


def test_a_client_that_tries_again_by_itself_sends_it_once(desk: Desk) -> None:
    desk.fake.fail(Cut.AFTER, method="PUT")
    assert desk.send(desk.sending(patience=60)).was_there
    assert desk.fake.lines.count(f"PUT /api/v2/tickets/{desk.number}") == 2
    assert desk.count == 1


def test_a_lost_request_is_sent_after_a_look_into_the_ticket(desk: Desk) -> None:
    desk.cut(Cut.BEFORE)
    assert desk.count == 0
    assert not desk.send().was_there
    assert desk.count == 1


def test_a_fault_of_the_server_leaves_it_open_whether_it_did_it(desk: Desk) -> None:
    desk.cut(Status(502))
    assert not desk.send().was_there
    assert desk.count == 1


def test_an_earlier_answer_of_unknown_outcome_is_told_of_before_another_is_sent(
    desk: Desk,
) -> None:
    desk.cut(Cut.AFTER)
    other = desk.sending("We are looking into it.")
    with pytest.raises(AlreadySentError, match="an earlier answer"):
        desk.send(other)
    assert desk.count == 1
    desk.send(desk.sending("We are looking into it."))
    assert desk.count == 2


def test_an_earlier_answer_that_did_not_arrive_is_told_and_forgotten(desk: Desk) -> None:
    desk.cut(Cut.BEFORE)
    desk.send(desk.sending("We are looking into it."))
    assert "did not arrive" in str(desk.events)
    assert desk.count == 1


def test_a_text_that_stood_there_before_is_not_taken_for_the_answer(desk: Desk) -> None:
    desk.send()
    desk.fake.store.passed(60)
    desk.fake.fail(Cut.BEFORE, method="PUT", times=2)
    with pytest.raises(UnknownOutcomeError):
        desk.send(again=True)
    desk.send(again=True)
    assert desk.count == 2


def test_a_ticket_that_changed_meanwhile_is_told_and_not_answered(desk: Desk) -> None:
    sending = desk.sending()
    desk.fake.tickets.change(desk.number, status="pending")
    with pytest.raises(TicketChangedError, match="nothing was sent"):
        desk.send(sending)
    assert desk.count == 0
    desk.send()
    assert desk.count == 1


def test_a_refusal_is_told_as_it_is_and_leaves_nothing_open(desk: Desk) -> None:
    desk.fake.fail(Status(422), method="PUT")
    with pytest.raises(RestError) as error:
        desk.send()
    assert error.value.code == 422
    desk.fake.asked.clear()
    desk.send()
    assert not [line for line in desk.fake.lines if "comments" in line]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("calls", [0, 1])
def test_a_process_killed_while_it_sends_leaves_what_the_next_one_needs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    """Killed just before the request goes out, and just after it has been carried out."""
    sending, client = desk.sending(), desk.client()

    def ask(*call: object) -> object:
        if calls:
            client.ask(*call)  # type: ignore[arg-type] # as `Call` has them
        raise Killed

    monkeypatch.setattr(sending.client, "ask", ask)
    with pytest.raises(Killed):
        desk.send(sending)
    assert desk.count == calls
    assert desk.send().was_there == bool(calls)
    assert (desk.count, desk.status) == (1, "solved")


def test_two_at_once_send_it_once(desk: Desk) -> None:
    outcomes: list[object] = []

    def answer(sending: Sending) -> None:
        try:
            outcomes.append(desk.send(sending).was_there)
        except CanneryError as error:
            outcomes.append(type(error))

    sendings = [desk.sending(), desk.sending()]
    threads = [threading.Thread(target=answer, args=[one]) for one in sendings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.count == 1
    assert sorted(map(str, outcomes)) == sorted(map(str, [False, AlreadySentError]))


class Several:
    """A desk whose actions are requests of their own, and that compares no times."""

    def __init__(self) -> None:
        self.stamp, self.asked, self.fails = "1", [""], ""

    def ask(self, method: str, path: str, body: object = None) -> None:
        if path == self.fails:
            raise RestError("refused", "", 403)
        self.asked.append(f"{method} {path} {body}")

    def prepare(self, ticket: str, _: Answer) -> Delivery:
        calls = (Call("POST", "tags", 1), Call("POST", "status", 2))
        message = Call("POST", "message")
        return Delivery(ticket, "https://desk.example/7", self.stamp, message, calls)

    def messages(self, _: str) -> Iterator[object]:
        from cannery.model.desk import Message

        if "POST message None" in self.asked:
            yield Message("reply", TEXT, "2")

    def sending(self) -> Sending:
        answer = Answer("reply", TEXT, TEXT, "", {}, new_key())
        return Sending(self, self, answer, self.prepare("7", answer))  # type: ignore[arg-type]


def test_actions_that_failed_are_done_by_the_next_try_without_the_message(base: Base) -> None:
    desk = Several()
    desk.fails = "status"
    with pytest.raises(RestError, match="the answer is in the ticket, but not all its actions"):
        send(base.workspace, desk.sending())
    desk.fails = ""
    assert send(base.workspace, desk.sending()).was_there
    assert desk.asked.count("POST message None") == 1
    assert desk.asked[-1] == "POST status 2"


def test_where_the_desk_compares_no_times_the_ticket_is_read_again(base: Base) -> None:
    desk = Several()
    sending = desk.sending()
    desk.stamp = "2"
    with pytest.raises(TicketChangedError):
        send(base.workspace, sending)
    assert desk.asked == [""]


def test_without_a_place_to_write_it_down_nothing_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    sending = desk.sending()
    monkeypatch.setattr("cannery.util.state.store", full)
    with pytest.raises(CanneryError, match="nothing was sent"):
        desk.send(sending)
    assert desk.count == 0


def test_the_journal_holds_nothing_of_a_customer(desk: Desk, base: Base) -> None:
    desk.send()
    kept = "".join(path.read_text() for path in base.workspace.state.glob("*answers*"))
    assert kept
    assert not any(word in kept for word in ("link", str(desk.number), "solved", "127.0.0.1"))


def test_old_entries_are_dropped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    desk.send()
    monkeypatch.setattr("time.time", lambda: now + 31 * 86_400)
    desk.number = desk.fake.tickets.add()
    desk.send()
    (path,) = desk.base.workspace.state.glob("answers*")
    assert path.read_text().count("reply") == 1
