"""The picker itself: its screens, the worker, and the way from one reply to the next."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Paste
from textual.message import Message

from cannery.operations.ticket_source import names_ticket
from cannery.tui.finder import Finder
from cannery.tui.items import Again, Copied, EditFile, Left, OnTop, Outcome, Stack
from cannery.tui.terminal_guard import end_soon
from cannery.tui.theme import THEME
from cannery.tui.ticket_at_desk import TicketAtDesk
from cannery.tui.work_screen import Edited, Services, WorkScreen
from cannery.tui.worker import Worker, post_when_done
from cannery.util import terminal
from cannery.util.plain import clean
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.tui.session import Session

_LOOK_EVERY = 3.0  # seconds, for changed files
_SHOWN_EVERY = 50  # files
_BUG = 3  # the exit code of one
_JOBS = ("send", "act", "search", "form", "index", "preview", "age")  # the most urgent first


class Picker(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "picker.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    class IndexDone(Message):
        """The index has caught up, or failed to. `count` is of files; -1 for a first look."""

        def __init__(self, future: Future[int]) -> None:
            super().__init__()
            self.future = future

    class TicketHere(Message):
        """The desk has told of the ticket, or could not."""

        def __init__(self, future: Future[Mapping[str, object]]) -> None:
            super().__init__()
            self.future = future

    def __init__(
        self,
        workspace: Workspace,
        ticket: Mapping[str, object] | TicketAtDesk | None,
        edit_file: EditFile,
        words: str = "",
    ) -> None:
        super().__init__(ansi_color=True)  # told now: NO_COLOR takes what there is at the start
        self.error_console = Console(file=terminal.Talk(), markup=False, highlight=False)

        self.at_desk = ticket if isinstance(ticket, TicketAtDesk) else TicketAtDesk(workspace)
        known = None if isinstance(ticket, TicketAtDesk) else ticket

        def open_session() -> Session:
            from cannery.tui.session import Session  # slow to load: not before the first frame

            return Session(workspace, known, self.at_desk)

        self.worker = Worker(open_session, _JOBS)
        self._services = Services(workspace, self.worker, edit_file, self.at_desk)
        self.finder = Finder(self._services, words, self.open_form)
        self._indexing: Future[int] | None = None
        self._left: dict[tuple[str, ...], Stack] = {}  # forms that were left, with what they hold

    async def on_event(self, event: Event) -> None:
        """What is pasted comes from anywhere; terminals send a carriage return for a line end."""
        if isinstance(event, Paste):
            event.text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
            if self._is_ticket(event.text):
                self.at_desk.aim(event.text.strip())
                self.finder.tell(f"Asking about {self.at_desk.source}…")
                self._ask_desk()
                return
        await super().on_event(event)

    async def on_mount(self) -> None:
        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; a test's thread
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self._leave_now)
        self.animation_level = "none"  # it has to be quick, over SSH too
        self.register_theme(THEME)
        self.theme = "terminal"
        await self.push_screen(self.finder)
        self.call_after_refresh(self.catch_up)
        if self.at_desk.source:
            self.call_after_refresh(self._ask_desk)
        self.set_interval(_LOOK_EVERY, self.catch_up)

    def _leave_now(self) -> None:
        if hasattr(signal, "SIGTTOU"):
            # The terminal may be somebody else's by now, and has to be mended all the same.
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        end_soon()
        self.exit()

    # --- the index

    @on(Edited)
    def catch_up(self) -> None:
        """Have the index catch up with the files, unless that is under way.

        A second job would cancel the first, and nobody would hear what that one has found.
        """
        if self._indexing and not self._indexing.done():
            return

        def update(session: Session) -> int:
            count = -1 if session.is_new else 0
            for number, total in session.catch_up():
                count = number
                if number % _SHOWN_EVERY == 0:
                    progress = f"indexing {number:,} of {total:,}"
                    self.call_later(self.finder.say_above, progress)
                if self.worker.ended:
                    break
            return count

        self._indexing = self.worker.submit("index", update)
        post_when_done(self._indexing, self, self.IndexDone)

    @on(IndexDone)
    def _index_done(self, event: IndexDone) -> None:
        screen = self.screen if isinstance(self.screen, WorkScreen) else self.finder
        if screen.result(event.future):
            self.finder.say_above()
            self.finder.search()

    # --- the ticket

    def _ask_desk(self) -> None:
        self.at_desk.fetch()
        post_when_done(self.at_desk.fetched, self, self.TicketHere)

    def _is_ticket(self, text: str) -> bool:
        """Whether a text that is pasted into the finder is a ticket to turn to."""
        desks = self.finder.workspace.settings.desks
        addresses = [desk.address for desk in desks.values()]
        return self.screen is self.finder and names_ticket(text, desks, addresses)

    @on(TicketHere)
    def _ticket_here(self, event: TicketHere) -> None:
        """Search anew: the requester's language counts. A form that is open stays as it is."""
        if event.future is not self.at_desk.fetched:
            return  # it is about another ticket by now
        screen = self.screen if isinstance(self.screen, WorkScreen) else self.finder
        if screen.result(event.future):
            self.finder.say_above()
            self.finder.search()

    # --- from the finder to a form and back

    async def open_form(self, stack: Stack) -> None:
        """Open the form of these macros, with what was typed into it before."""
        if not stack.typed and (left := self._left.pop(stack.names, None)):
            stack = stack._replace(typed=left.typed)
        request = await self.finder.run_job(lambda session: session.request(stack))
        if request is None:
            return
        if self.finder.stack:
            self.finder.begin(None)
        from cannery.tui.form import Form

        form = Form(self._services, request, stack)
        await self.push_screen(form, self._form_closed)
        if error := self.at_desk.trouble:
            form.tell_failure(error)

    async def _form_closed(self, outcome: Outcome | None) -> None:
        match outcome:
            case Left(stack) if stack.typed:
                self._left[stack.names] = stack
            case OnTop(stack):
                self.finder.begin(stack)
            case Again(stack):
                await self.open_form(stack)
            case Copied(stack, message):
                self.finder.reply_copied(stack, message)


def run(
    workspace: Workspace,
    ticket: Mapping[str, object] | TicketAtDesk | None,
    edit_file: EditFile,
    words: str,
) -> None:
    """Open the picker, until its user leaves."""
    picker = Picker(workspace, ticket, edit_file, words)
    try:
        picker.run()
    finally:
        picker.at_desk.end()
        picker.worker.end()
        keep_unchosen(picker)
    if picker.return_code:  # Textual has shown what went wrong
        sys.exit(_BUG)


def keep_unchosen(picker: Picker) -> None:
    """Keep the searches that ended without a choice: not before the terminal is given back."""
    ends = picker.finder.ends
    ends.ended()
    if not ends.unchosen:
        return
    from cannery.operations.search_log import PICKER, LostSearch, keep_beside

    rows = [LostSearch(int(one.time), PICKER, *one[1:]) for one in ends.unchosen]
    keep_beside(picker.finder.workspace, rows)
