"""Columns of a CSV that nothing tells about: asked for once, and kept in kb.toml for the team."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.errors import ContentError
from cannery.insight.pseudonyms import as_attribute
from cannery.insight.sources import table
from cannery.insight.sources.columns import columns_of
from cannery.insight.sources.csv_rows import look_at
from cannery.model.event import Listener, ignore
from cannery.operations.writing import Rewrite, write
from cannery.util.encoding import decoded
from cannery.util.toml import toml_of
from cannery.workspace import MARKER, Workspace

# What figures need most, in the order in which it is asked for.
ASKED = ("created_at", "ticket", "solved_at", "status", "replied_at")
_LOG = frozenset(("ticket", "activity", "at"))
_TABLE = re.compile(r"^[ \t]*\[[ \t]*insight[ \t]*\.[ \t]*columns[ \t]*\][^\n]*\n?", re.MULTILINE)
_BY_HAND = "Write it into kb.toml yourself: [insight.columns]."


class OpenColumns(NamedTuple):
    """What is not told of a file: `uses` that no column is known for, and the columns left."""

    uses: Sequence[str]
    columns: Sequence[str]


def open_columns(workspace: Workspace, path: Path) -> OpenColumns:
    """What there is to ask about a file; nothing for what is no CSV, or can't be read."""
    given = workspace.settings.insight.columns
    try:
        if table.source_of(path).name != "csv":
            return OpenColumns((), ())
        header = look_at(path).header
    except (OSError, ValueError):
        return OpenColumns((), ())  # the import says why
    places = columns_of(header, given)
    # What is chosen stands in kb.toml, for all to read: a file without names of columns has data.
    left = [
        name
        for place, name in enumerate(header)
        if place not in places.values() and name and as_attribute(name)
    ]
    is_log = places.keys() >= _LOG and "created_at" not in places
    told = {"replied_at"} if "replied_after" in places else set[str]()
    uses = [use for use in ASKED if use not in {*places, *given, *told}]
    return OpenColumns(() if is_log or not left else uses, left)


def keep_columns(
    workspace: Workspace, columns: Mapping[str, str], listener: Listener = ignore
) -> None:
    """Write what columns are for into kb.toml, as `kb undo` can take back. Raises ContentError.

    `-` for a name: files have no such column, and nobody is asked again.
    """
    path = workspace.root / MARKER
    before = path.read_bytes()
    text = decoded(before)
    now = _with_columns(text, columns)
    expected = toml_of(text)
    expected.setdefault("insight", {}).setdefault("columns", {}).update(columns)
    try:
        is_right = toml_of(now) == expected
    except ValueError:  # such as a table that is written on one line
        is_right = False
    if not is_right:
        raise ContentError(f"{path}: the columns can't be added to what is there", _BY_HAND)
    name = MARKER.as_posix()
    rewrite = Rewrite("insight import", {name: now.encode()}, {name: before})
    write(workspace, rewrite, listener)


def _with_columns(text: str, columns: Mapping[str, str]) -> str:
    """The settings with these columns, in the table that is there or in a new one at the end."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = "".join(
        f"{use} = {json.dumps(name, ensure_ascii=False)}{ending}" for use, name in columns.items()
    )
    if match := _TABLE.search(text):
        gap = "" if match[0].endswith("\n") else ending
        return f"{text[: match.end()]}{gap}{lines}{text[match.end() :]}"
    gap = "" if not text or text.endswith("\n") else ending
    return f"{text}{gap}{ending if text.strip() else ''}[insight.columns]{ending}{lines}"
