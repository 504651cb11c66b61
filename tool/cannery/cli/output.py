"""Data -> terminal text or JSON. Results go to stdout, talk to stderr.

All that is printed goes through here: text comes out cleaned, whoever wrote it, and only what
`style` makes has colours.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from cannery.errors import CanneryError
from cannery.model.hit import Snippet
from cannery.model.location import Location, Problem
from cannery.util import local
from cannery.util.plain import clean, escaped_json, one_line
from cannery.util.terminal import (
    Colour,
    Styled,
    Talk,
    Text,
    colours,
    error,
    note,
    rendered,
    say,
    style,
    styled,
    tell,
)
from cannery.util.text import counted, fold_name

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = (
    "Colour",
    "Styled",
    "Talk",
    "Text",
    "as_json",
    "colours",
    "commands",
    "confirm",
    "counted",
    "drawn",
    "error",
    "highlighted",
    "location_data",
    "markdown",
    "note",
    "notices",
    "payload",
    "payload_bytes",
    "place",
    "problem",
    "problems",
    "prompt",
    "rendered",
    "say",
    "style",
    "styled",
    "tell",
    "width",
)

_INDENTED = 1000  # items; more are read by programs
_WIDEST = 100  # columns; longer lines are hard to read


def notices() -> None:
    """What was noticed on the way, such as files of `kb`'s own that could not be read."""
    if noticed := sys.modules.get("cannery.util.notices"):
        for text in noticed.taken():
            note(text)


def payload(text: str) -> None:
    """A result that other programs take, as it is; a terminal gets it cleaned.

    Raises CanneryError where a program would get it without some of its characters.
    """
    if sys.stdout.isatty():
        sys.stdout.write(clean(text))
        return
    code = sys.stdout.encoding or local.UTF_8
    if missing := local.lacking(text, code):
        message = f"stdout is in {local.shown_name(code)}, which lacks {local.numbers(missing)}"
        hint = "Copy the text instead, or set PYTHONIOENCODING=utf-8 to have it in UTF-8."
        raise CanneryError(message, hint)
    sys.stdout.write(text)


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


def markdown(body: str, language: str, lead: Callable[[str], str] = str) -> Styled | str:
    """Markdown as stdout shows it, in columns: with colours on a terminal, without in a pipe.

    `lead` says where a link leads, of its address; a link that leads nowhere is words alone.
    """
    from cannery.content.markdown import parse
    from cannery.util.terminal_markdown import drawn as drawn_markdown

    return drawn(drawn_markdown(parse(body, bare_links=False, language=language), lead))


def width() -> int:
    """The columns that lines may take: those of the terminal, 80 in a pipe."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def drawn(renderable: RenderableType) -> Styled | str:
    """What Rich draws, whose text is clean, likewise."""
    from rich.console import Console

    colour = colours(sys.stdout)
    console = Console(width=width(), force_terminal=colour, no_color=not colour, highlight=False)
    with console.capture() as captured:
        console.print(renderable)
    text = captured.get()
    # Rich fills each line up to the width, which is of no use in a pipe.
    return rendered(text) if colour else "\n".join(map(str.rstrip, text.split("\n")))


def as_json(data: object) -> None:
    # Python indents in Python, which is four times as slow.
    indent = None if isinstance(data, list) and len(data) > _INDENTED else 2
    text = escaped_json(json.dumps(data, ensure_ascii=False, indent=indent, default=_plain))
    for letter in local.lacking(text, sys.stdout.encoding or local.UTF_8):
        text = text.replace(letter, json.dumps(letter)[1:-1])
    if "GITHUB_ACTIONS" in os.environ:
        text = text.replace("##[", "##\\u005b")
    sys.stdout.write(text + "\n")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return value.value if isinstance(value, StrEnum) else str(value)


def confirm(question: str, *, default: bool, abort: bool = False) -> bool:
    """Yes or no, in a field's words. ^C and ^D raise typer.Abort, and so does a no with `abort`."""
    import typer

    from cannery.content.words import words

    while True:
        word = fold_name(prompt(f"{question} [{'Y/n' if default else 'y/N'}]", "ny"[default]))
        if word in words()["yes"]:
            return True
        if word not in words()["no"]:
            note(words()["hints"]["yesno"])
        elif abort:
            raise typer.Abort
        else:
            return False


def prompt(question: str, default: str = "") -> str:
    """A line that is typed; Enter takes the default. ^C and ^D raise typer.Abort."""
    import typer

    return str(typer.prompt(clean(question), default=default, show_default=False, err=True))


def location_data(at: Location) -> dict[str, str]:
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


def problems(items: Iterable[Problem]) -> None:
    for item in items:
        problem(item)


def problem(item: Problem, more: str = "") -> None:
    """A problem with its place; on lines of their own, where else it is, and its hint."""
    word = style(item.severity.value, fg="red" if item.severity == "error" else "yellow")
    # One call for all lines: a large body has 70,000 findings, with a hint each.
    below = [
        piece
        for line in (more, item.hint)
        if line
        for piece in ("\n", style(f"    {line}", dim=True))
    ]
    say(f"{place(item)}: ", word, f": {one_line(item.message)} [{item.code}]", *below)


def place(item: Problem) -> str:
    path = one_line(item.path)
    return f"{path}:{item.line}" if item.line else path
