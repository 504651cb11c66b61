"""YAML in which every scalar is text: what a value means is for its reader to say.

Read event by event: nothing recurses, an alias costs what it stands for, and no scalar is turned
into a number, a date or an object on its way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_SIZE = 65_536
_MAX_FILE = 1_000_000
_MAX_DEPTH = 50
# Of everything in it, aliases spelt out; a text of the greatest size without one stays below.
_MAX_WEIGHT = 100_000
_LETTERS = 16  # of a scalar that weigh as much as one more value
_CORE = "tag:yaml.org,2002:"
_HARMLESS = {"str", "int", "float", "bool", "null", "timestamp", "seq", "map"}
_NOTHING = {"", "~", "null", "Null", "NULL"}
# What YAML takes for the end of a line and no editor does: a key could hide behind one.
_ODD_ENDS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
# Told by what it is, not by what it is not: that takes Python a twentieth of the time to compile.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Plain(str):
    """A scalar that was written without quotes."""

    __slots__ = ()


class Oddity(NamedTuple):
    """What is wrong with one key: the 0-based line, and the top-level key that it belongs to."""

    line: int
    key: str
    message: str
    hint: str


class UnreadableError(ValueError):
    """A text that is no YAML; `line` is 0-based."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


class Read(NamedTuple):
    """Lists, mappings, texts and None; and the keys in it that can't be taken as they stand."""

    value: Any
    oddities: tuple[Oddity, ...]


def even(text: str) -> str:
    """The text as YAML is to see it, letter by letter in the same place."""
    return text.translate(_ODD_ENDS)


def read(text: str, max_weight: int = _MAX_WEIGHT) -> Read:
    """What a text says. Raises UnreadableError."""
    if len(text) > MAX_SIZE:
        raise UnreadableError(0, f"longer than {MAX_SIZE} characters")
    return _read(even(text), max_weight)


def read_large(text: str, max_size: int) -> Read:
    """What the text of another program's file says, which may be large. Raises UnreadableError."""
    if len(text) > max_size:
        raise UnreadableError(0, f"longer than {max_size:,} characters")
    return _read(even(text), max(_MAX_WEIGHT, len(text)))


def blocks(text: str, begins: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines of each top-level item, with the 0-based number of the first that begins it."""
    lines = re.split(r"\r\n|\n|\r", text)
    starts = [number for number, line in enumerate(lines) if begins.match(line)]
    for start, end in pairwise([*dict.fromkeys([0, *starts]), len(lines)]):
        yield start, "\n".join(lines[start:end])


def refuse_heavy(file: Path) -> None:
    """Refuse a file that another reader of YAML would run out of time, memory or depth with.

    Raises OSError, or ValueError with what is wrong and a 1-based line.
    """
    with file.open("rb") as opened:
        raw = opened.read(_MAX_FILE + 1)
    if len(raw) > _MAX_FILE:
        raise ValueError(f"larger than {_MAX_FILE:,} bytes")
    try:
        _read(even(raw.decode("utf-8-sig")), max(_MAX_WEIGHT, len(raw)))
    except UnreadableError as error:
        raise ValueError(f"line {error.line + 1}: {error}") from error


def _read(text: str, max_weight: int) -> Read:
    if found := _NO_TEXT.search(text):
        line = len(re.findall(r"\r\n|\n|\r", text[: found.start()]))
        raise UnreadableError(line, f"the character U+{ord(found[0]):04X} is not allowed in text")
    builder = _Builder(max_weight)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = str(error.problem or error.context)
        raise UnreadableError(mark.line if mark else 0, reason) from error
    except yaml.YAMLError as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UnreadableError(0, reason) from error
    return Read(builder.value, tuple(builder.oddities))


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun: `key` is None until a mapping's next key is read."""

    made: list[Any] | dict[str, Any]
    anchor: str | None
    dropped: bool
    weight_before: int
    key: str | None = None
    merged: list[Any] = field(default_factory=list)


class _NoKey(str):
    """Stands for a key that can't be one; what it holds is dropped."""

    __slots__ = ()


class _Builder:
    """Puts events together, with a stack of its own."""

    def __init__(self, max_weight: int) -> None:
        self.value: Any = None
        self._max_weight = max_weight
        self.oddities: list[Oddity] = []
        self._documents = 0
        self._weight = 0
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.ScalarEvent):
            self._weigh(1 + len(event.value) // _LETTERS, line)
            value = self._scalar(event, line)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1 + len(event.value) // _LETTERS)
            self._put(value, line, text=event.value, plain=not event.style)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(line)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor, line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise UnreadableError(line, "a second YAML document starts here")

    def _weigh(self, amount: int, line: int) -> None:
        self._weight += amount
        if self._weight > self._max_weight:
            raise UnreadableError(line, "its aliases expand to too much text")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> str | None:
        if not self._is_harmless(event.tag, line):
            return None
        text = str(event.value)
        if event.style:  # quoted, or a block of lines
            return text
        return None if text in _NOTHING else Plain(text)

    def _is_harmless(self, tag: str | None, line: int) -> bool:
        if tag is None or tag == "!" or tag.removeprefix(_CORE) in _HARMLESS:
            return True
        shown = tag.replace(_CORE, "!!")
        message = f"the tag {shown:.60} is not supported"
        self._odd(line, message, "Write the value without the tag.")
        return False

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise UnreadableError(line, f"nested more than {_MAX_DEPTH} levels deep")
        made: list[Any] | dict[str, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        dropped = not self._is_harmless(event.tag, line)
        self._stack.append(_Open(made, event.anchor, dropped, self._weight))
        self._weigh(1, line)

    def _end(self, line: int) -> None:
        done = self._stack.pop()
        if isinstance(done.made, dict):
            for other in done.merged:
                done.made.update({k: v for k, v in other.items() if k not in done.made})
        value = None if done.dropped else done.made
        if done.anchor:
            self._anchors[done.anchor] = (value, self._weight - done.weight_before)
        self._put(value, line)

    def _alias(self, name: str | None, line: int) -> None:
        if name is None or name not in self._anchors:
            raise UnreadableError(line, f"the alias {name!s:.60} is not defined before it")
        value, weight = self._anchors[name]
        self._weigh(weight, line)
        self._put(value, line, text=value if isinstance(value, str) else None)

    def _put(self, value: Any, line: int, text: str | None = None, *, plain: bool = False) -> None:  # noqa: ANN401
        if not self._stack:
            self.value = value
            return
        top = self._stack[-1]
        if isinstance(top.made, list):
            top.made.append(value)
        elif top.key is None:
            top.key = self._key(top.made, text, line, plain=plain)
        else:
            self._pair(top, top.made, top.key, value, line)
            top.key = None

    def _key(self, made: dict[str, Any], text: str | None, line: int, *, plain: bool) -> str:
        if text is None:
            self._odd(line, "a key must be text", "Write `key: value`.")
            return _NoKey()
        if plain and text == "<<":
            return Plain(text)
        if text in made:
            message = f"{text:.60} appears twice"
            self._odd(line, message, "Remove one of the two.", key=text)
        return str(text)

    def _pair(self, top: _Open, made: dict[str, Any], key: str, value: object, line: int) -> None:
        if isinstance(key, Plain):
            others = value if isinstance(value, list) else [value]
            if not all(isinstance(other, dict) for other in others):
                self._odd(line, "`<<` must merge a mapping", "Write out the keys.")
                return
            top.merged += others
            self._weigh(sum(map(len, others)), line)
        elif not isinstance(key, _NoKey):
            made[key] = value

    def _odd(self, line: int, message: str, hint: str, key: str = "") -> None:
        top = self._stack[0].key if self._stack else None
        self.oddities.append(Oddity(line, top or key, message, hint))
