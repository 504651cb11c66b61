"""The ticket at a desk that the picker is at: fetched in a thread of its own.

The finder is there before the desk has answered, and a reply can be written without.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from cannery.errors import CanneryError
from cannery.util.plain import clean
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.operations.desk_ticket import TicketRef

_PATIENCE = 8.0  # seconds that a form waits
_STEP = 0.05
Facts = Mapping[str, object]


class TicketAtDesk:
    """`source` is as `--ticket` has it, empty for no ticket. Nothing is asked before `fetch`.

    `fetched` has what the desk tells, or why it does not. `ways` are those of answering the ticket,
    and `ref` names it: empty and None until it is there, and for one that turns out to be a file.
    `is_chosen` is whether the user has chosen it: then their `ticket_command` is not asked.
    """

    def __init__(self, workspace: Workspace, source: str = "") -> None:
        self.source = source
        self.is_chosen = bool(source)
        self.ways: tuple[str, ...] = ()
        self.ref: TicketRef | None = None
        self.fetched: Future[Facts] = Future()
        self._workspace = workspace
        self._is_over = False

    def aim(self, source: str, *, is_chosen: bool = True) -> None:
        """Turn to another ticket, which the user has chosen or their command has named."""
        self.source, self.ways, self.ref, self.fetched = source, (), None, Future()
        self.is_chosen = is_chosen

    def follow(self, source: str) -> Facts:
        """What is known of the ticket that the user's command names now."""
        if source != self.source or self.trouble:
            self.aim(source, is_chosen=False)
            self.fetch()
        return self.wait()

    def fetch(self) -> None:
        """Begin to ask the desk."""
        arguments = (self.source, self.fetched)
        threading.Thread(target=self._run, args=arguments, name="ticket", daemon=True).start()

    def end(self) -> None:
        """Let nobody wait for it any more."""
        self._is_over = True

    @property
    def trouble(self) -> CanneryError | OSError | None:
        """Why nothing is known of the ticket that the user's command names."""
        failure = self.fetched.exception() if self.fetched.done() and not self.is_chosen else None
        return failure if isinstance(failure, CanneryError | OSError) else None

    @property
    def facts(self) -> Facts:
        """What is known of it by now."""
        future = self.fetched
        return {} if not future.done() or future.exception() else future.result()

    @property
    def label(self) -> str:
        """The ticket in a word or two; empty until it is there."""
        facts = self.facts
        number, subject = facts.get("id", ""), facts.get("subject", "")
        return clean(f"ticket {number} {subject}".strip()) if facts else ""

    def wait(self) -> Facts:
        """What is known of it, once that is there; nothing where it takes too long."""
        end = time.monotonic() + _PATIENCE
        while not (self.fetched.done() or self._is_over) and time.monotonic() < end:
            time.sleep(_STEP)
        return self.facts

    def _run(self, source: str, fetched: Future[Facts]) -> None:
        try:
            facts = self._look_up(source, fetched)
        except (CanneryError, OSError) as error:
            fetched.set_exception(error)
        else:
            fetched.set_result(facts)

    def _look_up(self, source: str, fetched: Future[Facts]) -> Facts:
        from cannery.operations.desk_ticket import fetch_ticket, ticket_ref, ways_of
        from cannery.operations.ticket import ticket_facts

        ref = ticket_ref(self._workspace, source)
        if ref is None:
            return ticket_facts(self._workspace, source)
        facts, ways = fetch_ticket(self._workspace, ref), ways_of(self._workspace, ref)
        if self.fetched is fetched:  # not turned to another one meanwhile
            self.ways, self.ref = ways, ref
        return facts
