"""A finished reply in the form that is wanted, onto the clipboard."""

from __future__ import annotations

import time
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cannery.model.entry import Reply
    from cannery.reply.resolve import Request
    from cannery.workspace import Workspace


class Format(StrEnum):
    RICH = "rich"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    SLACK = "slack"


def body(finished: Reply, form: Format) -> str:
    return {
        Format.RICH: finished.text,
        Format.HTML: finished.html,
        Format.MARKDOWN: finished.markdown,
        Format.TEXT: finished.text,
        Format.SLACK: finished.slack,
    }[form]


def hand_over(finished: Reply, form: Format) -> str:
    """Copy it; what was copied and how. Raises ClipboardError."""
    from cannery.clipboard.copy import copy, this_desktop
    from cannery.clipboard.desktop import Clip

    html = finished.html if form is Format.RICH else ""
    copied = copy(Clip(body(finished, form).rstrip("\n"), html), this_desktop())
    plain = {Format.RICH: "plain text", Format.TEXT: "plain text"}.get(form, form.value)
    kind = "rich and plain text" if copied.rich else f"{plain}, without formatting"
    return f"{kind} ({copied.writer})"


def learn_from(workspace: Workspace, request: Request, answers: Mapping[str, str]) -> None:
    """Remember what was used, and the values of the fields that want it. Raises OSError."""
    from cannery.reply.memory import remember
    from cannery.reply.usage import record

    macros = [(macro.at.id, macro.header.title, macro.at.language) for macro in request.macros]
    record(workspace, macros, time.time())
    names = {item.name for item in request.fields if item.remember}
    remember(workspace, {name: text for name, text in answers.items() if name in names})
