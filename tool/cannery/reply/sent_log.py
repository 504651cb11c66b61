"""What was sent into tickets or copied, and what it led to: as long as memory is kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cannery.util import dated_lines, trust
from cannery.util.tidy import SENT
from cannery.workspace import Workspace

COPY = "copy"


class SentReply(NamedTuple):
    """A reply that was sent at `time` (seconds). `entries` are its macros, `linked` its articles.

    `ticket` is the desk's id: of the customer there is nothing. `how` is COPY for a reply that went
    to the clipboard or to stdout, whose desk and ticket are empty. `kept` is the share of the
    macros' words that was left when its author had edited it.
    """

    time: int
    desk: str
    ticket: str
    how: str
    language: str
    entries: tuple[str, ...]
    linked: tuple[str, ...]
    kept: float = 1.0


def log(workspace: Workspace, sent: SentReply) -> None:
    """Write it down, unless the user keeps no memory. Raises OSError."""
    if workspace.memory_days:
        trust.make(workspace.state)
        dated_lines.append(_file(workspace), sent._asdict())


def sent_replies(workspace: Workspace) -> Iterator[Mapping[str, object]]:
    """What is kept of them, the oldest first; nothing if the file is missing or not to be read."""
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        yield from dated_lines.rows(_file(workspace))


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / SENT
