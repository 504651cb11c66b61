"""`kb reply --send` to a real django-helpdesk, also killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

import pytest

from tests.conftest import Base, Run
from tests.desks.django_helpdesk.conftest import REAL
from tests.desks.django_helpdesk.server import PASSWORD, USER, DjangoHelpdesk
from tests.desks.relay import Relay

pytestmark = pytest.mark.parametrize("helpdesk", [REAL], indirect=True)

KB = (sys.executable, "-m", "cannery")
MACRO = """---
title: 返金のご案内
shortcut: ";refund"
fields:
  - {name: amount, default: "1,200 円"}
actions:
  status: solved
  priority: high
---
**{{ amount }}** を返金いたしました。
"""
TEXT = "1,200 円 を返金いたしました。"


class Desk(NamedTuple):
    helpdesk: DjangoHelpdesk
    relay: Relay

    def ticket(self) -> str:
        asked = {"queue": 1, "title": "返金", "description": "?", "priority": 3}
        asked |= {"submitter_email": "kim@x.example"}
        made = self.helpdesk.ask("POST", "/api/tickets/", asked)
        return str(made["id"])

    def now(self, ticket: str) -> Any:  # noqa: ANN401 - JSON
        return self.helpdesk.ask("GET", f"/api/tickets/{ticket}/")


@pytest.fixture
def desk(helpdesk: DjangoHelpdesk, base: Base) -> Iterator[Desk]:
    relay = Relay(helpdesk.address)
    base.write("macros/refund.md", MACRO)
    base.write(
        "kb.toml",
        f'name = "Test"\ndefault_language = "ja"\n\n[desks.helpdesk]\nkind = "django_helpdesk"\n'
        f'address = "{relay.address}/helpdesk"\n',
    )
    subprocess.run(
        [*KB, "desk", "login", "helpdesk", "--user", USER, "--stdin"],
        input=PASSWORD, text=True, check=True, env=dict(os.environ),
    )  # fmt: skip
    yield Desk(helpdesk, relay)
    relay.end()


def _reply(ticket: str) -> tuple[str, ...]:
    return ("reply", ";refund", "--ticket", f"helpdesk:{ticket}", "--send", "reply", "--yes")


def test_a_ticket_is_answered_in_japanese_and_resolved_once(desk: Desk, kb: Run) -> None:
    ticket = desk.ticket()
    done = kb(*_reply(ticket))
    assert done.code == 0, done.err
    now = desk.now(ticket)
    assert (now["status"], now["priority"]) == (3, 2)
    assert [one["comment"] for one in now["followup_set"]] == ["?", TEXT]
    assert "already sent" in kb(*_reply(ticket)).err
    assert len(desk.now(ticket)["followup_set"]) == 2


@pytest.mark.parametrize("carried", [False, True])
def test_a_reply_that_is_killed_at_any_write_is_in_the_ticket_once(
    desk: Desk, kb: Run, carried: bool
) -> None:
    for write in count(1):
        ticket = desk.ticket()
        was_killed = desk.relay.killed_at(write, [*KB, *_reply(ticket)], carried=carried)
        again = kb(*_reply(ticket))
        assert again.code == 0 or "already sent" in again.err
        now = desk.now(ticket)
        assert [one["comment"] for one in now["followup_set"]] == ["?", TEXT]
        assert (now["status"], now["priority"]) == (3, 2)
        if not was_killed:
            break
    assert write == 3


def test_a_wrong_password_signs_nobody_in(desk: Desk) -> None:
    done = subprocess.run(
        [*KB, "desk", "login", "helpdesk", "--user", USER, "--stdin"],
        input="wrong", text=True, check=False, capture_output=True, env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 1
    assert "wrong" not in done.stderr
