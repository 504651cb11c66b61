"""Events of tickets come in: from a file, or from a desk that is asked."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight import store
from cannery.insight.sources import table
from cannery.insight.sources.source import Options, Reading
from cannery.model.event import Listener, ignore
from cannery.operations.desk_connect import open_desk
from cannery.operations.desk_settings import find_desk
from cannery.operations.insight_store import KEY, events
from cannery.workspace import Workspace


class Imported(NamedTuple):
    """What came in, and what there is to tell of it."""

    added: store.Added
    reading: Reading


def import_events(
    workspace: Workspace, source: str, listener: Listener = ignore, *, has_texts: bool = False
) -> Imported:
    """Read a file, or ask the desk that kb.toml calls so. Raises CanneryError."""
    settings = workspace.settings.insight
    options = Options(settings.columns, ZoneInfo(settings.time_zone), has_texts)
    path = Path(source)
    if source in workspace.settings.desks and not path.is_file():
        return _import_desk(workspace, source, options, listener)
    return _import_file(workspace, path, options)


def _import_file(workspace: Workspace, path: Path, options: Options) -> Imported:
    try:
        source = table.source_of(path)
        with events(workspace) as database:
            key = store.local_key(workspace.state / KEY)
            records = source.records(path, options)
            return Imported(store.add(database, source.name, records, key), options.reading)
    except (OSError, ValueError, csv.Error) as error:
        raise ContentError(f"{path}: {error}", "Nothing was imported.") from error


def _import_desk(workspace: Workspace, name: str, options: Options, listener: Listener) -> Imported:
    desk, _ = find_desk(workspace, name)
    source = table.DESKS.get(desk.kind)
    if source is None:
        hint = "Export its tickets to a file, and run `kb insight import FILE`."
        raise ContentError(f"desks of kind {desk.kind} are not asked for tickets", hint)
    with open_desk(workspace, name, listener) as connection, events(workspace) as database:
        key = store.local_key(workspace.state / KEY)
        client, cursor = connection.opening.client, store.cursor_of(database, name)
        asked = source.records(client, cursor, replace(options, desk=desk))
        return Imported(store.add(database, name, asked, key), options.reading)
