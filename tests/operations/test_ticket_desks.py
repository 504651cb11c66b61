"""At each desk, an answer whose confirmation was lost is found in the ticket, and not sent again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import Base
from tests.desks.answered import CASES, FORUM, Desk, greeting, opened_desk
from tests.desks.faults import Cut

from cannery.operations.ticket_send import (
    AlreadySentError,
    Sending,
    TicketChangedError,
    UnknownOutcomeError,
    send,
)

WAYS = [
    (case, how)
    for case in CASES
    for how in ("note", "reply", "draft")
    if how != "draft" or case.kind == "front"  # Zammad's can be put there again
] + [(FORUM, "reply")]


@pytest.fixture(params=WAYS, ids=[f"{case.kind}-{how}" for case, how in WAYS])
def way(request: pytest.FixtureRequest) -> Iterator[tuple[Desk, str]]:
    case, how = request.param
    for desk in opened_desk(case):
        yield desk, how


def _sending(desk: Desk, how: str) -> Sending:
    answer = greeting(how, **({} if how == "draft" else {"status": "solved"}))
    return Sending(
        desk.client, desk.tickets, answer, desk.tickets.prepare(desk.case.ticket, answer)
    )


def _messages(desk: Desk) -> int:
    return len([*desk.tickets.messages(desk.case.ticket)])


@pytest.mark.parametrize("cut", [Cut.AFTER, Cut.BEFORE, Cut.HALF])
def test_a_lost_confirmation_is_looked_up(base: Base, way: tuple[Desk, str], cut: Cut) -> None:
    desk, how = way
    desk.fake.fail(cut, method="POST")
    with pytest.raises(UnknownOutcomeError):
        send(base.workspace, _sending(desk, how))
    arrived = _messages(desk)
    assert send(base.workspace, _sending(desk, how)).was_there == bool(arrived)
    assert _messages(desk) == 1
    with pytest.raises(AlreadySentError):
        send(base.workspace, _sending(desk, how))


def test_an_answer_of_somebody_else_meanwhile_is_told(base: Base, way: tuple[Desk, str]) -> None:
    desk, how = way
    sending = _sending(desk, how)
    desk.fake.asked.clear()
    desk.answer("reply")
    with pytest.raises(TicketChangedError):
        send(base.workspace, sending)
    assert _messages(desk) == 1
