"""What becomes of a finished reply: a last touch, the clipboard and a preview, or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.errors import ClipboardError, HoleError, MissingValuesError, without_errno
from cannery.operations.deliver import body, copy_reply, learn_from, log_copy, refuse_holes

if TYPE_CHECKING:
    from cannery.model.entry import Reply
    from cannery.operations.reply import FinishedReply
    from cannery.workspace import Workspace

_PREVIEW_LINES = 4
_PREVIEW_COLUMNS = 76


def looked_over(finished: FinishedReply, *, edit: bool, allow_hole: bool) -> FinishedReply:
    """The reply, as its author leaves it where they edit it. Raises HoleError."""
    finished = _edited(finished) if edit else finished
    if not allow_hole:
        refuse_holes(finished.reply)
    return finished


def _edited(finished: FinishedReply) -> FinishedReply:
    """The reply as its author leaves it in their editor. Raises CanneryError if that fails."""
    from cannery.insight.survival import words_kept
    from cannery.reply.compose import editable, from_markdown
    from cannery.util.editor import edit_text

    reply = from_markdown(edit_text(editable(finished.reply)), finished.reply)
    return finished._replace(reply=reply, kept=words_kept(finished.reply.text, reply.text))


@contextmanager
def options_named() -> Iterator[None]:
    """Say by which option of the command line what is missing can be given, or let through."""
    try:
        yield
    except MissingValuesError as error:
        error.hint = f"Pass each value with --set, for example --set {error.names[0]}=..."
        raise
    except HoleError as error:
        error.hint += " --edit opens the reply in your editor; --allow-hole sends it as it is."
        raise


def as_json(finished: FinishedReply) -> None:
    reply, request = finished.reply, finished.request
    output.as_json(
        {
            "macros": [macro.at.id for macro in request.macros],
            "language": request.language,
            "subject": reply.subject,
            "markdown": reply.markdown,
            **reply.formats,
            "actions": reply.actions,
        }
    )


def printed(reply: Reply, form: str) -> None:
    output.payload(body(reply, form))


def copied(reply: Reply, form: str) -> None:
    """Copy it and show its first lines; without a clipboard, all of it goes to stdout."""
    try:
        said = copy_reply(reply, form)
    except ClipboardError as error:
        printed(reply, form)
        output.error(f"printed instead of copied: {error.message}", error.hint)
        return
    _preview(reply, body(reply, form))
    output.tell(output.style(said, fg="green"))


def learn(workspace: Workspace, finished: FinishedReply, *, is_sent: bool) -> None:
    """Remember values and use for next time, where that can be kept.

    A reply that was sent is written down already.
    """
    try:
        learn_from(workspace, finished.request, finished.request.given)
        if not is_sent:
            log_copy(workspace, finished.request, finished.kept)
    except OSError as error:
        reason = without_errno(str(error))
        output.note(f"The values were not saved for next time: {reason}")


def _preview(reply: Reply, text: str) -> None:
    if reply.subject:
        output.note(f"Subject: {reply.subject}")
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines[:_PREVIEW_LINES]:
        output.note(f"  {_shortened(line)}")
    if len(lines) > _PREVIEW_LINES:
        output.note(f"  ... {len(lines) - _PREVIEW_LINES} more lines")
    for name, value in reply.actions.items():
        output.note(f"In the ticket, set {name}: {value}")


def _shortened(line: str) -> str:
    """As much of a line as a terminal of 80 columns shows; a Japanese letter takes two."""
    from wcwidth import wcswidth

    shown = line[:_PREVIEW_COLUMNS]
    while wcswidth(shown) > _PREVIEW_COLUMNS:
        shown = shown[:-1]
    return shown if shown == line else f"{shown[:-1]}…"
