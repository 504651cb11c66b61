"""The ticket at hand: from a desk, a file, a stream, the clipboard, or the user's own command."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple, TextIO

from cannery.errors import CanneryError, UsageError
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.ticket_source import is_at_desk, names_ticket
from cannery.reply.ticket import MAX_CHARS, read_ticket
from cannery.util.local import bytes_of, text_of
from cannery.workspace import Workspace

_MAX_BYTES = 4 * MAX_CHARS + 1  # of UTF-8, or UTF-32
_SECONDS = 5.0  # for the user's command
_FAULT = 500  # where HTTP's errors of the server begin
_SHOWN = 300  # characters of what it complains about


class TicketInput(NamedTuple):
    """What tells of a ticket: `text`, which `source` has given; without one, what `source` names.

    That is a ticket at a desk, a file, or `none`.
    """

    source: str
    text: str | None = None


def ticket_input(workspace: Workspace, source: str, stream: TextIO | None = None) -> TicketInput:
    """What `--ticket` stands for.

    `source` is `none`, `clipboard`, `-` for `stream`, a ticket at a desk such as `zendesk:123` or
    the address of its page, or a file's path; an empty one is the user's `ticket_command`. A text
    that is no more than such a name or address stands for the ticket itself.

    Raises CanneryError for a command that fails, and for a clipboard that can't be read.
    """
    if source == "none" or not (source or workspace.user.ticket_command):
        return TicketInput("none")
    if not source:
        given = TicketInput("ticket_command", _run(workspace.user.ticket_command))
    elif source == "-" and stream is not None:
        given = TicketInput("stdin", _text(bytes_of(stream, _MAX_BYTES), "stdin"))
    elif source == "clipboard":
        from cannery.clipboard.copy import this_desktop
        from cannery.clipboard.paste import paste

        given = TicketInput("the clipboard", paste(this_desktop(), "--ticket").text)
    else:
        return TicketInput(source)
    desks = workspace.settings.desks
    text = (given.text or "").strip()
    is_name = names_ticket(text, desks, [desk.address for desk in desks.values()])
    return TicketInput(text) if is_name else given


def ticket_facts(
    workspace: Workspace,
    source: str,
    stream: TextIO | None = None,
    listener: Listener = ignore,
) -> dict[str, object]:
    """What is known of the ticket that `source` stands for, as `ticket_input` has it."""
    return facts_of(workspace, ticket_input(workspace, source, stream), listener)


def facts_of(
    workspace: Workspace, given: TicketInput, listener: Listener = ignore
) -> dict[str, object]:
    """What is known of the ticket; empty for `none`.

    A desk that can't be reached is a remark, and nothing is known. Raises UsageError for a source
    that can't be read, RestError for a desk that refuses.
    """
    if given.text is not None:
        return read_ticket(given.text, given.source)
    if given.source == "none":
        return {}
    if is_at_desk(given.source):
        return _at_desk(workspace, given.source, listener)
    return _in_file(given.source)


def _at_desk(workspace: Workspace, source: str, listener: Listener) -> dict[str, object]:
    from cannery.operations.desk_ticket import fetch_ticket, ticket_ref
    from cannery.rest.client import RestError

    ref = ticket_ref(workspace, source)
    if ref is None:
        return _in_file(source)
    try:
        return fetch_ticket(workspace, ref, listener)
    except RestError as error:
        if error.code and error.code < _FAULT:
            raise
        listener(Remark(f"{error.message.rstrip('.')}. Nothing is known of the ticket."))
        return {}


def _in_file(source: str) -> dict[str, object]:
    try:
        with Path(source).open("rb") as file:
            raw = file.read(_MAX_BYTES)  # it may be a pipe, without an end
    except OSError as error:
        hint = "Give a file, - for stdin, clipboard, none, or a desk's ticket: zendesk:123."
        raise UsageError(f"ticket {source}: {error.strerror}", hint) from error
    if source.lower().endswith(".eml"):
        # A mail's body may be in any letters, and its attachments of any size: the text is first.
        return read_ticket(raw.decode("utf-8", "surrogateescape")[:MAX_CHARS], source)
    return read_ticket(_text(raw, f"ticket {source}"), source)


def _text(raw: bytes, name: str) -> str:
    """What was read, which ends within a character where there is more of it, and is too long."""
    is_cut = len(raw) >= _MAX_BYTES
    return raw.decode("utf-8", "replace") if is_cut else text_of(raw, name)


def _run(command: str) -> str:
    hint = "See ticket_command in your config.toml."
    try:
        words = shlex.split(command)
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        message = f"ticket_command did not finish within {_SECONDS:.0f} seconds"
        raise CanneryError(message, hint) from error
    except (OSError, ValueError) as error:
        raise CanneryError(f"ticket_command can't be run: {error}", hint) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()[:_SHOWN]
        raise CanneryError(f"ticket_command failed ({done.returncode}): {reason}", hint)
    return _text(done.stdout, "ticket_command")
