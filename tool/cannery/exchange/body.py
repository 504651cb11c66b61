"""The pieces of a foreign reply -> the body of a macro.

A format reads its text into pieces: what is written, and what stands for a value. What is written
is converted to Markdown as a whole, with a marker for each value, and only then are the markers
replaced: no conversion sees our Liquid, and nothing that was written becomes Liquid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from cannery.content.marks import CLOSE, OPEN, unmark, without_marks
from cannery.util.plain import printable

_LIQUID = re.compile(rf"\{{\{{|\{{%|\{{(?={OPEN})")  # what would begin an output or a tag
_UNDERLINE = re.compile(r"([ \t]{0,3})((?:-{1,200}|={1,200})[ \t]{0,20})\Z")
_ESCAPING = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|&(?=#?[A-Za-z0-9]{1,32};)", re.MULTILINE)


class Text(NamedTuple):
    """What stands in the source, in its own markup."""

    text: str


class Code(NamedTuple):
    """What is Liquid in ours: `{{ ticket.id }}`, `{% if paid %}`."""

    liquid: str


Piece = Text | Code


def markdown_of(pieces: Iterable[Piece], convert: Callable[[str], str]) -> str:
    """The body of a macro, of which `convert` makes what is written Markdown."""
    values: list[str] = []
    marked: list[str] = []
    for piece in pieces:
        if isinstance(piece, Code):
            marked.append(f"{OPEN}{len(values)}{CLOSE}")
            values.append(piece.liquid)
        else:
            marked.append(without_marks(printable(piece.text)))
    return unmark(_LIQUID.sub(_told, convert("".join(marked))), values)


def _told(mark: re.Match[str]) -> str:
    """The mark as text. Our Liquid refuses a text with many `{%` that nothing closes."""
    return "{{ '{' }}%" if mark[0] == "{%" else f"{{{{ '{mark[0]}' }}}}"


def from_markdown(text: str) -> str:
    """Markdown as it is."""
    return text.strip("\n") + "\n"


def from_plain(text: str) -> str:
    """Plain text, such that all that a person sees in it is still seen.

    Lists, links and emphasis stay what they look like. What Markdown would swallow is escaped: a
    line of dashes below another, which would make a heading of that, backslashes, references.
    """
    lines = _ESCAPING.sub(r"\\\g<0>", text).strip("\n").split("\n")
    for number, line in enumerate(lines):
        if number and lines[number - 1].strip():
            lines[number] = _UNDERLINE.sub(r"\1\\\2", line) if _UNDERLINE.match(line) else line
    return "\n".join(line.rstrip() for line in lines) + "\n"


def from_html(text: str) -> str:
    """HTML as Markdown. Raises ValueError for what is too large or nested too deep."""
    from cannery.richtext.to_markdown import as_markdown

    return as_markdown(text)
