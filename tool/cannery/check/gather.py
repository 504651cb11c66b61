"""The facts of every file: from the cache, or examined anew. Each file is read once."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from cannery.check.cache import Digests, Row, facts_in, load_rows, row_of, store_rows
from cannery.check.facts import Facts
from cannery.check.workers import File, Workers
from cannery.content.files import read_bytes
from cannery.content.layout import is_part
from cannery.content.library import read
from cannery.errors import ContentError
from cannery.model.entry import Part
from cannery.model.location import Problem
from cannery.workspace import Settings, Workspace


def gather(workspace: Workspace, paths: Iterable[str]) -> Generator[Facts, None, None]:
    """Yield the facts of each file, in no particular order, so that a caller can show progress.

    Close it if it is not exhausted: other processes may be working for it. Facts of unchanged files
    come from the cache; new ones are added to it.
    """
    settings, paths = workspace.settings, sorted(paths)
    part_files = {path: _read(workspace, path) for path in paths if is_part(path, settings.layout)}
    parts = _parts(part_files.values(), settings)
    digests = Digests(settings, parts)
    cached, rows = load_rows(workspace), dict[str, Row]()

    def added(examined: Iterator[Facts]) -> Iterator[Facts]:
        for facts in examined:
            rows[facts.at.path] = row_of(facts, digests.by_path[facts.at.path])
            yield facts

    with Workers(settings, parts) as workers:
        for path in paths:
            file = part_files.pop(path, None) or _read(workspace, path)
            digest = digests.add(file)
            if (row := cached.get(path)) and row[0] == digest:
                rows[path] = row
                yield facts_in(path, row, settings)
            else:
                yield from added(workers.submit(file))
        yield from added(workers.finish())
    if rows != cached:
        store_rows(workspace, rows)


def _read(workspace: Workspace, path: str) -> File:
    try:
        return File(path, read_bytes(workspace, path))
    except ContentError as error:
        reason = error.message.removeprefix(f"{path}: ")
        return File(path, Problem(path, 0, "unreadable", reason, error.hint))


def _parts(files: Iterable[File], settings: Settings) -> tuple[Part, ...]:
    """The parts in these files; unreadable files are skipped."""
    items = (
        read(file.path, file.raw, settings).item for file in files if isinstance(file.raw, bytes)
    )
    return tuple(item for item in items if isinstance(item, Part))
