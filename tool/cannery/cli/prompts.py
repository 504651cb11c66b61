"""Ask on the terminal for a value, one field after another."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cannery.cli import output
from cannery.errors import UsageError, ValueRefusedError
from cannery.model.entry import Field
from cannery.util.local import as_shown, line_of, text_of
from cannery.util.plain import clean
from cannery.util.seen import shows_nothing, stripped
from cannery.util.text import narrowed

if TYPE_CHECKING:
    from cannery.content.dates import Calendar
    from cannery.reply.resolve import MissingField

_TYPED = "what was typed"


def can_ask(*, stdin_taken: bool) -> bool:
    """Whether there is somebody to ask. A piped ticket leaves the terminal itself to ask on."""
    return sys.stderr.isatty() and (sys.stdin.isatty() or stdin_taken)


def ask(missing: MissingField, calendar: Calendar) -> str:
    """A value that suits the field, as typed; Enter takes the proposal. ^C and ^D raise Abort."""
    from cannery.content.field_types import parse, type_of

    field, proposal = missing.field, missing.proposal
    _introduce(field, proposal)
    while True:
        try:
            raw = _read_many() if type_of(field).has_lines else _read(f"{field.name}: ")
            raw = _chosen(field, stripped(raw)) or (proposal or "")
            parse(field, raw, calendar)
        except (UsageError, ValueRefusedError) as error:
            output.error(error.message, error.hint)
            continue
        return raw


def ask_hidden(question: str) -> str:
    """A secret, which is not shown as it is typed. ^C and ^D raise Abort."""
    from getpass import getpass

    try:
        return getpass(clean(question))
    except EOFError as error:
        output.tell()
        raise typer.Abort from error


def _introduce(field: Field, proposal: str | None) -> None:
    output.tell("\n", output.style(_title(field), bold=True))
    if field.help:
        output.note(field.help)
    for number, choice in enumerate(field.choices, start=1):
        label = "" if choice.label == choice.value else f"  {choice.label}"
        output.tell(f"  {number}. {choice.value}{label}")
    if proposal is not None:
        output.note(f"Press Enter to use: {proposal}")
    elif not field.required:
        output.note("Press Enter to leave it empty.")


def _title(field: Field) -> str:
    from cannery.content.field_types import type_of

    hint = type_of(field).hint
    return f"{field.label or field.name}{f' ({hint})' if hint else ''}"


def _chosen(field: Field, raw: str) -> str:
    """The choices that the numbers stand for; anything else as it is."""
    if not field.choices or not raw:
        return raw
    values = {choice.value for choice in field.choices}
    words = [word.strip() for word in narrowed(raw).replace("、", ",").split(",")]
    picked = [
        field.choices[int(word) - 1].value
        if word not in values and word.isdecimal() and 0 < int(word) <= len(field.choices)
        else word
        for word in words
    ]
    return ", ".join(picked)


def _read_many() -> str:
    lines: list[str] = []
    while True:
        try:
            line = _read("| ")
        except typer.Abort:
            if lines:
                break
            raise
        if narrowed(line.strip()) == ".":
            break
        lines.append(line)
        if len(lines) == 1 and shows_nothing(line):
            return ""
    return "\n".join(lines)


def _read(prompt: str) -> str:
    try:
        typed = _reader()(clean(prompt))
    except EOFError as error:
        output.tell()
        raise typer.Abort from error
    return line_of(typed, _TYPED)


def _reader() -> Callable[[str], str]:
    if not sys.stdin.isatty():
        return _read_terminal
    if sys.stdout.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - input() edits lines once it is there
        return input

    def read(prompt: str) -> str:
        # stdout is a pipe, and input() would write its prompt there.
        output.tell(prompt, end="")
        return input()

    return read


def _read_terminal(prompt: str) -> str:
    with Path("/dev/tty").open("r+b", buffering=0) as terminal:
        terminal.write(as_shown(prompt))
        line = bytearray()
        while not line.endswith(b"\n"):
            if not (byte := terminal.read(1)):
                raise EOFError
            line += byte
    return text_of(bytes(line).rstrip(b"\r\n"), _TYPED)
