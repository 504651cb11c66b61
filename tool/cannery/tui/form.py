"""The form of a reply: its fields, and beside them the reply as far as it can be told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cannery.errors import CanneryError, HoleError
from cannery.operations.deliver import refuse_holes
from cannery.render.formats import RENDERERS, RICH
from cannery.reply.form import FormState, build_form
from cannery.reply.resolve import Request
from cannery.tui.choices import OneOf
from cannery.tui.controls import FieldRow, Lines
from cannery.tui.delivery import deliver
from cannery.tui.footer import KeyFooter
from cannery.tui.holes import with_holes
from cannery.tui.items import Again, Copied, Item, Left, OnTop, Outcome, Stack
from cannery.tui.text_lines import StatusLine, TextLines
from cannery.tui.typed import Typed
from cannery.tui.work_screen import Services, WorkScreen, keys_taken
from cannery.tui.worker import post_when_done
from cannery.util.plain import clean


def _copying() -> Iterator[Binding]:
    """The keys that copy the reply in each format, function keys first."""
    keys = [(len(row.key), row.key, name) for name, row in RENDERERS.items() if row.key]
    for _, key, name in sorted(keys):
        yield Binding(key, f"copy('{name}')", RENDERERS[name].button, priority=True)


class Form(WorkScreen[Outcome]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next, then copy", priority=True),
        Binding("ctrl+j", "next", show=False, priority=True),
        *_copying(),
        Binding("f6", "send('draft')", "Draft", priority=True),
        Binding("f7", "send('note')", "Note", priority=True),
        Binding("f8", "send('reply')", "Send", priority=True),
        Binding("f9", "copy_held", "Copy anyway", priority=True),
        Binding("ctrl+l", "language", "Language", priority=True),
        Binding("ctrl+n", "stack", "Add a macro", priority=True),
        Binding("ctrl+r", "reword", "Edit reply", priority=True),
        Binding("ctrl+e", "edit", "Edit the macro", priority=True),
        Binding("escape", "leave", "Back", priority=True),
    ]

    class Built(Message):
        """The form's state for what was typed is there, or could not be had."""

        def __init__(self, future: Future[FormState]) -> None:
            super().__init__()
            self.future = future

    def __init__(self, services: Services, request: Request, stack: Stack) -> None:
        super().__init__(services)
        self.request = request
        self.stack = stack
        self.typed = dict(stack.typed)
        self._rows: dict[str, FieldRow] = {}
        self._held: FormState | None = None  # was not copied because its author left a hole
        self._held_form = RICH
        self._is_sending = False

    def compose(self) -> ComposeResult:
        yield Static(Content(self._about()), id="above")
        with Horizontal(id="halves"):
            yield VerticalScroll(id="fields")
            with VerticalScroll(id="preview", can_focus=False):
                yield TextLines(id="about")
                yield TextLines(id="text")
        yield StatusLine()
        yield KeyFooter()

    def _about(self) -> str:
        pieces = [self.stack.title, self.request.language]
        ticket = self.request.ticket
        if ticket:
            number, subject = ticket.get("id", ""), ticket.get("subject", "")
            pieces.append(f"ticket {number} {subject}".strip())
        return clean(" · ".join(pieces))

    async def on_mount(self) -> None:
        self.query_one("#fields").can_focus = False
        state = await self._state()
        if state is not None:
            await self._show(state)
            self._focus_open(state)
        if self.stack.typed:
            self.tell("Your earlier input was restored.")

    # --- as it is typed

    async def _state(self) -> FormState | None:
        """The form as it stands this very moment; None if it can't be built, which is told."""
        await keys_taken(self)
        request, typed = self.request, self._collect()
        return await self.run_job(lambda _: build_form(request, typed))

    def row(self, name: str) -> FieldRow:
        return self._rows[name]

    async def _so_far(self) -> Stack:
        """The macros with all that was typed, to go on with elsewhere."""
        await keys_taken(self)
        return self.stack._replace(typed=self._collect())

    def _collect(self) -> dict[str, str]:
        """What was typed, up to the last key."""
        self.typed |= {name: row.text for name, row in self._rows.items() if row.is_touched}
        return dict(self.typed)

    @on(Typed)
    def _typed(self) -> None:
        self._held = None
        self.refresh_bindings()
        request, typed = self.request, self._collect()
        building = self.worker.submit("form", lambda _: build_form(request, typed))
        post_when_done(building, self, self.Built)

    @on(Built)
    async def _built(self, event: Built) -> None:
        if state := self.result(event.future):
            await self._show(state)

    async def _show(self, state: FormState) -> None:
        """Show the rows that the reply wants now, in their order, and the reply."""
        fields = self.query_one("#fields", VerticalScroll)
        names = [row.field.name for row in state.rows]
        for name in [name for name in self._rows if name not in names]:
            await self._rows.pop(name).remove()
        for number, row in enumerate(state.rows):
            name = row.field.name
            if name in self._rows:
                self._rows[name].show(row)
                continue
            new = FieldRow(row, self.request.language, is_touched=name in self.typed)
            self._rows[name] = new
            await fields.mount(new, before=number if number < len(fields.children) else None)
        self._show_reply(state)
        for shown in self._rows.values():
            if shown.has_focus_within:
                self.call_after_refresh(shown.scroll_visible, animate=False)

    def _show_reply(self, state: FormState) -> None:
        about = self.query_one("#about", TextLines)
        text = self.query_one("#text", TextLines)
        if state.reply is None:
            about.put(Content.assemble((clean(state.fault), "bold $error")))
            text.put(Content())
            return
        subject = state.reply.subject
        about.put(with_holes(f"Subject: {subject}\n") if subject else Content())
        about.display = bool(subject)
        text.put(with_holes(state.reply.text))

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter begins a new line where there are several."""
        if self._is_sending:
            return False  # a second Enter is not meant for the form
        if action == "send":
            at_desk = self.services.at_desk
            return at_desk is not None and parameters[0] in at_desk.ways
        if action == "copy_held":
            return self._held is not None
        return not (action == "next" and isinstance(self.focused, Lines))

    async def action_next(self) -> None:
        """On to what is missing; where nothing is, the reply is done."""
        await keys_taken(self)
        if self.focused and isinstance(control := self.focused.parent, OneOf):
            control.take()
        await self.action_copy(RICH)

    async def action_copy(self, form: str) -> None:
        if state := await self._finished():
            await self._deliver(state, form)

    async def _finished(self) -> FormState | None:
        """The form if it is done; if not, the focus goes to what is missing."""
        state = await self._state()
        if state is None:
            return None
        await self._show(state)
        if not state.is_done:
            self._focus_open(state)
        return state if state.is_done else None

    async def action_copy_held(self) -> None:
        """Copy what was not copied because of a hole, as it stands."""
        if (state := self._held) and state.reply:
            whole = state._replace(reply=replace(state.reply, holes=()))
            await self._deliver(whole, self._held_form)

    def _hold(self, state: FormState, form: str, error: HoleError) -> None:
        """Keep what has a hole for `copy_held`, and for another round in the editor."""
        self._held, self._held_form = state, form
        self.refresh_bindings()
        self.tell(
            f"Not copied: {' '.join(error.message.split())}. Press F9 to copy anyway.", bad=True
        )

    async def _deliver(self, state: FormState, form: str) -> None:
        try:
            if state.reply:
                refuse_holes(state.reply)
        except HoleError as error:
            self._hold(state, form, error)
            return
        if message := await deliver(self, self.request, state, form):
            self.dismiss(Copied(self.stack._replace(typed=self.typed), message))

    async def action_send(self, how: str) -> None:
        """Put the reply into its ticket, once its author has seen what will happen."""
        if state := await self._finished():
            self._is_sending = True
            self.run_worker(self._send(state, how))

    async def _send(self, state: FormState, how: str) -> None:
        from cannery.tui.sending import send

        message = await send(self, self.request, state, how)
        self._is_sending = False
        self.refresh_bindings()
        if message:
            self.dismiss(Copied(self.stack._replace(typed=self.typed), message))

    def _focus_open(self, state: FormState) -> None:
        """Go to the next field that lacks something, after the one with the focus."""
        names = [row.field.name for row in state.rows if row.is_open]
        order = [*self._rows]
        here = next((name for name, row in self._rows.items() if row.has_focus_within), "")
        later = order[order.index(here) + 1 :] if here else []
        name = next((name for name in [*later, *names] if name in names), "")
        row = self._rows.get(name) or next(iter(self._rows.values()), None)
        if row is not None:
            control = row.control
            # At once: keys that are on their way already are meant for it.
            self.set_focus(control.query_one("Input") if isinstance(control, OneOf) else control)

    async def action_language(self) -> None:
        stack, language = await self._so_far(), self.request.language
        shown = Item(stack.names[0], stack.title, language, "macro")
        other = await self.run_job(lambda session: session.other_language(shown))
        if other is None:
            return
        if other.language == language:
            self.tell(f"It is only available in {language}.", bad=True)
            return
        self.dismiss(Again(stack._replace(language=other.language, title=other.title)))

    async def action_stack(self) -> None:
        stack = await self._so_far()
        self.dismiss(OnTop(stack._replace(language=self.request.language)))

    async def action_reword(self) -> None:
        """Copy the reply as its author leaves it in an editor."""
        from cannery.reply.compose import editable, from_markdown
        from cannery.util.editor import edit_text

        state = self._held or await self._finished()
        if state is None or state.reply is None:
            return
        try:
            with self.app.suspend():
                text = edit_text(editable(state.reply))
        except CanneryError as error:
            self.tell(f"{error.message}. {error.hint}", bad=True)
            return
        reworded = state._replace(reply=from_markdown(text, state.reply))
        await self._deliver(reworded, RICH)

    async def action_edit(self) -> None:
        stack = await self._so_far()
        if self.edit_file(self.request.macros[-1].at):
            self.dismiss(Again(stack))

    async def action_leave(self) -> None:
        self.dismiss(Left(await self._so_far()))
