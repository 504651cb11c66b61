"""What the screens share whose work is done by the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textual.message import Message
from textual.screen import Screen

from cannery.errors import CanneryError, without_errno
from cannery.model.location import Location
from cannery.tui.items import EditFile
from cannery.tui.text_lines import StatusLine
from cannery.tui.worker import Worker, finished
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.tui.session import Session
    from cannery.tui.ticket_at_desk import TicketAtDesk

_T = TypeVar("_T")
_R = TypeVar("_R")
_PATIENCE = 5.0  # seconds for a widget to handle a key


class Services(NamedTuple):
    """What the screens work with."""

    workspace: Workspace
    worker: Worker[Session]
    edit_file: EditFile
    at_desk: TicketAtDesk | None = None

    @property
    def ticket_label(self) -> tuple[str, ...]:
        """The ticket at a desk in words, once it is there."""
        return (self.at_desk.label,) if self.at_desk and self.at_desk.label else ()


class Edited(Message):
    """A file of the knowledge base was changed: the index is behind."""


class WorkScreen(Screen[_R]):
    """A screen with a `StatusLine`, which tells of jobs that fail."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.workspace = services.workspace
        self.worker = services.worker

    async def run_job(self, job: Callable[[Session], _T]) -> _T | None:
        """Its value; None if it failed, which is told, or if a newer one came between."""
        future = self.worker.submit("act", job)
        await finished(future)
        return self.result(future)

    def result(self, future: Future[_T]) -> _T | None:
        """The value of a job that is done; None if it failed, which is told, or was cancelled."""
        if future.cancelled():
            return None
        try:
            return future.result()
        except (CanneryError, OSError) as error:
            self.tell_failure(error)
            return None

    def edit_file(self, at: Location) -> bool:
        """Have it edited, with the terminal to the editor alone; False if that failed."""
        try:
            with self.app.suspend():
                self.services.edit_file(self.workspace, at)
        except CanneryError as error:
            self.tell_failure(error)
            return False
        self.post_message(Edited())
        return True

    def tell_failure(self, error: CanneryError | OSError) -> None:
        hint = getattr(error, "hint", "")
        self.tell(f"{without_errno(str(error))} {hint}".strip(), bad=True)

    def tell(self, text: str, *, bad: bool = False) -> None:
        self.query_one(StatusLine).tell(text, bad=bad)


async def keys_taken(screen: Screen[Any]) -> None:
    """Wait until the widget with the focus has handled the keys that came before this one."""
    taken = asyncio.Event()
    if screen.focused is not None and screen.focused.call_later(taken.set):
        await asyncio.wait_for(taken.wait(), _PATIENCE)
