"""The picker at a ticket of a desk: its context comes later, and replies go into it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cannery.tui import ticket_at_desk
from cannery.tui.app import Picker
from cannery.tui.sending import SendDialog
from cannery.tui.ticket_at_desk import TicketAtDesk
from tests.conftest import Base
from tests.desks.faults import Cut, Then
from tests.desks.signed_in import with_zendesk
from tests.desks.zendesk.fake import FakeZendesk
from tests.tui.screen import Hand, check, text, use

_PATIENCE = 30.0  # seconds
Act = Callable[[Picker, Hand], object]
GREET = """---
title: Greeting
fields:
  - {name: who, from: ticket.requester.name}
actions:
  status: pending
  snooze: 1d
---
Hello {{ who }}.
"""


@pytest.fixture
def desk(library: Base, fake_zendesk: FakeZendesk) -> FakeZendesk:
    library.write("macros/greet.md", GREET)
    library.write("macros/hole.md", "---\ntitle: Gap\n---\nHello [Name].\n")
    with_zendesk(library, fake_zendesk)
    return fake_zendesk


def at(library: Base, number: int) -> TicketAtDesk:
    return TicketAtDesk(library.workspace, f"zendesk:{number}")


async def arrived(picker: Picker, hand: Hand) -> None:
    """Until the desk has answered."""
    while not picker.at_desk.fetched.done():
        await hand.pilot.pause(0.02)
    await hand.settle()


async def until(hand: Hand, condition: Callable[[], bool]) -> None:
    """Wait for it, however busy the machine is; the screen tells what came about instead."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        await hand.pilot.pause(0.02)
    pytest.fail(f"it does not come about:\n{text(hand.picker)}")


def test_the_finder_names_the_ticket_and_a_form_has_its_values(
    library: Base, desk: FakeZendesk
) -> None:
    number = desk.tickets.add("Printer\x1b[2J on fire")

    async def act(picker: Picker, hand: Hand) -> None:
        await arrived(picker, hand)
        assert f"ticket {number} Printer" in text(picker)
        await hand.type("greeting\r")
        assert "Hello Kim Lee." in text(picker)
        assert "F7 Note" in text(picker)
        assert "F8 Send" in text(picker)
        assert "Draft" not in text(picker), "Zendesk has none"

    use(library.workspace, act, ticket=at(library, number))


def test_it_is_sent_after_a_look_and_a_yes_alone(library: Base, desk: FakeZendesk) -> None:
    number = desk.tickets.add("Printer on fire")

    async def act(picker: Picker, hand: Hand) -> None:
        await arrived(picker, hand)
        await hand.type("greeting\r")
        await hand.press("f8")
        await until(hand, lambda: isinstance(picker.screen, SendDialog))
        shown = text(picker)
        for line in (
            "Reply to the customer, Zendesk ticket",
            "  Hello Kim Lee.",
            "Set status: pending",
        ):
            assert line in shown
        assert "Not done: snooze: 1d" in shown
        assert "Send it to the customer?" in shown
        check(picker, "send")
        await hand.press("escape")
        await until(hand, lambda: not isinstance(picker.screen, SendDialog))
        assert desk.tickets.comments(number) == []
        await hand.press("f8")
        await until(hand, lambda: isinstance(picker.screen, SendDialog))
        await hand.type("\r\r")
        await until(hand, lambda: picker.screen is picker.finder)
        assert "Sent: " in text(picker)

    use(library.workspace, act, ticket=at(library, number))
    (comment,) = desk.tickets.comments(number)
    assert comment["public"]
    assert "Hello Kim Lee." in comment["html_body"]


def test_the_same_reply_is_sent_again_only_after_another_yes(
    library: Base, desk: FakeZendesk
) -> None:
    number = desk.tickets.add()

    async def send(picker: Picker, hand: Hand) -> None:
        await hand.type("greeting\r")
        await hand.press("f7")
        await until(hand, lambda: isinstance(picker.screen, SendDialog))
        await hand.press("enter")

    async def act(picker: Picker, hand: Hand) -> None:
        await arrived(picker, hand)
        await send(picker, hand)
        await until(hand, lambda: picker.screen is picker.finder)
        await send(picker, hand)
        await until(hand, lambda: "Already sent at" in text(picker))
        await hand.press("escape")
        await hand.settle()
        assert len(desk.tickets.comments(number)) == 1
        await hand.press("f7")
        await until(hand, lambda: "internal note?" in text(picker))
        await hand.press("enter")
        await until(hand, lambda: "Already sent at" in text(picker))
        await hand.press("enter")
        await until(hand, lambda: picker.screen is picker.finder)

    use(library.workspace, act, ticket=at(library, number))
    assert len(desk.tickets.comments(number)) == 2


def test_a_hole_is_not_sent(library: Base, desk: FakeZendesk) -> None:
    number = desk.tickets.add()

    async def act(picker: Picker, hand: Hand) -> None:
        await arrived(picker, hand)
        await hand.type("gap\r")
        await hand.press("f8")
        await until(hand, lambda: "Not sent: unfilled placeholder" in text(picker))

    use(library.workspace, act, ticket=at(library, number))
    assert desk.tickets.comments(number) == []


def test_a_slow_desk_keeps_no_one_from_searching_and_a_form_goes_on_without_it(
    library: Base, desk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_at_desk, "_PATIENCE", 0.1)
    number, answered = desk.tickets.add(), threading.Event()
    desk.fail(Then(answered.wait))

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("greeting\r")
        assert "Hello" in text(picker)
        assert "Kim Lee" not in text(picker)
        assert "F8 Send" not in text(picker)
        answered.set()
        await arrived(picker, hand)
        await hand.press("escape")
        await hand.type("\r")
        assert "Hello Kim Lee." in text(picker)

    try:
        use(library.workspace, act, ticket=at(library, number))
    finally:
        answered.set()


@pytest.mark.parametrize("source", ["zendesk:404", "zendesk:1", "https://elsewhere.example/1"])
def test_a_ticket_out_of_reach_is_told_and_replies_go_on(
    library: Base, desk: FakeZendesk, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setattr("cannery.operations.desk_connect.HASTE", 0.5)
    if source == "zendesk:1":
        desk.fail(Cut.BEFORE, times=9)

    async def act(picker: Picker, hand: Hand) -> None:
        await arrived(picker, hand)
        told = " ".join(text(picker).split())
        assert any(word in told for word in ("(404)", "can't be reached", "no desk in kb.toml"))
        await hand.type("hello\r")
        assert "Hello" in text(picker)

    use(library.workspace, act, ticket=TicketAtDesk(library.workspace, source))


@pytest.mark.parametrize("pasted", ["{address}/agent/tickets/{number}", " zendesk:{number}\n"])
def test_the_next_ticket_is_pasted_into_the_finder(
    library: Base, desk: FakeZendesk, pasted: str
) -> None:
    first, second = desk.tickets.add("Printer"), desk.tickets.add("Scanner", {"name": "Bo Ito"})

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.paste(pasted.format(address=desk.address, number=first))
        await arrived(picker, hand)
        assert f"ticket {first} Printer" in text(picker)
        assert picker.finder.words == ""
        await hand.type("greeting\r")
        assert "Hello Kim Lee." in text(picker)
        await hand.press("escape")
        await hand.paste(pasted.format(address=desk.address, number=second))
        await arrived(picker, hand)
        assert f"ticket {second} Scanner" in text(picker)
        await hand.type("\r")
        assert "Hello Bo Ito." in text(picker)
        assert "F7 Note" in text(picker).replace("\u00a0", " ")

    use(library.workspace, act)


def test_any_other_address_is_searched_for(library: Base, desk: FakeZendesk) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.paste("https://elsewhere.example/agent/tickets/1")
        assert picker.finder.words == "https://elsewhere.example/agent/tickets/1"

    use(library.workspace, act)
    assert desk.lines == []


def test_the_user_s_command_may_name_the_ticket(
    library: Base, desk: FakeZendesk, home: Path
) -> None:
    number = desk.tickets.add("Printer")
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'ticket_command = "echo zendesk:{number}"\n')

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("greeting\r")
        assert "Hello Kim Lee." in text(picker)
        assert "F8 Send" in text(picker).replace("\u00a0", " ")

    use(library.workspace, act, ticket=None)


def test_a_ticket_of_the_command_that_can_t_be_had_is_told_and_the_form_goes_on(
    library: Base, desk: FakeZendesk, home: Path
) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('ticket_command = "echo zendesk:404"\n')

    async def act(picker: Picker, hand: Hand) -> None:
        for _ in range(2):
            await hand.type("greeting\r")
            assert "Hello" in text(picker)
            assert "(404)" in text(picker)
            await hand.press("escape", "escape")
        assert desk.lines == ["GET /api/v2/tickets/404"] * 2

    use(library.workspace, act, ticket=None)


@pytest.mark.parametrize("size", [(60, 16), (40, 20)])
def test_a_long_reply_leaves_room_for_the_question(
    library: Base, desk: FakeZendesk, size: tuple[int, int]
) -> None:
    body = "\n\n".join(f"Paragraph {number} of a long reply." for number in range(40))
    library.write("macros/long.md", f"---\ntitle: Longish\n---\n{body}\n")

    async def act(picker: Picker, hand: Hand) -> None:
        await arrived(picker, hand)
        await hand.type("longish\r")
        await hand.press("f8")
        await until(hand, lambda: isinstance(picker.screen, SendDialog))
        await hand.settle()
        for words in ("Reply to the customer", "Paragraph 0 ", "Send it to the customer?", "Esc"):
            assert words in text(picker)
        await hand.press("end")
        assert "Paragraph 39 " in text(picker)
        assert "Send it to the customer?" in text(picker)

    use(library.workspace, act, ticket=at(library, desk.tickets.add("Printer")), size=size)
