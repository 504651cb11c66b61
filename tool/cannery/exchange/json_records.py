"""The records of a JSON file, each with its line: a desk's answer, a list, or one record a line.

Python's own parser tells no places. So the outermost braces are read here, and what is in them,
record by record, by the parser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cannery.exchange.source import UnreadableError
from cannery.util.spans import Lines

_BLANKS = re.compile(r"[ \t\r\n]*+")
_MAX_RECORDS = 50_000
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)
_JSON = ("{", "[")


class Placed(NamedTuple):
    """A value of the file, and the 1-based line that it begins on."""

    line: int
    value: object


@dataclass(slots=True)
class Document:
    """A file: `lists` are those of its outermost object, or by an empty name the file's own list.

    `objects` are the outermost ones themselves: one, or one a line.
    """

    lists: dict[str, list[Placed]] = field(default_factory=dict)
    objects: list[Placed] = field(default_factory=list)

    def records(self, *keys: str) -> Iterator[tuple[int, Mapping[str, object]]]:
        """The objects of these names, alone or in a list; by an empty one the outermost ones."""
        for key in keys:
            for line, value in (*self.lists.get(key, ()), *self._named(key)):
                if isinstance(value, dict):
                    yield line, value

    def _named(self, key: str) -> Iterator[Placed]:
        if not key:
            yield from self.objects
            return
        for line, value in self.objects:
            if isinstance(value, dict) and isinstance(value.get(key), dict):
                yield Placed(line, value[key])


def looks_like_json(text: str) -> bool:
    return text.lstrip()[:1] in _JSON


@lru_cache(maxsize=4)  # each format looks at a file before one reads it
def read_json(text: str) -> Document:
    """What a JSON text has in it. Raises UnreadableError with the line where it is none."""
    reader = _Reader(text)
    try:
        reader.read()
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise UnreadableError("JSON that is nested too deeply", reader.line) from error
    except ValueError as error:  # a number of thousands of digits
        raise UnreadableError(f"not JSON: {error}", reader.line) from error
    return reader.document


class _Reader:
    def __init__(self, text: str) -> None:
        self.document = Document()
        self._text, self._at = text, 0
        self._lines = Lines(text)
        self._count = 0

    @property
    def line(self) -> int:
        return self._lines.of(self._at)

    def read(self) -> None:
        self._skip()
        if self._next() == "[":
            self._list("")
            self._end()
            return
        while self._at < len(self._text):
            line = self.line
            self.document.objects.append(Placed(line, self._object()))
            self._counted()
            self._skip()

    def _object(self) -> object:
        if self._next() != "{":
            return self._value()
        found: dict[str, object] = {}
        self._at += 1
        self._skip()
        while self._next() != "}":
            if self._next() != '"':
                raise self._fault("Expecting property name enclosed in double quotes")
            key = str(self._value())
            self._skip()
            self._take(":")
            self._skip()
            found[key] = self._list(key) if self._next() == "[" else self._value()
            self._skip()
            self._go_on("}")
        self._at += 1
        return found

    def _list(self, key: str) -> list[object]:
        """Read a list, whose items join those of the document under the name."""
        items = self.document.lists.setdefault(key, [])
        values: list[object] = []
        self._at += 1
        self._skip()
        while self._next() != "]":
            line = self.line
            values.append(self._value())
            items.append(Placed(line, values[-1]))
            self._counted()
            self._skip()
            self._go_on("]")
        self._at += 1
        return values

    def _value(self) -> object:
        if self._at >= len(self._text):
            raise self._fault("Expecting value")
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value

    def _counted(self) -> None:
        self._count += 1
        if self._count > _MAX_RECORDS:
            raise UnreadableError(f"more than {_MAX_RECORDS:,} records", self.line)

    def _next(self) -> str:
        if self._at >= len(self._text):
            raise self._fault("it ends too early")
        return self._text[self._at]

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            raise self._fault(f"Expecting '{sign}'")
        self._at += 1

    def _go_on(self, end: str) -> None:
        """Go to what comes next in a list or an object: its end, or behind a comma more of it."""
        if self._next() == end:
            return
        self._take(",")
        self._skip()
        if self._next() == end:
            raise self._fault("nothing comes behind a comma")

    def _skip(self) -> None:
        match = _BLANKS.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _end(self) -> None:
        self._skip()
        if self._at < len(self._text):
            raise self._fault("Extra data")

    def _fault(self, message: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(message, self._text, self._at)
