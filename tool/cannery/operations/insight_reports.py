"""The last reports of tickets, kept until the events, the settings or the program change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import cannery
from cannery.content import cachefile
from cannery.insight.report import Report
from cannery.insight.report_rows import FORM, report_of, rows_of
from cannery.insight.revision import revision
from cannery.operations.insight_facts import Asked
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

_FOLDER = "insight"  # of the cache
_MOST = 8  # reports
# The folders of this program whose files decide what a report says.
_DECIDING = ("content", "insight", "model", "util")


def kept_report(
    workspace: Workspace, asked: Asked, make: Callable[[], Report | None]
) -> Report | None:
    """A report that was made of the same events before, or a new one.

    That of another engine is always new: nothing tells whether its tables have changed.
    """
    if asked.other:
        return make()
    with events(workspace) as database:
        number = revision(database)  # of an import that comes now the report may know already
    if not number:
        return make()
    path = workspace.cache / _FOLDER / f"{_key(workspace, asked, number)}.json"
    report: Report | None = cachefile.load(path, FORM, report_of, None)
    if report is None:
        report = make()
        if report:
            cachefile.store(path, FORM, rows_of(report))
            _forget(path.parent)
    return report


def _key(workspace: Workspace, asked: Asked, number: int) -> str:
    settings = workspace.settings.insight
    told = repr((number, asked.at, asked.since, settings, *_program()))
    return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _program() -> Iterator[tuple[str, int, int]]:
    here = Path(cannery.__file__).parent
    for folder in _DECIDING:
        for path in sorted((here / folder).rglob("*.*")):
            if path.suffix in (".py", ".sql", ".json"):
                info = path.stat()
                yield path.name, info.st_size, info.st_mtime_ns


def _forget(folder: Path) -> None:
    """Remove all but the newest reports."""
    with suppress(OSError):
        newest = sorted(folder.glob("*.json"), key=lambda path: -path.stat().st_mtime_ns)
        for path in newest[_MOST:]:
            path.unlink(missing_ok=True)
