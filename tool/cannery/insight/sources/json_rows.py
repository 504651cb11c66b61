"""The objects of a JSON export of any size: of one document, of many, or one a line.

A document that is larger than what is kept in memory is read list by list, object by object.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple, TextIO

from cannery.insight.sources.source import Reading
from cannery.insight.sources.values import Json

_CHUNK = 262_144  # letters
_MOST = 16_000_000  # letters of what is read as one piece
_BLANKS = 256  # letters that are looked through at once
_MOST_DAMAGED = 10_000  # lines
_LONGEST_SIGN = 16  # letters of what may be cut in the middle, such as an escaped letter
_DECODER = json.JSONDecoder()


class Row(NamedTuple):
    """An object, and the key of the list that it stands in; empty for one that stands alone."""

    key: str
    value: Json


def rows(file: TextIO, keys: Collection[str], reading: Reading, most: int = _MOST) -> Iterator[Row]:
    """All objects: those in the lists of these keys, and those that have no such list.

    What is damaged is left out to the end of its line, which costs one record where each has its
    own. Raises OSError, and ValueError for a file that is mostly damage.
    """
    stream, damaged = _Stream(file, most), 0
    while stream.next():
        try:
            yield from _document(stream, keys)
        except (ValueError, RecursionError) as error:
            reading.leave_out(stream.line, f"not JSON: {_reason(error)}")
            stream.skip_line()
            damaged += 1
        if damaged > _MOST_DAMAGED:
            raise ValueError(f"more than {_MOST_DAMAGED:,} lines are not JSON")


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "too large or too deep"


def _document(stream: _Stream, keys: Collection[str]) -> Iterator[Row]:
    """One document. Raises ValueError and RecursionError."""
    if stream.next() == "[":
        yield from _list(stream, "", keys)
        return
    try:
        value = stream.value()
    except _TooLargeError:
        yield from _large(stream, keys)
    else:
        yield from _of_value(value, keys)


def _of_value(value: object, keys: Collection[str]) -> Iterator[Row]:
    """What a page has in lists; what has an id of its own, or no such list, is a row."""
    if not isinstance(value, dict):
        return
    keys = () if "id" in value else keys
    lists = [(key, value[key]) for key in keys if isinstance(value.get(key), list)]
    for key, items in lists:
        yield from (Row(key, item) for item in items if isinstance(item, dict))
    if not lists:
        yield Row("", value)


def _large(stream: _Stream, keys: Collection[str]) -> Iterator[Row]:
    """The lists of an object that is not kept as a whole."""
    stream.take("{")
    while stream.next() != "}":
        key = stream.value()
        stream.take(":")
        if isinstance(key, str) and key in keys and stream.next() == "[":
            yield from _list(stream, key, ())
        else:
            stream.value()
        stream.go_on("}")
    stream.take("}")


def _list(stream: _Stream, key: str, keys: Collection[str]) -> Iterator[Row]:
    stream.take("[")
    while stream.next() != "]":
        value = stream.value()
        if key:
            yield from (Row(key, item) for item in (value,) if isinstance(item, dict))
        else:
            yield from _of_value(value, keys)
        stream.go_on("]")
    stream.take("]")


class _TooLargeError(ValueError):
    """A value is larger than what is read as one piece."""


class _Stream:
    """A text that is read in chunks. What was read is forgotten with the next value."""

    def __init__(self, file: TextIO, most: int) -> None:
        self._file, self._most = file, most
        self._text, self._at, self._is_whole = "", 0, False
        self.line = 1

    def next(self) -> str:
        """The next letter that is no blank; empty at the end."""
        while True:
            sign = self._text[self._at : self._at + 1]
            if sign and not sign.isspace():
                return sign
            rest = self._text[self._at : self._at + _BLANKS]
            blanks = len(rest) - len(rest.lstrip())
            self._pass(blanks)
            if blanks < len(rest):
                return self._text[self._at]
            if not rest and not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Raises ValueError for another one."""
        if self.next() != sign:
            raise json.JSONDecodeError(f"expecting {sign}", "", 0)
        self._at += 1

    def go_on(self, end: str) -> None:
        """Go behind a comma, or stay before the end."""
        if self.next() != end:
            self.take(",")

    def value(self) -> object:
        """The value that begins here. Raises _TooLargeError, at its beginning, and ValueError."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_whole or self._is_wrong(error):
                    raise
                self._forget()
                if len(self._text) >= self._most:
                    raise _TooLargeError from None
            else:
                if end < len(self._text) or self._is_whole:  # a number may go on
                    self._pass(end - self._at)
                    return value
            self._more()

    def _is_wrong(self, error: json.JSONDecodeError) -> bool:
        """Whether more of the text would not help."""
        is_cut = error.msg.startswith("Unterminated") or error.pos > len(self._text) - _LONGEST_SIGN
        return not is_cut

    def skip_line(self) -> None:
        """Go on behind the end of this line."""
        while (end := self._text.find("\n", self._at)) < 0:
            self._at = len(self._text)
            self._forget()
            if not self._more():
                return
        self._pass(end + 1 - self._at)
        if self._at > _CHUNK:  # the parser counts the lines before each fault
            self._forget()

    def _pass(self, count: int) -> None:
        self.line += self._text.count("\n", self._at, self._at + count)
        self._at += count

    def _more(self) -> bool:
        """Read on: as much again as there is, so that a long value is not tried often."""
        self._forget()
        chunk = self._file.read(max(_CHUNK, len(self._text)))
        self._text += chunk
        self._is_whole = not chunk
        return bool(chunk)

    def _forget(self) -> None:
        self._text, self._at = self._text[self._at :], 0
