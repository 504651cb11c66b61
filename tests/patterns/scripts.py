"""Every regular expression of the site's own scripts, as Python would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cannery.site import web

FOLDER = Path(web.__file__).parent
# What is no regular expression, and where one can begin: a slash behind a value divides.
_TOKEN = re.compile(
    r"//[^\n]*+|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
    r"|(?P<template>`(?:[^`\\]|\\.)*+`)"
    r"|(?P<before>[(,=:\[!&|?{};+\n>]|\breturn|\btypeof)\s*+"
    r"/(?P<pattern>(?!\*)(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*+\])++)/(?P<flags>[a-z]*+)",
    re.DOTALL,
)
_MADE = re.compile(
    r"new RegExp\(\s*(?P<pattern>`[^`]*`|\"[^\"]*\"|[^,)]+)(?:,\s*\"(?P<flags>[a-z]+)\")?"
)
_CONSTANT = re.compile(r"const (\w+) =\s+\"((?:[^\"\\]|\\.)*)\";")
_HOLE = re.compile(r"\$\{(\w+)\}")
# Letters of a property, as far as they are needed to try a pattern; of any other, all word letters.
_PROPERTIES = {
    "L": r"a-zA-Z\u3041-\u30ff\u4e00-\u9fff", "N": "0-9", "Nd": "0-9", "M": r"\u0300-\u036f",
    "Pc": "_",
}  # fmt: skip


class Script(NamedTuple):
    """A pattern of a script: `pattern` is empty where it is put together from what is not known."""

    file: str
    written: str
    pattern: str
    flags: int


def scripts() -> Iterator[Script]:
    for path in sorted(FOLDER.rglob("*.js")):
        if "vendor" not in path.parts:
            yield from _of_file(path.relative_to(FOLDER).as_posix(), path.read_text("utf-8"))


def _of_file(name: str, text: str) -> Iterator[Script]:
    for found in _TOKEN.finditer(text):
        if written := found["pattern"]:
            yield Script(name, written, as_python(written), _flags(found["flags"]))
    constants = {key: _unescaped(value) for key, value in _CONSTANT.findall(text)}
    for found in _MADE.finditer(text):
        written = found["pattern"]
        pattern = _unescaped(written[1:-1]) if written[0] in '`"' else ""
        while hole := _HOLE.search(pattern):
            value = constants.get(hole[1])
            if value is None:
                pattern = ""
                break
            pattern = pattern.replace(hole[0], value)
        known = as_python(pattern) if pattern and "${" not in pattern else ""
        yield Script(name, written, known, _flags(found["flags"] or ""))


def _flags(letters: str) -> int:
    known = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
    return int(sum(known.get(letter, 0) for letter in letters))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(\\|\"|`)", r"\1", text)


def as_python(pattern: str) -> str:
    """A pattern of JavaScript's as one of Python's that does the same work."""
    pattern = (
        re.sub(r"\(\?<(?![=!])", "(?P<", pattern).replace(r"\/", "/").replace("[^]", r"[\s\S]")
    )
    pattern = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda hit: f"\\U{int(hit[1], 16):08x}", pattern)
    return re.sub(
        r"(\[(?:[^\]\\]|\\.)*\])|\\p\{(\w+)\}",
        lambda hit: _in_class(hit[1]) if hit[1] else f"[{_letters(hit[2])}]",
        pattern,
    )


def _letters(name: str) -> str:
    return _PROPERTIES.get(name, r"\w")


def _in_class(letters: str) -> str:
    inside = re.sub(r"\\p\{(\w+)\}", lambda hit: _letters(hit[1]), letters[1:])
    return "[" + inside.replace("[", r"\[").replace(r"\\[", r"\[")
