"""The picker itself: its screens, and what they have done for them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.console import Console
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Event, Paste
from textual.theme import BUILTIN_THEMES
from textual.widgets import Static

from cannery.errors import CanneryError, ClipboardError
from cannery.model.location import Location
from cannery.operations.deliver import Format, body, hand_over
from cannery.tui.finder import Finder
from cannery.tui.items import Item, Stack
from cannery.tui.terminal_guard import end_soon
from cannery.tui.worker import Worker, finished
from cannery.util import terminal
from cannery.util.plain import clean
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.reply.form import FormState
    from cannery.reply.resolve import Request
    from cannery.tui.session import Session

_T = TypeVar("_T")
_LOOK_EVERY = 3.0  # seconds, for changed files
_BUG = 3  # the exit code of one
_PATIENCE = 5.0  # seconds for a widget to take a key
_TOLD = 8.0  # seconds that a line about what was done stays
# The terminal's own colours, so that they suit it, be it light or dark.
_ANSI = BUILTIN_THEMES["ansi-dark"]
_THEME = replace(
    _ANSI,
    name="terminal",
    variables={
        **_ANSI.variables,
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "ansi_black",
        "block-cursor-blurred-background": "ansi_cyan",
        "block-cursor-blurred-text-style": "bold",
        "block-hover-background": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "border": "ansi_cyan",
        "border-blurred": "ansi_bright_black",
    },
)


class Picker(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "picker.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(
        self, workspace: Workspace, ticket: Mapping[str, object] | None, words: str = ""
    ) -> None:
        super().__init__(ansi_color=True)  # told now: NO_COLOR takes what there is at the start
        self.error_console = Console(file=terminal.Talk(), markup=False, highlight=False)
        self.workspace = workspace
        self._ticket = ticket
        self.finder = Finder(words)
        self.worker = Worker(("act", "search", "form", "index", "preview", "age"))
        self.last: Stack | None = None  # the last reply that was copied
        self._left: dict[tuple[str, ...], Stack] = {}  # forms that were left, with what they hold

    async def on_event(self, event: Event) -> None:
        """What is pasted comes from anywhere."""
        if isinstance(event, Paste):
            event.text = clean(event.text)
        await super().on_event(event)

    async def on_mount(self) -> None:
        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; a test's thread
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self._leave_now)
        self.animation_level = "none"  # it has to be quick, over SSH too
        self.register_theme(_THEME)
        self.theme = "terminal"
        await self.push_screen(self.finder)
        self.call_after_refresh(self._catch_up)
        self.set_interval(_LOOK_EVERY, self._catch_up)

    def _leave_now(self) -> None:
        if hasattr(signal, "SIGTTOU"):
            # The terminal may be somebody else's by now, and has to be mended all the same.
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        end_soon()
        self.exit()

    @cached_property
    def session(self) -> Session:
        """For the worker alone: it is slow to load."""
        from cannery.tui.session import Session

        return Session(self.workspace, self._ticket)

    def end(self) -> None:
        self.worker.end(lambda: self.session.close())  # noqa: PLW0108 - not here and now

    # --- the index

    def _catch_up(self) -> None:
        def catch_up() -> int:
            count = -1 if self.session.is_new else 0
            for number, of in self.session.catch_up():
                count = number
                if number % 50 == 0:
                    self.call_later(self.finder.say_above, f"indexing {number:,} of {of:,}")
                if self.worker.ended:
                    break
            return count

        self.worker.submit("index", catch_up).add_done_callback(
            lambda future: future.cancelled() or self.call_later(self._caught_up, future)
        )

    def _caught_up(self, future: Future[int]) -> None:
        if self.result(future):
            self.finder.say_above()
            self.finder.search()

    # --- having things done

    async def keys_taken(self) -> None:
        """Wait until the widget with the focus has taken the keys that came before this one."""
        taken = asyncio.Event()
        if self.focused is not None and self.focused.call_later(taken.set):
            await asyncio.wait_for(taken.wait(), _PATIENCE)

    async def done(self, job: Callable[[], _T]) -> _T | None:
        """What the worker makes of it; None where it failed, which is told."""
        future = self.worker.submit("act", job)
        await finished(future)
        return self.result(future)

    def result(self, future: Future[_T]) -> _T | None:
        """What came of it; None where it failed, which is told, or was overtaken."""
        if future.cancelled():
            return None
        try:
            return future.result()
        except (CanneryError, OSError) as error:
            hint = getattr(error, "hint", "")
            self.tell(f"{error} {hint}".strip(), bad=True)
            return None

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Say it in the line above the keys."""
        status = self.screen.query("#status")
        if not status:
            return
        line = status.first(Static)
        said = Content.assemble(
            (clean(" ".join(text.split())), "bold $error" if bad else "bold $success")
        )
        line.update(said)
        self.set_timer(_TOLD, lambda: line.update("") if line.content == said else None)

    # --- replies

    async def fill_in(self, stack: Stack) -> None:
        """Open the form, with what was typed into it before."""
        if not stack.typed and (left := self._left.pop(stack.names, None)):
            stack = stack._replace(typed=left.typed)
        request = await self.done(lambda: self.session.request(stack))
        if request is None:
            return
        if self.finder.stack:
            self.finder.put_on(None)
        from cannery.tui.form import Form

        await self.push_screen(Form(request, stack))
        if stack.typed:
            self.tell("With what you had typed.")

    async def in_other_language(self, stack: Stack, language: str) -> None:
        item = Item(stack.names[0], stack.title, language, "macro")
        other = await self.done(lambda: self.session.other_language(item))
        if other is None:
            return
        if other.language == language:
            self.tell(f"It is there in {language} only.", bad=True)
            return
        self.pop_screen()
        await self.fill_in(stack._replace(language=other.language, title=other.title))

    def put_on_top(self, stack: Stack) -> None:
        self.pop_screen()
        self.finder.put_on(stack)

    def keep(self, stack: Stack) -> None:
        """Nothing that was typed is lost by leaving a form."""
        if stack.typed:
            self._left[stack.names] = stack

    async def hand_over(self, sheet: FormState, request: Request, form: Format) -> str:
        """Copy the reply and learn from it; what to say of that, empty where there is none."""
        reply = sheet.reply
        if reply is None:
            return ""
        future = self.worker.submit("act", lambda: hand_over(reply, form))
        await finished(future)
        if future.cancelled():
            return ""
        try:
            said = f"Copied: {future.result()}."
        except ClipboardError as error:
            self._print_out(body(reply, form), error)
            said = "Printed, not copied."
        actions = ", ".join(f"{name}: {value}" for name, value in reply.actions.items())
        await self.done(lambda: self.session.used(request, sheet.answers))
        return f"{said} Then set {actions}." if actions else said

    def _print_out(self, text: str, error: ClipboardError) -> None:
        """Where there is no clipboard, the reply on the terminal itself, to be selected there."""
        with self.suspend():
            terminal.say(f"\n{text}")
            terminal.tell(
                f"Not copied: {error.message}\n    {error.hint}\nEnter goes back. ", end=""
            )
            sys.stdin.readline()

    async def finish(self, stack: Stack, said: str) -> None:
        """Back to the finder, ready for the next ticket."""
        self.last = stack
        await self.pop_screen()
        self.finder.put_on(None)
        self.tell(said)

    def reword(self, sheet: FormState) -> FormState | None:
        """The reply as its author leaves it in an editor."""
        from cannery.reply.compose import from_markdown
        from cannery.util.editor import edit_text

        if sheet.reply is None:
            return None
        try:
            with self.suspend():
                text = edit_text(sheet.reply.markdown)
        except CanneryError as error:
            self.tell(f"{error.message}. {error.hint}", bad=True)
            return None
        return sheet._replace(reply=from_markdown(text, sheet.reply))

    # --- entries

    async def copy_link(self, item: Item, *, as_markdown: bool) -> None:
        def copy() -> str:
            from cannery.reply.compose import linked

            url = self.session.address(item)
            entry = self.session.read(item)
            reply = linked(entry.header.title, url)
            return hand_over(
                replace(reply, text=reply.markdown) if as_markdown else reply,
                Format.MARKDOWN if as_markdown else Format.RICH,
            )

        if copied := await self.done(copy):
            self.tell(f"Copied the link: {copied}.")

    async def open_site(self, item: Item) -> None:
        url = await self.done(lambda: self.session.address(item))
        if url is None:
            return
        if sys.platform == "linux" and not _has_desktop():
            self.tell(f"No browser here: {url}")  # a text browser would take the terminal
        else:
            self.open_url(url)
            self.tell(f"Opened {url}")

    async def edit(self, item: Item) -> None:
        at = await self.done(lambda: self.session.place(item))
        if at is None:
            return
        try:
            self._edit(at)
        except CanneryError as error:
            self.tell(f"{error.message} {error.hint}", bad=True)

    def _edit(self, at: Location) -> None:
        from cannery.cli.commands.edit import edit_file

        with self.suspend():
            edit_file(self.workspace, at)
        self._catch_up()

    async def edit_macro(self, stack: Stack, at: Location) -> None:
        try:
            self._edit(at)
        except CanneryError as error:
            self.tell(f"{error.message} {error.hint}", bad=True)
            return
        await self.pop_screen()
        await self.fill_in(stack)


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(workspace: Workspace, ticket: Mapping[str, object] | None, words: str) -> None:
    """Open the picker, until its user leaves."""
    picker = Picker(workspace, ticket, words)
    try:
        picker.run()
    finally:
        picker.end()
    if picker.return_code:  # Textual has shown what went wrong
        sys.exit(_BUG)
