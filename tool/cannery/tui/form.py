"""The form of a reply: its fields, and beside them the reply as far as it can be told."""

from __future__ import annotations

import re
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from cannery.operations.deliver import Format
from cannery.reply.form import HOLE, FormState, build_form
from cannery.reply.resolve import Request
from cannery.tui.choices import OneOf
from cannery.tui.controls import FieldRow, Lines
from cannery.tui.footer import KeyFooter
from cannery.tui.ime import Typed
from cannery.tui.items import Stack
from cannery.util.plain import clean

if TYPE_CHECKING:
    from cannery.tui.app import Picker

_HOLE = re.compile(f"({HOLE[0]}[^{HOLE[0]}{HOLE[1]}]*+{HOLE[1]})")


class Form(Screen[None]):
    app: Picker

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next, then copy", priority=True),
        Binding("ctrl+j", "next", show=False, priority=True),
        Binding("f2", "copy('text')", "Plain", priority=True),
        Binding("f3", "copy('html')", "HTML", priority=True),
        Binding("f4", "copy('slack')", "Slack", priority=True),
        Binding("f5", "copy('markdown')", "Markdown", priority=True),
        Binding("ctrl+s", "copy('rich')", "Copy", priority=True),
        Binding("ctrl+l", "language", "Language", priority=True),
        Binding("ctrl+n", "stack", "Put another on top", priority=True),
        Binding("ctrl+r", "reword", "Reword", priority=True),
        Binding("ctrl+e", "edit", "Edit the macro", priority=True),
        Binding("escape", "leave", "Back", priority=True),
    ]

    class LaidOut(Message):
        def __init__(self, future: Future[FormState]) -> None:
            super().__init__()
            self.future = future

    def __init__(self, request: Request, stack: Stack) -> None:
        super().__init__()
        self.request = request
        self.stack = stack
        self.typed = dict(stack.typed)
        self._rows: dict[str, FieldRow] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content(self._about()), id="above")
        with Horizontal(id="halves"):
            yield VerticalScroll(id="fields")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="about")
                yield Static(id="text")
        yield Static(id="status")
        yield KeyFooter()

    def _about(self) -> str:
        said = [self.stack.title, self.request.language]
        ticket = self.request.ticket
        if ticket:
            number, subject = ticket.get("id", ""), ticket.get("subject", "")
            said.append(f"ticket {number} {subject}".strip())
        return clean(" · ".join(said))

    async def on_mount(self) -> None:
        self.query_one("#fields").can_focus = False
        sheet = await self._sheet()
        if sheet is not None:
            await self._lay_out(sheet)
            self._focus_open(sheet)

    # --- as it is typed

    async def _sheet(self) -> FormState | None:
        """The form as it stands this very moment."""
        await self.app.keys_taken()
        request, typed = self.request, self._collect()
        return await self.app.done(lambda: build_form(request, typed))

    def row(self, name: str) -> FieldRow:
        return self._rows[name]

    async def _so_far(self) -> Stack:
        """The macros with all that was typed, to go on with elsewhere."""
        await self.app.keys_taken()
        return self.stack._replace(typed=self._collect())

    def _collect(self) -> dict[str, str]:
        """What was typed, up to the last key."""
        self.typed |= {name: row.text for name, row in self._rows.items() if row.is_touched}
        return dict(self.typed)

    @on(Typed)
    def _typed(self) -> None:
        request, typed = self.request, self._collect()
        laying = self.app.worker.submit("form", lambda: build_form(request, typed))
        laying.add_done_callback(self._tell)

    def _tell(self, future: Future[FormState]) -> None:
        if self.is_running and not future.cancelled():
            self.post_message(self.LaidOut(future))

    @on(LaidOut)
    async def _answered(self, event: LaidOut) -> None:
        sheet = self.app.result(event.future)
        if sheet is not None:
            await self._lay_out(sheet)

    async def _lay_out(self, sheet: FormState) -> None:
        """Show the rows that the reply wants now, in their order, and the reply."""
        place = self.query_one("#fields", VerticalScroll)
        names = [row.field.name for row in sheet.rows]
        for name in [name for name in self._rows if name not in names]:
            await self._rows.pop(name).remove()
        for number, row in enumerate(sheet.rows):
            name = row.field.name
            if name in self._rows:
                self._rows[name].show(row)
                continue
            new = FieldRow(row, self.request.language, is_touched=name in self.typed)
            self._rows[name] = new
            await place.mount(new, before=number if number < len(place.children) else None)
        self._show_reply(sheet)
        for shown in self._rows.values():
            if shown.has_focus_within:
                self.call_after_refresh(shown.scroll_visible, animate=False)

    def _show_reply(self, sheet: FormState) -> None:
        about, text = self.query_one("#about", Static), self.query_one("#text", Static)
        if sheet.reply is None:
            about.update(Content.assemble((clean(sheet.fault), "bold $error")))
            text.update("")
            return
        subject = sheet.reply.subject
        about.update(_with_holes(f"Subject: {subject}\n") if subject else "")
        about.display = bool(subject)
        text.update(_with_holes(sheet.reply.text))

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Enter begins a new line where there are several."""
        return not (action == "next" and isinstance(self.focused, Lines))

    async def action_next(self) -> None:
        """On to what is missing; where nothing is, the reply is done."""
        await self.app.keys_taken()
        if self.focused and isinstance(control := self.focused.parent, OneOf):
            control.take()
        await self.action_copy(Format.RICH.value)

    async def action_copy(self, form: str) -> None:
        if sheet := await self._finished():
            await self._hand_over(sheet, Format(form))

    async def _finished(self) -> FormState | None:
        """The form if it is done; if not, the focus goes to what is missing."""
        sheet = await self._sheet()
        if sheet is None:
            return None
        await self._lay_out(sheet)
        if not sheet.is_done:
            self._focus_open(sheet)
        return sheet if sheet.is_done else None

    async def _hand_over(self, sheet: FormState, form: Format) -> None:
        if said := await self.app.hand_over(sheet, self.request, form):
            await self.app.finish(self.stack._replace(typed=self.typed), said)

    def _focus_open(self, sheet: FormState) -> None:
        """Go to the next field that lacks something, after the one with the focus."""
        names = [row.field.name for row in sheet.rows if row.is_open]
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
        await self.app.in_other_language(await self._so_far(), self.request.language)

    async def action_stack(self) -> None:
        stack = await self._so_far()
        self.app.put_on_top(stack._replace(language=self.request.language))

    async def action_reword(self) -> None:
        sheet = await self._finished()
        if sheet and (reworded := self.app.reword(sheet)):
            await self._hand_over(reworded, Format.RICH)

    async def action_edit(self) -> None:
        await self.app.edit_macro(await self._so_far(), self.request.macros[-1].at)

    async def action_leave(self) -> None:
        self.app.keep(await self._so_far())
        self.app.pop_screen()


def _with_holes(text: str) -> Content:
    """The text, with what is missing marked in its place."""
    pieces = _HOLE.split(clean(text))
    return Content.assemble(
        *((piece[1:-1], "reverse") if number % 2 else piece for number, piece in enumerate(pieces))
    )
