"""Many entries are rendered by several processes: the outcome is that of one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import closing

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import MemoryDesk, work_on

from cannery.errors import CanneryError
from cannery.model.desk import Family, Outgoing
from cannery.model.event import ignore
from cannery.operations import desk_rendering
from cannery.operations.desk_rendering import rendered
from cannery.rest.client import ForkedError, PlainClient
from cannery.util.fork import beside, can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="no forks on this system")


def _nothing(_: str) -> None:
    pass


class ForkingDesk(MemoryDesk):
    """Tells which entries this process has rendered; `in_fork` is called in any other."""

    here: tuple[str, ...] = ()
    process = os.getpid()
    in_fork: Callable[[str], None] = staticmethod(_nothing)

    def outgoing(self, family: Family) -> Outgoing:
        if os.getpid() != self.process:
            self.in_fork(family.id)
        self.here += (family.id,)
        return super().outgoing(family)


@pytest.fixture
def desk(base: Base, monkeypatch: pytest.MonkeyPatch) -> ForkingDesk:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(desk_rendering, "_MANY", 10)
    for number in range(10):
        base.write(f"macros/m{number}.md", f"---\ntitle: M{number}\n---\n\nHello {number}\n")
    desk = ForkingDesk()
    desk.process = os.getpid()
    return desk


def test_a_second_process_renders_half_of_them(base: Base, desk: ForkingDesk) -> None:
    work = work_on(base.workspace, desk)
    found = rendered(work, work.chosen(), ignore)
    assert len(desk.here) == 5
    alone = work_on(base.workspace, MemoryDesk())
    one_by_one = [*rendered(alone, alone.chosen()[:5], ignore).items()]
    one_by_one += rendered(alone, alone.chosen()[5:], ignore).items()
    assert found == dict(one_by_one)
    assert len(found) == 10


def test_what_another_process_would_have_to_ask_for_is_rendered_here(
    base: Base, desk: ForkingDesk
) -> None:
    def ask(id_: str) -> None:
        if id_ == "macros/m3":
            raise ForkedError

    desk.in_fork = ask
    work = work_on(base.workspace, desk)
    assert len(rendered(work, work.chosen(), ignore)) == 10
    assert len(desk.here) == 6
    assert "macros/m3" in desk.here


def test_a_process_that_was_killed_is_a_failed_act(base: Base, desk: ForkingDesk) -> None:
    desk.in_fork = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    work = work_on(base.workspace, desk)
    with pytest.raises(CanneryError, match="killed"):
        rendered(work, work.chosen(), ignore)


def _is_refused(client: PlainClient) -> bool:
    try:
        client.ask("GET", "/")
    except ForkedError:
        return True
    return False


def test_a_fork_leaves_the_connection_alone() -> None:
    """Two processes that read from one connection would get each other's answers."""
    client = PlainClient("http://127.0.0.1:1", dict)
    with closing(client), beside(_is_refused, client) as outcome:
        assert outcome()
