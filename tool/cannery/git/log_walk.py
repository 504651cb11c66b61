"""What `git log -z` prints, read so that no name, path or message passes for another part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

_COMMIT = re.compile("[0-9a-f]{40,64}")
_LAST_SECOND = 253402300799  # of the year 9999


def format_of(*fields: str) -> str:
    """The `--format` that `commits` reads; `fields` are git's placeholders, such as `%H`.

    No text of a commit and no path can hold a zero byte.
    """
    return "--format=" + "".join(f"%x00{item}" for item in fields)


def commits(log: str, fields: int) -> Iterator[tuple[list[str], list[str]]]:
    """Each commit of a `git log -z --name-only`: its fields, and the paths that it changed."""
    pieces = log.split("\0")
    at = 0
    while at + fields < len(pieces):
        head = pieces[at + 1 : at + 1 + fields]
        at += 1 + fields
        paths: list[str] = []
        while at < len(pieces) and pieces[at]:
            # Git puts a line feed between the fields and the first path.
            paths.append(pieces[at] if paths else pieces[at].removeprefix("\n"))
            at += 1
        yield head, paths


def seconds(text: str) -> int:
    """A time as git prints it; the earliest for a commit that is damaged there and tells none."""
    return int(text) if text.isascii() and text.isdecimal() else 0


def day_of(seconds: int) -> date:
    """The day of a commit, which can claim any time."""
    return datetime.fromtimestamp(plausible(seconds), UTC).date()


def plausible(time: int) -> int:
    """A time that a calendar has a day for: a commit can claim any."""
    return min(max(time, 0), _LAST_SECOND)


def is_commit(name: str) -> bool:
    """Whether a text is the whole name of a commit: another one could be an option for Git."""
    return bool(_COMMIT.fullmatch(name))
