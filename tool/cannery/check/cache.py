"""What was found in each file, kept until the file or the rules change."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any, NamedTuple

from cannery.check.facts import Facts, Target
from cannery.check.page import page
from cannery.check.runner import examine
from cannery.check.suppressions import Suppression
from cannery.content.cachefile import load, store
from cannery.content.files import locate, read_bytes
from cannery.errors import ContentError
from cannery.model.entry import Part
from cannery.model.location import Problem, Severity
from cannery.util.state import text
from cannery.workspace import Settings, Workspace

_SEVERITIES = {item.value: item for item in Severity}
_FILE = "check.json"
_FORMAT = 1
_MOST = 2**31  # of a number in a row
# The types of a row, which begins with a key where the facts have their place; and what is inside.
_ROW = (
    *(str, str, str, str, str, str, int),  # up to `review_days`
    *(list, list, dict, int, str),  # up to `shortcut`
    *(list, list, list, list, list, str, list, list),
)
_FIELDS = {name: at for at, name in enumerate(Facts._fields)}
_LINES = _FIELDS["lines"]
_TEXTS = [_FIELDS[name] for name in ("related", "redirect_from", "names", "renders", "anchors")]
_TUPLES = {
    _FIELDS["addresses"]: (str, int),
    _FIELDS["targets"]: (int, str, str, str, bool),
    _FIELDS["allowed"]: (str, int, str),
    _FIELDS["problems"]: (str, int, str, str, str, str),
}
_CHUNK = 40  # files: some tenth of a second
ALONE = 400  # files: fewer are done before another process has started


class _Job(NamedTuple):
    workspace: Workspace
    parts: tuple[Part, ...]
    paths: tuple[str, ...]


def gather(
    workspace: Workspace, paths: Iterable[str], parts: tuple[Part, ...]
) -> Generator[Facts, None, None]:
    """What each file says, in no order, so that a caller can show how far it is.

    To be closed where it is not read to its end: others may be at work for it.
    What is known of a file with the same bytes is taken from the cache, all else is kept there.
    """
    cached = _load(workspace)
    keys = _keys(workspace, paths, parts)
    fresh: dict[str, list[Any]] = {}
    for path, key in keys.items():
        if (row := cached.get(path)) and row[0] == key:
            fresh[path] = row
            yield _revived(path, row[1:], workspace.settings)
    todo = [path for path in keys if path not in fresh]
    for found in _examined(workspace, todo, parts):
        fresh[found.at.path] = [keys[found.at.path], *found[1:]]
        yield found
    if todo or len(cached) != len(fresh):
        _store(workspace, fresh)


def _keys(workspace: Workspace, paths: Iterable[str], parts: tuple[Part, ...]) -> dict[str, str]:
    """A digest of all that the facts of a file depend on. Empty for one that can't be read."""
    rules, shared = _rules(workspace.settings), repr(parts).encode("utf-8", "replace")
    keys = {}
    for path in paths:
        digest = blake2b(rules, digest_size=16)
        try:
            digest.update(read_bytes(workspace, path))
        except ContentError:
            keys[path] = ""
            continue
        if path.startswith("kb/macros/"):
            digest.update(shared)
        keys[path] = digest.hexdigest()
    return keys


# The folders of this program whose code decides what is found.
_DECIDING = ("check", "check/rules", "content", "liquid", "model", "util")


def _rules(settings: Settings) -> bytes:
    """What decides what is found: the settings, and this very program's files."""
    here = Path(__file__).parents[1]
    code = [
        (file.name, info.st_size, info.st_mtime_ns)
        for folder in (here, *(here / name for name in _DECIDING))
        for file in sorted(folder.glob("*.py"))
        for info in (file.stat(),)
    ]
    return repr((settings, code)).encode("utf-8", "replace")


def _examined(
    workspace: Workspace, paths: Sequence[str], parts: tuple[Part, ...]
) -> Iterator[Facts]:
    jobs = [
        _Job(workspace, parts, tuple(paths[at : at + _CHUNK]))
        for at in range(0, len(paths), _CHUNK)
    ]
    workers = min(os.cpu_count() or 1, 8)
    if len(paths) < ALONE or workers == 1:
        for job in jobs:
            yield from _done(job)
        return
    with ProcessPoolExecutor(workers, initializer=_end_with, initargs=(os.getpid(),)) as pool:
        try:
            for found in pool.map(_done, jobs):
                yield from found
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _end_with(parent: int) -> None:
    """In a worker: leave ^C to the parent, and end where it ended without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _done(job: _Job) -> list[Facts]:
    return [facts_of(job.workspace, path, job.parts) for path in job.paths]


def facts_of(workspace: Workspace, path: str, parts: tuple[Part, ...]) -> Facts:
    try:
        raw = read_bytes(workspace, path)
    except ContentError as error:
        reason = error.message.removeprefix(f"{path}: ")
        problem = Problem(path, 0, "unreadable", reason, error.hint)
        return Facts(locate(path, workspace.settings), problems=(problem,))
    return examine(page(path, raw, workspace.settings, parts))


def _load(workspace: Workspace) -> Mapping[str, list[Any]]:
    """The rows of facts by path; none where there is no file of them, or it is spoilt."""
    nothing: Mapping[str, list[Any]] = {}
    return load(workspace.cache / _FILE, _FORMAT, _sound, nothing)


def _sound(data: Any) -> Mapping[str, list[Any]]:  # noqa: ANN401 - what a file may hold
    """The rows, looked through by types alone; raises as `state.load` says."""
    rows = [*data.values()]
    for path in data:
        text(path)
    _require(rows, _ROW)
    _require_column(chain.from_iterable(row[at] for at in _TEXTS for row in rows), str)
    _require_column(chain.from_iterable(row[_LINES].values() for row in rows), int)
    for at, kinds in _TUPLES.items():
        _require([*chain.from_iterable(row[at] for row in rows)], kinds)
    return data  # type: ignore[no-any-return]


def _require(rows: Sequence[Sequence[object]], kinds: tuple[type, ...]) -> None:
    """Raises ValueError or TypeError unless each row has values of these types."""
    if {*map(type, rows)} - {list} or {*map(len, rows)} - {len(kinds)}:
        raise ValueError("not what was written")
    for column, kind in zip(zip(*rows, strict=True), kinds, strict=bool(rows)):
        _require_column(column, kind)


def _require_column(values: Iterable[Any], kind: type) -> None:
    """All at once, which is quick."""
    column = [*values]
    if {*map(type, column)} - {kind}:
        raise ValueError("not what was written")
    if kind is int and column and not 0 <= min(column) <= max(column) < _MOST:
        raise ValueError("no line and no days")


def _store(workspace: Workspace, rows: Mapping[str, list[Any]]) -> None:
    """Keep the rows, all at once. Without a place to write, the next check is a slow one."""
    store(workspace.cache / _FILE, _FORMAT, {path: row for path, row in rows.items() if row[0]})


def _revived(path: str, row: list[Any], settings: Settings) -> Facts:
    found = Facts(locate(path, settings), *row)
    return found._replace(
        targets=[*map(Target._make, found.targets)],
        allowed=[*map(Suppression._make, found.allowed)],
        problems=[Problem(*item[:5], _SEVERITIES[item[5]]) for item in found.problems],
    )
