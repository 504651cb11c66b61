"""JSON as editors allow it, with comments and commas at the end; errors with their lines."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from cannery.exchange.source import UnreadableError
from cannery.util.spans import Lines

_BEGIN = re.compile(r"\"|//|/\*")
_STRING = re.compile(r"\"(?>[^\"\\\n]+|\\.)*\"")
_LAST_COMMA = re.compile(r",(?=[ \t\r\n]*+[}\]])")


def read_json(text: str) -> object:
    """What a text says. Raises UnreadableError."""
    try:
        return json.loads(_without_comments(text), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"no JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise UnreadableError("it is nested too deeply") from error


def _refuse(constant: str) -> NoReturn:
    raise UnreadableError(f"{constant} is not JSON")


def _without_comments(text: str) -> str:
    """The text without what JSON has not, line for line."""
    pieces: list[str] = []
    outside: list[str] = []
    at = 0
    while match := _BEGIN.search(text, at):
        outside.append(text[at : match.start()])
        if match[0] == '"':
            string = _STRING.match(text, match.start())
            if string is None:
                line = Lines(text).of(match.start())
                raise UnreadableError("no JSON: a text that nothing ends", line)
            pieces += [_LAST_COMMA.sub("", "".join(outside)), string[0]]
            outside, at = [], string.end()
        else:
            end = text.find("\n" if match[0] == "//" else "*/", match.end())
            end = len(text) if end < 0 else end + (2 if match[0] == "/*" else 0)
            outside.append("\n" * text.count("\n", match.start(), end))
            at = end
    return "".join([*pieces, _LAST_COMMA.sub("", "".join([*outside, text[at:]]))])
