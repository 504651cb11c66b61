"""Text for a terminal: always cleaned, so that only `style` can add colours.

Results go to stdout, talk to stderr. For the front ends; nothing below them prints.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from io import StringIO
from typing import IO, Literal

from cannery.util.plain import clean

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
    return stream.isatty() and not os.environ.get("NO_COLOR") and not is_dumb()


def is_dumb() -> bool:
    """Whether the terminal takes text and nothing else, as far as TERM says; Windows sets none."""
    return os.environ.get("TERM", "") in {"dumb"} | ({""} if sys.platform != "win32" else set())


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
    """Print a line to stderr."""
    sys.stdout.flush()
    _write(sys.stderr, _shown(pieces, sys.stderr) + end)
    sys.stderr.flush()


def note(text: Text) -> None:
    """Print a line to stderr, dimmed: it may be skipped."""
    tell(style(text, dim=True))


def error(message: str, hint: str = "") -> None:
    tell(style("kb:", fg="red", bold=True), " ", message)
    if hint:
        tell("    ", hint)


class Talk(StringIO):
    """stderr as a stream for libraries that write colours themselves."""

    def write(self, text: str) -> int:
        tell(rendered(text), end="")
        return len(text)

    def isatty(self) -> bool:
        return sys.stderr.isatty()
