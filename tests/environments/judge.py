"""What is wrong with how a command has ended in an environment."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Mapping
from typing import NamedTuple

from tests.environments.table import Environment
from tests.environments.trip import Command

TRACEBACK, SILENT, OTHER = "traceback", "silent loss", "other"
_INTERRUPTED = 130
# What Python says by itself, and what `kb` says of a fault of its own.
_TRACEBACK = re.compile(
    r"Traceback \(most recent|Exception ignored|lost sys\.std|Fatal Python|this is a bug"
    r"|object address|Warning:|error in sys\.excepthook|Segmentation fault"
)
_OURS = f"{os.sep}cannery{os.sep}"  # a signal may come while Python itself still starts
_COPIED = re.compile(r"\x1b\]52;c?;([A-Za-z0-9+/=]+)")  # to the clipboard, by the terminal
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\].*?\x07")


class Run(NamedTuple):
    """How a command ended, with what it said; on a terminal `out` and `err` are the same."""

    code: int
    out: str
    err: str


class Fault(NamedTuple):
    kind: str
    text: str


def faults(
    at: Environment,
    command: Command,
    run: Run,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
) -> list[Fault]:
    """What is wrong with a run, and with the files that it leaves."""
    found = [*_of_words(at, run), *_of_code(at, command, run)]
    if run.code == 0:
        found += _of_result(at, command, run)
    found += _of_files(command, run, before, after)
    last = " / ".join(line.strip() for line in run.err.splitlines()[-3:])[:300]
    return [Fault(kind, f"{text}: {last}") for kind, text in found]


def _of_words(at: Environment, run: Run) -> list[Fault]:
    found, said = [], run.err + run.out
    is_pythons = (at.own_words and at.own_words in said) or (at.sent and _OURS not in said)
    if (match := _TRACEBACK.search(said)) and not is_pythons:
        found.append(Fault(TRACEBACK, f"says {match[0]!r}"))
    if at.letters and "\x1b" in run.out:
        found.append(Fault(OTHER, "steers a terminal that can't be steered"))
    return found


def _of_code(at: Environment, command: Command, run: Run) -> list[Fault]:
    found = []
    if run.code not in {0, 1, 2, _INTERRUPTED, -at.sent, 128 + at.sent}:
        found.append(Fault(OTHER, f"exit {run.code}"))
    if run.code > 0 and at.heard and not run.err.strip():
        found.append(Fault(SILENT, f"exit {run.code} without a word"))
    if run.code not in {0, command.code} and at.strict:
        found.append(Fault(OTHER, f"exit {run.code}, where nothing stands in the way"))
    return found


def _of_result(at: Environment, command: Command, run: Run) -> list[Fault]:
    if at.seen:
        lost = _missing(command, run.out)
        may_lack = command.is_quiet and not at.strict and not run.out.strip()
        return [Fault(SILENT, f"exit 0 without {lost!r}")] if lost and not may_lack else []
    # A reader that has left had enough.
    is_lost = bool(command.result) and not at.gone
    return [Fault(SILENT, "exit 0, though nobody has the result")] if is_lost else []


def _of_files(
    command: Command, run: Run, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> list[Fault]:
    """Each file is there whole, or not at all; and all are there after exit 0."""
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    absent = ", ".join({*command.writes} - changed)
    # All that these commands write is text, which ends with a line.
    halves = (path for path in changed if not after.get(path, b"\n").endswith(b"\n"))
    found = [Fault(OTHER, f"half written: {path}") for path in halves]
    if absent and run.code == 0:
        found.append(Fault(SILENT, f"exit 0 without {absent}"))
    return found


def _missing(command: Command, out: str) -> str:
    """The first piece of the result that isn't there; lines may break anywhere."""
    copied = "".join(b64decode(text).decode() for text in _COPIED.findall(out))
    shown, at = "".join((_ESCAPE.sub("", out) + copied).split()), 0
    for piece in command.result:
        wanted = "".join(piece.split())
        if (found := shown.find(wanted, at)) < 0:
            return piece
        at = found + len(wanted)
    return ""
