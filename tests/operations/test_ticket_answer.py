"""From a finished reply to an answer in the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import Base
from tests.desks.signed_in import with_zendesk
from tests.desks.zendesk.fake import FakeZendesk

from cannery.errors import UsageError
from cannery.exchange.desks.lock import Agreed, Lock, lock_text
from cannery.operations.desk_ticket import TicketRef
from cannery.operations.reply import FinishedReply, ReplyQuery, reply
from cannery.operations.ticket_answer import Plan, carry_out, plan
from cannery.util import dated_lines

MACRO = """---
title: New link
actions:
  status: pending
  snooze: 1d
---
See [the guide]({{ 'articles/login' | article_url }}), [ours](https://elsewhere.example/x)
and [that again]({{ 'articles/login' | article_url }}).
"""


@pytest.fixture
def with_desk(base: Base, fake_zendesk: FakeZendesk) -> Base:
    base.write("articles/login.md", "---\ntitle: Log in\naudience: public\n---\nText.\n")
    base.write("macros/link.md", MACRO)
    return with_zendesk(base, fake_zendesk)


def finished(base: Base) -> FinishedReply:
    return reply(base.workspace, ReplyQuery(["link"], {}, {}))


def planned(base: Base, number: int, how: str = "note") -> tuple[FinishedReply, Plan]:
    done = finished(base)
    return done, plan(base.workspace, TicketRef(("zendesk",), str(number)), done, how)


def log(base: Base) -> list[Mapping[str, object]]:
    path: Path = base.workspace.state / "sent.jsonl"
    return [*dated_lines.rows(path)] if path.exists() else []


def test_a_plan_tells_all_and_sends_nothing(with_desk: Base, fake_zendesk: FakeZendesk) -> None:
    number = fake_zendesk.tickets.add()
    _, made = planned(with_desk, number)
    assert (made.desk, made.answer.how, made.linked) == ("Zendesk", "note", ("articles/login",))
    assert [loss.what for loss in made.delivery.losses] == ["snooze: 1d"]
    assert '<a href="https://help.example.com/articles/login/">' in made.answer.html
    assert {line.split()[0] for line in fake_zendesk.lines} == {"GET"}


def test_it_is_carried_out_and_written_down_with_what_it_links_to(
    with_desk: Base, fake_zendesk: FakeZendesk
) -> None:
    number = fake_zendesk.tickets.add()
    done, made = planned(with_desk, number)
    sent = carry_out(with_desk.workspace, made, done)
    assert sent.address.endswith(f"/agent/tickets/{number}")
    assert len(fake_zendesk.tickets.comments(number)) == 1
    (row,) = log(with_desk)
    assert {**row, "time": 0} == {
        "time": 0,
        "desk": "zendesk",
        "ticket": str(number),
        "how": "note",
        "language": "en",
        "entries": ["macros/link"],
        "linked": ["articles/login"],
        "kept": 1.0,
    }


def test_without_memory_nothing_is_written_down(
    with_desk: Base, fake_zendesk: FakeZendesk, home: Path
) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[memory]\ndays = 0\n")
    done, made = planned(with_desk, fake_zendesk.tickets.add())
    carry_out(with_desk.workspace, made, done)
    assert log(with_desk) == []


@pytest.mark.parametrize("how", ["draft", "letter"])
def test_a_way_that_the_desk_has_not_is_refused(
    with_desk: Base, fake_zendesk: FakeZendesk, how: str
) -> None:
    number = fake_zendesk.tickets.add()
    with pytest.raises(UsageError, match=f"takes no {how}") as error:
        planned(with_desk, number, how)
    assert error.value.hint == "It takes: note, reply."
    assert fake_zendesk.lines == []


def test_a_macro_for_notes_goes_to_no_customer(with_desk: Base, fake_zendesk: FakeZendesk) -> None:
    number = fake_zendesk.tickets.add()
    done = finished(with_desk)
    note = done._replace(reply=replace(done.reply, actions={"public": False}))
    ref = TicketRef(("zendesk",), str(number))
    with pytest.raises(UsageError, match="internal notes"):
        plan(with_desk.workspace, ref, note, "reply")
    assert plan(with_desk.workspace, ref, note, "note").delivery.losses == ()


def _update(plan: Plan) -> Mapping[str, object]:
    body = plan.delivery.message.body
    assert isinstance(body, dict)
    told: Mapping[str, object] = body["ticket"]
    return told


def test_the_lock_file_knows_the_macro_there_and_names_that_have_changed(
    with_desk: Base, fake_zendesk: FakeZendesk
) -> None:
    agreed = Agreed("4711", {"en": "a" * 40}, {}, {})
    lock = Lock({"macros/link": agreed}, {"groups": {"Former name": "77"}})
    with_desk.write("desk/zendesk.toml", lock_text(lock))
    with_desk.write("macros/link.md", MACRO.replace("snooze: 1d", "group: Former name"))
    _, made = planned(with_desk, fake_zendesk.tickets.add())
    assert (_update(made)["macro_id"], _update(made)["group_id"]) == (4711, 77)
    assert made.delivery.losses == ()


def test_a_lock_file_that_can_t_be_read_is_told_and_the_answer_goes_on(
    with_desk: Base, fake_zendesk: FakeZendesk
) -> None:
    with_desk.write("desk/zendesk.toml", "<<<<<<< ours\n")
    events: list[object] = []
    ref = TicketRef(("zendesk",), str(fake_zendesk.tickets.add()))
    made = plan(with_desk.workspace, ref, finished(with_desk), "note", events.append)
    assert "macro_id" not in _update(made)
    assert "The desk is asked instead" in str(events)
