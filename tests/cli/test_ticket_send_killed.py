"""Processes that answer one ticket: one is killed on the way, two do it at once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.conftest import Base
from tests.desks.faults import Then
from tests.desks.signed_in import with_zendesk
from tests.desks.zendesk.fake import FakeZendesk

Process = subprocess.Popen[str]


@pytest.fixture
def number(base: Base, fake_zendesk: FakeZendesk) -> int:
    base.write("macros/hello.md", "---\ntitle: Hello\nactions: {status: solved}\n---\nHello.\n")
    with_zendesk(base, fake_zendesk)
    return fake_zendesk.tickets.add()


def _answering(base: Base, number: int) -> Process:
    ticket = ("--ticket", f"zendesk:{number}", "--send", "reply", "--yes")
    return subprocess.Popen(
        [sys.executable, "-m", "cannery", "reply", "hello", *ticket],
        cwd=base.root,
        env=dict(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_a_killed_process_has_sent_is_not_sent_again(
    base: Base, number: int, fake_zendesk: FakeZendesk
) -> None:
    """It is killed when the desk has its request: it is carried out, and nothing hears of it."""
    killed: list[Process] = []

    def kill() -> None:
        killed[0].kill()

    fake_zendesk.fail(Then(kill), method="PUT")
    killed.append(_answering(base, number))
    _, said = killed[0].communicate(timeout=60)
    assert (killed[0].returncode, "Sent" in said) == (-9, False)
    assert len(fake_zendesk.tickets.comments(number)) == 1
    following = _answering(base, number)
    _, said = following.communicate(timeout=60)
    assert following.returncode == 0, said
    assert "It was in the ticket already, and was not sent again" in said
    assert len(fake_zendesk.tickets.comments(number)) == 1


def test_two_processes_at_once_send_it_once(
    base: Base, number: int, fake_zendesk: FakeZendesk
) -> None:
    both = [_answering(base, number) for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1], said
    assert sum("already sent at" in one for one in said) == 1, said
    assert len(fake_zendesk.tickets.comments(number)) == 1
