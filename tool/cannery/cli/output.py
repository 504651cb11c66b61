"""Data -> terminal text or JSON. Results go to stdout, talk to stderr."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import IO, TypeVar

from cannery.hits import Snippet
from cannery.place import Location, Problem

_T = TypeVar("_T")
# What could steer a terminal: titles and bodies come from strangers' pull requests.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
_INDENTED = 1000  # items; more are read by programs
_BAR_FROM = 200  # items; fewer are done within a second


def colours(stream: IO[str]) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set or it can't."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def clean(text: str) -> str:
    """The text without what could steer a terminal."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def style(text: str, stream: IO[str], **how: bool | str) -> str:
    if not colours(stream):
        return text
    from typer import style as styled  # the picker does without typer, which is slow to load

    return styled(text, **how)  # type: ignore[arg-type]


def say(text: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(clean(text) if not colours(sys.stdout) else text)
    sys.stdout.write("\n")


def coloured(text: str) -> None:
    """A result that a program has coloured: its colours stay, all else that steers goes."""
    pieces = _COLOUR.split(text)
    sys.stdout.write(
        "".join(clean(piece) if n % 2 == 0 else piece for n, piece in enumerate(pieces))
    )
    sys.stdout.write("\n")


def note(text: str) -> None:
    """A line beside the result."""
    sys.stdout.flush()
    sys.stderr.write(style(clean(text), sys.stderr, dim=True) + "\n")


def error(message: str, hint: str = "") -> None:
    sys.stdout.flush()
    head = style("kb:", sys.stderr, fg="red", bold=True)
    sys.stderr.write(f"{head} {clean(message)}\n")
    if hint:
        sys.stderr.write(f"    {clean(hint)}\n")


def as_json(data: object) -> None:
    # Python indents in Python, which is four times as slow.
    indent = None if isinstance(data, list) and len(data) > _INDENTED else 2
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=indent, default=_plain) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return value.value if isinstance(value, StrEnum) else str(value)


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


def highlighted(snippet: Snippet) -> str:
    """The snippet with its matches in bold."""
    pieces, end = [], 0
    for start, stop in snippet.spans:
        pieces.append(clean(snippet.text[end:start]))
        pieces.append(style(clean(snippet.text[start:stop]), sys.stdout, bold=True, fg="yellow"))
        end = stop
    return "".join([*pieces, clean(snippet.text[end:])])


def problems(found: Sequence[Problem]) -> None:
    for item in found:
        where = f"{item.path}:{item.line}" if item.line else item.path
        colour = "red" if item.severity == "error" else "yellow"
        word = style(item.severity.value, sys.stdout, fg=colour)
        say(f"{clean(where)}: {word}: {clean(item.message)} [{item.code}]")
        if item.hint:
            say(style(f"    {clean(item.hint)}", sys.stdout, dim=True))
