"""A finished reply in the form that is wanted, onto the clipboard."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cannery.errors import HoleError
from cannery.render.formats import RENDERERS

if TYPE_CHECKING:
    from cannery.model.entry import Reply
    from cannery.reply.resolve import Request
    from cannery.workspace import Workspace

_SHOWN_HOLES = 8


def body(finished: Reply, form: str) -> str:
    """The text of a format of RENDERERS, as it is printed or copied as plain text."""
    return finished.formats[RENDERERS[form].text_of or form]


def copy_reply(finished: Reply, form: str, what: str = "") -> str:
    """Copy it in a format of RENDERERS; what to say of that. Raises ClipboardError."""
    from cannery.clipboard.copy import copy, this_desktop
    from cannery.clipboard.desktop import Clip

    row = RENDERERS[form]
    html = finished.formats[row.html_of] if row.html_of else ""
    copied = copy(Clip(body(finished, form).rstrip("\n"), html), this_desktop())
    kind = "rich and plain text" if copied.rich else f"{row.spoken or form}, without formatting"
    if copied.proved:
        return f"Copied{what}: {kind} ({copied.writer})."
    sent = f"Sent{what} to {copied.writer}: {kind}."
    return f"{sent} It can't confirm the copy, so check what you paste."


def refuse_holes(finished: Reply) -> None:
    """Raises HoleError with each hole that the authors of the reply left, and where it is."""
    if not finished.holes:
        return
    places = dict.fromkeys(f"  {hole.place}: {hole.written:.60}" for hole in finished.holes)
    shown = [*places][:_SHOWN_HOLES]
    more = [f"  and {len(places) - len(shown)} more"] if len(places) > len(shown) else []
    raise HoleError(
        "\n".join(["unfilled placeholder in the reply:", *shown, *more]),
        "Fill it in, or make it a field of the macro, such as {{ name }}.",
    )


def log_copy(workspace: Workspace, request: Request, kept: float = 1.0) -> None:
    """Write down that a reply was copied, and which share of its words was kept. Raises OSError."""
    from cannery.reply.sent_log import COPY, SentReply, log

    entries = tuple(macro.at.id for macro in request.macros)
    log(workspace, SentReply(int(time.time()), "", "", COPY, request.language, entries, (), kept))


def learn_from(workspace: Workspace, request: Request, answers: Mapping[str, str]) -> None:
    """Remember what was used, and the values of the fields that want it. Raises OSError."""
    from cannery.reply.memory import remember
    from cannery.reply.usage import record

    macros = [(macro.at.id, macro.header.title, macro.at.language) for macro in request.macros]
    record(workspace, macros, time.time())
    names = {item.name for item in request.fields if item.remember}
    remember(workspace, {name: text for name, text in answers.items() if name in names})
