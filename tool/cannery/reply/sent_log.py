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
    macros' words that was left when its author had edited it; None where that is not known.
    """

    time: int
    desk: str
    ticket: str
    how: str
    language: str
    entries: tuple[str, ...]
    linked: tuple[str, ...]
    kept: float | None = 1.0


def log(workspace: Workspace, sent: SentReply) -> None:
    """Write it down, unless the user keeps no memory. Raises OSError."""
    if workspace.memory_days:
        trust.make(workspace.state)
        dated_lines.append(_file(workspace), sent._asdict())


def sent_replies(workspace: Workspace) -> Iterator[SentReply]:
    """What is kept of them, the oldest first; nothing if the file is missing or not to be read."""
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        for row in dated_lines.rows(_file(workspace)):
            if reply := _read(row):
                yield reply


def _read(row: Mapping[str, object]) -> SentReply | None:
    """None for a row that is damaged, or of another version."""
    match row:
        case {
            "time": int() as at,
            "desk": str() as desk,
            "ticket": str() as ticket,
            "how": str() as how,
            "language": str() as language,
            "entries": list() as entries,
            "linked": list() as linked,
        }:
            kept = row.get("kept")
            share = min(max(float(kept), 0.0), 1.0) if isinstance(kept, int | float) else None
            return SentReply(
                at, desk, ticket, how, language, _texts(entries), _texts(linked), share
            )
    return None


def _texts(values: list[object]) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str))


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / SENT
