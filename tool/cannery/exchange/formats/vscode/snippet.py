"""The body of a snippet: tab stops become fields, variables dates of ours or fields.

The grammar is TextMate's as Visual Studio Code documents it: `$1`, `${1:text}`, `${1|a,b|}`, `$0`,
`$NAME`, `${NAME:text}`, `${1/pattern/format/options}`, and a backslash before `$`, `}` and itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cannery.content.desk_names import field_name
from cannery.exchange.asked import AskedFields, choice_field
from cannery.exchange.body import Code, Piece, Text
from cannery.model.entry import Field

_DEEPEST = 10  # a placeholder in a placeholder
_SPECIAL = re.compile(
    r"\\([$}\\])|\$(?:(\d{1,4})|([A-Za-z_]\w{0,60}))|\$\{(\d{1,4}|[A-Za-z_]\w{0,60})([:|/}])|(\})"
)
_CHOICE = re.compile(r"(?>(?:[^\\|]|\\.)*)\|\}", re.DOTALL)
_IN_TRANSFORM = re.compile(r"\\.|\$\{|[/}]", re.DOTALL)
_SLASHES = 2  # around the format of a transform
_MOST_WORDS = 4
_DATES = {
    "CURRENT_YEAR": "%Y", "CURRENT_YEAR_SHORT": "%y", "CURRENT_MONTH": "%m",
    "CURRENT_MONTH_NAME": "%B", "CURRENT_MONTH_NAME_SHORT": "%b", "CURRENT_DATE": "%d",
    "CURRENT_DAY_NAME": "%A", "CURRENT_DAY_NAME_SHORT": "%a", "CURRENT_HOUR": "%H",
    "CURRENT_MINUTE": "%M", "CURRENT_SECOND": "%S",
}  # fmt: skip
_TIMES = frozenset(("CURRENT_HOUR", "CURRENT_MINUTE", "CURRENT_SECOND"))
_VARIABLE = "a value of the editor: it is asked for"
_TRANSFORM = "a change of the value, which is inserted as it is"


class Snippet(NamedTuple):
    """The pieces of a body, and what is lost of it with the reason."""

    pieces: list[Piece]
    losses: list[tuple[str, str]]


class _Part(NamedTuple):
    """The pieces up to an end, and the place behind it."""

    pieces: list[Piece]
    end: int


def pieces_of(body: str, asked: AskedFields) -> Snippet:
    reader = _Reader(body, asked)
    reader.name_stops()
    return Snippet(reader.read(0, 0).pieces, reader.losses)


class _Reader:
    """Reads one body. A tab stop that has a text or choices anywhere has them everywhere."""

    def __init__(self, body: str, asked: AskedFields) -> None:
        self.losses: list[tuple[str, str]] = []
        self._body = body
        self._asked = asked
        self._stops: dict[str, Field] = {}

    def name_stops(self) -> None:
        """Find what the tab stops are called, which the first of several need not tell."""
        for match in _SPECIAL.finditer(self._body):
            stop, sign = match[4], match[5]
            if not stop or not stop.isdigit() or stop == "0" or stop in self._stops:
                continue
            if sign == "|":
                self._stops[stop] = choice_field(f"value_{stop}", self._choices(match.end()))
            elif sign == ":" and not self._body.startswith("/", match.end()):
                end = self._body.find("}", match.end())
                self._stops[stop] = _named(stop, self._body[match.end() : end])

    def _choices(self, at: int) -> list[tuple[str, str]]:
        found = _CHOICE.match(self._body, at)
        written = found[0].removesuffix("|}") if found else ""
        pieces = re.split(r"(?<!\\),", written)
        values = [re.sub(r"\\([,|\\])", r"\1", piece) for piece in pieces]
        return [(value, value) for value in values]

    def read(self, at: int, depth: int) -> _Part:
        """The pieces from a place on: up to its `}` in a placeholder, else up to the end."""
        pieces: list[Piece] = []
        while match := _SPECIAL.search(self._body, at):
            pieces.append(Text(self._body[at : match.start()]))
            at = match.end()
            if match[6]:
                if depth:
                    return _Part(pieces, at)
                pieces.append(Text("}"))
            elif match[1]:
                pieces.append(Text(match[1]))
            elif name := match[2] or match[3]:
                pieces.append(self._value(name, []))
            else:
                part = self._braced(match, depth)
                pieces += part.pieces
                at = part.end
        return _Part([*pieces, Text(self._body[at:])], len(self._body))

    def _braced(self, match: re.Match[str], depth: int) -> _Part:
        name, sign, at = match[4], match[5], match.end()
        if sign == "}":
            return _Part([self._value(name, [])], at)
        if sign == "|" and (choices := _CHOICE.match(self._body, at)):
            return _Part([self._value(name, [])], choices.end())
        if sign == "/":
            end = self._behind_transform(at)
            self.losses.append((self._body[match.start() : end], _TRANSFORM))
            return _Part([self._value(name, [])], end)
        if sign == ":" and depth < _DEEPEST:
            part = self.read(at, depth + 1)
            return _Part([self._value(name, part.pieces)], part.end)
        return _Part([Text(match[0])], at)

    def _behind_transform(self, at: int) -> int:
        """The place behind `pattern/format/options}`, whose format may have braces of its own."""
        slashes = braces = 0
        for match in _IN_TRANSFORM.finditer(self._body, at):
            if match[0] == "${" and slashes:
                braces += 1
            elif match[0] == "}" and braces:
                braces -= 1
            elif match[0] == "}" and slashes == _SLASHES:
                return match.end()
            elif match[0] == "/" and not braces:
                slashes += 1
        return len(self._body)

    def _value(self, name: str, default: list[Piece]) -> Piece:
        if name == "0":
            return Code("{{ cursor }}")
        if name.isdigit():
            stop = self._stops.get(name) or Field(f"value_{name}")
            return Code(self._asked.output(name, stop))
        if form := _DATES.get(name):
            return Code(f"{{{{ {'now' if name in _TIMES else 'today'} | date: '{form}' }}}}")
        self.losses.append((name, _VARIABLE))
        kind = "multiline" if name in {"CLIPBOARD", "TM_SELECTED_TEXT"} else "text"
        text = "".join(one.text for one in default if isinstance(one, Text))
        field = Field(name.lower(), type=kind, default=text or None, required=not text)
        return Code(self._asked.output(name, field))


def _named(stop: str, text: str) -> Field:
    """What `${1:text}` asks for: of words the name of what belongs there, else a text proposed."""
    plain = re.sub(r"\$\{?\w{1,60}:?|[\\}]", "", text).strip()
    words = plain.replace("_", " ").split()
    name = field_name(plain)
    if name and len(words) <= _MOST_WORDS and not any(char.isdigit() for char in plain):
        return Field(name, " ".join(words))
    if not plain.isascii() and len(plain) <= _MOST_WORDS * 5:
        return Field(plain, plain)
    default = plain or None
    return Field(f"value_{stop}", default=default, required=not default)
