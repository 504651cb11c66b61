"""Bring the index up to date with the files."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping

from cannery.content.library import load
from cannery.model.entry import Entry, Part
from cannery.model.location import Changes, Stamp
from cannery.search.freshness import UNSETTLED, is_settled
from cannery.search.index import Index
from cannery.workspace import Workspace


def refresh(
    opened: Index, workspace: Workspace, stamps: Mapping[str, Stamp], todo: Changes
) -> Generator[str, None, bool]:
    """Bring the index up to date; yields each path once it is indexed. See `Index.apply`."""
    entries = _read(workspace, stamps, (*todo.added, *todo.changed))
    return (yield from opened.apply(entries, todo.removed, workspace.settings.reading))


def _read(
    workspace: Workspace, stamps: Mapping[str, Stamp], paths: Iterable[str]
) -> Iterator[tuple[str, Stamp, Entry | None]]:
    for path in paths:
        stamp = stamps[path] if is_settled(stamps[path]) else UNSETTLED
        item = load(workspace, path).item
        yield path, stamp, None if isinstance(item, Part) else item
