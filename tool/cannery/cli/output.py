"""Data -> terminal text or JSON. Results go to stdout, talk to stderr.

All that is printed goes through here: text comes out cleaned, whoever wrote it, and only what
`style` makes has colours.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from io import StringIO
from typing import IO, Literal, TypeVar

from cannery.model.hit import Snippet
from cannery.model.location import Location, Problem
from cannery.util.plain import clean, escaped_json, one_line

_T = TypeVar("_T")
_INDENTED = 1000  # items; more are read by programs
_BAR_FROM = 200  # items; fewer are done within a second
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_COLOUR = re.compile(r"\x1b\[([0-9;]*)m")
# What a runner of GitHub's takes for a command of its own, in all that a step prints.
_COMMAND = re.compile(r"(?m)^([^\S\n]*:)(?=:)|(##)(?=\[)")

Colour = Literal["red", "green", "yellow", "cyan"]


class Styled:
    """Cleaned text with colours: the only kind of text that has any on a terminal.

    `style` makes it. In an f-string it is its text alone: pass pieces side by side instead.
    """

    __slots__ = ("pieces",)

    def __init__(self, pieces: Iterable[tuple[str, str]]) -> None:
        self.pieces = tuple((clean(text), codes) for text, codes in pieces)

    def __str__(self) -> str:
        return "".join(text for text, _ in self.pieces)

    @classmethod
    def joined(cls, pieces: Iterable[Styled]) -> Styled:
        return cls(pair for piece in pieces for pair in piece.pieces)

    def within(self, codes: str) -> Styled:
        """The same, with these codes before its own."""
        return Styled((text, ";".join(filter(None, (codes, own)))) for text, own in self.pieces)

    def shown(self, *, colour: bool) -> str:
        """What a terminal is sent."""
        if not colour:
            return str(self)
        return "".join(
            f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text for text, codes in self.pieces
        )


Text = str | Styled


def styled(text: Text) -> Styled:
    return text if isinstance(text, Styled) else Styled([(text, "")])


def style(
    text: Text, *, bold: bool = False, dim: bool = False, fg: Colour | Literal[""] = ""
) -> Styled:
    """The text, cleaned, so that it looks like this where colours are on."""
    wanted = (("bold", bold), ("dim", dim), (fg, bool(fg)))
    codes = ";".join(_CODES[name] for name, is_wanted in wanted if is_wanted)
    return Styled([(text, codes)]) if isinstance(text, str) else text.within(codes)


def rendered(text: str) -> Styled:
    """What a program has coloured whose own input was clean, each run for itself."""
    first, *rest = _COLOUR.split(text)
    codes = ("" if item == "0" else item for item in rest[::2])
    return Styled([(first, ""), *zip(rest[1::2], codes, strict=True)])


def colours(stream: IO[str]) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set or it can't."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write(stream: IO[str], text: str) -> None:
    if "GITHUB_ACTIONS" in os.environ:
        text = _COMMAND.sub("\\1\\2\u2060", text)
    stream.write(text)


def _shown(pieces: Iterable[Text], stream: IO[str]) -> str:
    colour = colours(stream)
    return "".join(
        clean(piece) if isinstance(piece, str) else piece.shown(colour=colour) for piece in pieces
    )


def say(*pieces: Text, end: str = "\n") -> None:
    """A line of the result."""
    _write(sys.stdout, _shown(pieces, sys.stdout) + end)


def tell(*pieces: Text, end: str = "\n") -> None:
    """A line beside the result."""
    sys.stdout.flush()
    _write(sys.stderr, _shown(pieces, sys.stderr) + end)
    sys.stderr.flush()


def note(text: Text) -> None:
    """A line beside the result that nobody has to read."""
    tell(style(text, dim=True))


def notices() -> None:
    """What was noticed on the way, such as files of `kb`'s own that could not be read."""
    if noticed := sys.modules.get("cannery.util.notices"):
        for text in noticed.taken():
            note(text)


def error(message: str, hint: str = "") -> None:
    tell(style("kb:", fg="red", bold=True), " ", message)
    if hint:
        tell("    ", hint)


class Talk(StringIO):
    """A stream to tell on, for a program that colours what it says."""

    def write(self, text: str) -> int:
        tell(rendered(text), end="")
        return len(text)

    def isatty(self) -> bool:
        return sys.stderr.isatty()


def payload(text: str) -> None:
    """A result that other programs take, as it is; a terminal gets it cleaned."""
    sys.stdout.write(clean(text) if sys.stdout.isatty() else text)


def payload_bytes(data: bytes) -> None:
    """A file, byte for byte; a terminal gets its text cleaned."""
    if sys.stdout.isatty():
        sys.stdout.write(clean(data.decode("utf-8", "replace")))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def commands(text: str) -> None:
    """Commands to a runner of GitHub's, whose values are escaped already."""
    sys.stdout.write(clean(text))


def as_json(data: object) -> None:
    # Python indents in Python, which is four times as slow.
    indent = None if isinstance(data, list) and len(data) > _INDENTED else 2
    text = escaped_json(json.dumps(data, ensure_ascii=False, indent=indent, default=_plain))
    if "GITHUB_ACTIONS" in os.environ:
        text = text.replace("##[", "##\\u005b")
    sys.stdout.write(text + "\n")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return value.value if isinstance(value, StrEnum) else str(value)


def confirm(question: str, *, default: bool, abort: bool = False) -> bool:
    """Yes or no. ^C and ^D raise typer.Abort, and so does a no with `abort`."""
    import typer

    return bool(typer.confirm(clean(question), default=default, abort=abort, err=True))


def prompt(question: str, default: str = "") -> str:
    """A line that is typed; Enter takes the default. ^C and ^D raise typer.Abort."""
    import typer

    return str(typer.prompt(clean(question), default=default, show_default=False, err=True))


def counted(count: int, what: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def progress(items: Iterable[_T], count: int, label: str) -> Iterator[_T]:
    """The items, with a bar on stderr where there are so many that it takes a while."""
    if count < _BAR_FROM or not sys.stderr.isatty():
        yield from items
        return
    from typer import progressbar

    with progressbar(
        items, length=count, label=label, file=sys.stderr, update_min_steps=20, show_eta=False
    ) as bar:
        yield from bar


@contextmanager
def bar(count: int, label: str) -> Iterator[Callable[[], None]]:
    """As `progress`, for what others count: a function to call for each item that is done."""
    if count < _BAR_FROM or not sys.stderr.isatty():
        yield lambda: None
        return
    from typer import progressbar

    with progressbar(
        length=count, label=label, file=sys.stderr, update_min_steps=20, show_eta=False
    ) as shown:
        yield lambda: shown.update(1)


def place(at: Location) -> dict[str, str]:
    return {"id": at.id, "path": at.path, "kind": at.kind.value, "language": at.language}


def highlighted(snippet: Snippet) -> Styled:
    """The snippet with its matches in bold."""
    pieces: list[Styled] = []
    end = 0
    for start, stop in snippet.spans:
        pieces.append(styled(snippet.text[end:start]))
        pieces.append(style(snippet.text[start:stop], bold=True, fg="yellow"))
        end = stop
    return Styled.joined([*pieces, styled(snippet.text[end:])])


def problems(found: Sequence[Problem]) -> None:
    for item in found:
        path = one_line(item.path)
        where = f"{path}:{item.line}" if item.line else path
        word = style(item.severity.value, fg="red" if item.severity == "error" else "yellow")
        say(f"{where}: ", word, f": {item.message} [{item.code}]")
        if item.hint:
            say(style(f"    {item.hint}", dim=True))
