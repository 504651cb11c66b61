"""A reply into its ticket: what will happen is shown, and asked for, first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from cannery.errors import HoleError
from cannery.operations.deliver import refuse_holes
from cannery.tui.footer import KeyFooter
from cannery.tui.work_screen import WorkScreen
from cannery.tui.worker import finished
from cannery.util.plain import clean

if TYPE_CHECKING:
    from cannery.operations.reply import FinishedReply
    from cannery.operations.ticket_answer import Plan
    from cannery.reply.form import FormState
    from cannery.reply.resolve import Request


# As picker.tcss lays the dialog out.
_PART, _WIDEST = 0.9, 100  # of the screen, and columns
_SIDES, _EDGES = 6, 4  # columns and lines that are no text


class SendDialog(ModalScreen[bool]):
    """What would be sent, to be read. Dismissed with whether to send it."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Send", priority=True),
        Binding("ctrl+j", "dismiss(True)", show=False, priority=True),
        Binding("escape", "dismiss(False)", "Back", priority=True),
    ]

    def __init__(self, lines: Sequence[str], question: str) -> None:
        super().__init__()
        self._lines, self._question = lines, question

    def compose(self) -> ComposeResult:
        heading, *lines = map(clean, self._lines)
        text = "\n".join(lines).strip("\n")
        with Vertical(id="box"):
            yield Static(Content.assemble((heading, "bold")))
            with VerticalScroll():
                yield Static(Content(text))
            yield Static(Content.assemble((clean(self._question), "bold")))
            yield KeyFooter()

    @on(Resize)
    def _fit(self, event: Resize) -> None:
        """Of a text that is too long for the screen, the question and the keys are seen too."""
        width = min(int(event.size.width * _PART), _WIDEST) - _SIDES
        texts = self.query(Static)
        lines = sum(it.get_content_height(event.size, event.size, width) for it in texts)
        is_tall = lines + _EDGES > event.size.height * _PART
        self.query_one("#box").set_class(is_tall, "tall")


async def send(screen: WorkScreen[Any], request: Request, state: FormState, how: str) -> str:
    """Show, ask, and send; what to say of that, empty if it was not sent.

    It has to be in a worker of Textual's, as it waits for the dialog.
    """
    from cannery.operations.reply import FinishedReply
    from cannery.operations.ticket_answer import question, told

    if state.reply is None:
        return ""
    try:
        refuse_holes(state.reply)
    except HoleError as error:
        screen.tell(f"Not sent: {' '.join(error.message.split())}.", bad=True)
        return ""
    given = {**request.given, **state.answers}
    done = FinishedReply(state.reply, replace(request, given=given))
    made = await screen.run_job(lambda session: session.plan(done, how))
    if made is None:
        return ""
    lines = [*told(made, done.request.ticket)]
    if not await screen.app.push_screen_wait(SendDialog(lines, question(how))):
        return ""
    return await _sent(screen, made, done, again=False)


async def _sent(screen: WorkScreen[Any], made: Plan, done: FinishedReply, *, again: bool) -> str:
    from cannery.operations.ticket_send import AlreadySentError

    screen.tell(f"Sending to {made.desk}…")
    # Of a kind of its own: no other job may overtake it.
    sending = screen.worker.submit("send", lambda session: session.send(made, done, again=again))
    await finished(sending)
    error = None if sending.cancelled() else sending.exception()
    if isinstance(error, AlreadySentError):
        dialog = SendDialog([error.message.capitalize()], "Send it once more?")
        is_wanted = await screen.app.push_screen_wait(dialog)
        return await _sent(screen, made, done, again=True) if is_wanted else ""
    sent = screen.result(sending)
    if sent is None:
        return ""
    await screen.run_job(lambda session: session.used(done.request, done.request.given))
    told = "It was in the ticket already, and was not sent again" if sent.was_there else "Sent"
    return f"{told}: {sent.address}"
