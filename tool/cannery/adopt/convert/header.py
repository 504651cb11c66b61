"""Front matter of other tools: YAML, TOML or JSON -> YAML with our keys; all others stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.virtual import as_date
from cannery.content.frontmatter import read_each, rewrite
from cannery.content.split import line_feeds, split
from cannery.errors import ContentError
from cannery.util.spans import Lines
from cannery.util.toml import toml_of

_TOML = re.compile(
    r"\A\ufeff?\+\+\+[ \t]*\n(?P<header>(?>(?:(?!\+\+\+)[^\n]*+\n)*))\+\+\+[ \t]*(?:\n|\Z)"
)
_JSON = re.compile(r"\A\ufeff?(?=\{[ \t]*\n)")
_MAX_HEADER = 200_000  # characters
_MAX_DEPTH = 8
Values = Mapping[str, Any]


class Page(NamedTuple):
    """A page cut in two: its front matter and its body, which begins in the 1-based `line`.

    `header` is the YAML as it is written, with its fences; empty where it was of another kind.
    """

    values: Values
    header: str
    body: str
    line: int


def read_page(written: str, notes: Notes) -> Page:
    """The front matter and the body of a text; what can't be read of it is told and stays."""
    text = line_feeds(written)
    if found := _TOML.match(text):
        return _foreign(text, found["header"], found.end(), toml_of, notes)
    if found := _JSON.match(text):
        end = _end_of_json(text, found.end())
        if end:
            return _foreign(text, text[found.end() : end], end, json.loads, notes)
    parts = split(text)
    header = f"{parts.prefix}{parts.header}{parts.suffix}"
    read = read_each(parts.header, parts.header_line) if parts.header.strip() else None
    for line, reason in read.errors if read else ():
        notes.lose(line, "front matter", f"it can't be read: {reason}")
    return Page(read.data if read else {}, header, parts.body, parts.body_line)


def _end_of_json(text: str, start: int) -> int:
    try:
        _, end = json.JSONDecoder().raw_decode(text[: start + _MAX_HEADER], start)
    except (ValueError, RecursionError):
        return 0
    return end if text[end : end + 1] in {"\n", ""} else 0


def _foreign(text: str, header: str, end: int, parse: Callable[[str], Any], notes: Notes) -> Page:
    line = Lines(text).of(end)
    try:
        values = parse(header)
    except ValueError as error:
        notes.lose(1, "front matter", f"it can't be read: {error}")
        values = {}
    body = text[end:]
    stripped = body.lstrip("\n")
    return Page(values, "", stripped, line + len(body) - len(stripped))


def write_page(page: Page, body: str, updates: Values, notes: Notes) -> str:
    """The page with its converted body. A key of the updates that is None is taken away."""
    wanted = dict(updates)
    if not page.header:
        wanted = {**page.values, **updates}
    try:
        return rewrite(f"{page.header}{body}", _plain(wanted))
    except (ContentError, ValueError) as error:
        notes.lose(1, "front matter", f"its keys stay as they are: {error}")
        return f"{page.header}{body}"


def _plain(values: Values) -> dict[str, Any]:
    """The values as YAML can have them: dates of TOML and JSON's numbers are texts."""
    return {str(key): _value(value, 0) for key, value in values.items()}


def _value(value: object, depth: int) -> Any:  # noqa: ANN401 - as deep as the source has it
    if depth > _MAX_DEPTH or value is None:
        return None
    if isinstance(value, bool | int | float) or type(value) is date:
        return value
    if isinstance(value, Mapping):
        return {str(key): _value(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item, depth + 1) for item in value]
    return value if isinstance(value, str) else str(value)


def listed(value: object) -> list[str]:
    """A list of texts, which may be written as one text with commas."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    if isinstance(value, list):
        return [str(item) for item in value if isinstance(item, str | int) and str(item).strip()]
    return []


def our_keys(values: Values) -> dict[str, Any]:
    """What the keys of other tools are called here; those that say nothing else go away."""
    made: dict[str, Any] = {}
    for ours, theirs in (("summary", ("description", "excerpt")),):
        found = next((name for name in theirs if isinstance(values.get(name), str)), "")
        if found and not values.get(ours):
            made |= {ours: " ".join(values[found].split()), found: None}
    if _is(values.get("draft"), "true") or _is(values.get("published"), "false"):
        made |= {
            "status": "draft",
            **{key: None for key in ("draft", "published") if key in values},
        }
    update = values.get("last_update")
    if isinstance(update, Mapping) and isinstance(update.get("date"), str):
        rest = {key: value for key, value in update.items() if key != "date"}
        made |= {"reviewed": as_date(update["date"]), "last_update": rest or None}
    for key in ("tags", "keywords"):
        if isinstance(values.get(key), str):
            made[key] = listed(values[key])
    return {key: value for key, value in made.items() if key in values or value is not None}


def _is(value: object, text: str) -> bool:
    return str(value).lower() == text
