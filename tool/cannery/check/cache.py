"""A cache of each file's facts, valid until the file, the settings or the rules change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from cannery.check.facts import Facts, Target
from cannery.check.personal_data import Contact
from cannery.check.workers import File
from cannery.content.cachefile import load, store
from cannery.content.layout import is_macro, locate
from cannery.content.suppressions import Suppression
from cannery.model.entry import Part
from cannery.model.location import Problem, Severity
from cannery.util.state import text
from cannery.workspace import Settings, Workspace

_SEVERITIES = {item.value: item for item in Severity}
_FILE = "check.json"
_FORMAT = 5  # the files that a macro has attached
_MOST = 2**31  # of a number in a row
# The types of a row, which begins with a key where the facts have their place; and what is inside.
_ROW = (
    *(str, str, str, str, str, str, int),  # up to `review_days`
    *(list, list, dict, int, str),  # up to `shortcut`
    *(list, list, list, list, list, str, list, list, list, list, list, list),
)
_FIELDS = {name: at for at, name in enumerate(Facts._fields)}
_LINES = _FIELDS["lines"]
_TEXTS = [
    _FIELDS[name]
    for name in (
        "related",
        "redirect_from",
        "names",
        "renders",
        "anchors",
        "left_open",
        "attachments",
    )
]
_TUPLES = {
    _FIELDS["addresses"]: (str, int),
    _FIELDS["own_addresses"]: (str, int),
    _FIELDS["targets"]: (int, str, str, str, bool),
    _FIELDS["allowed"]: (str, int, str),
    _FIELDS["problems"]: (str, int, str, str, str, str),
    _FIELDS["contacts"]: (str, str, str, int),
}

Row = list[Any]  # a digest, then the values of `Facts` without `at`


class Digests:
    """Cache keys, `by_path`: BLAKE2b-128 of rules, settings, bytes, and parts for a macro."""

    def __init__(self, settings: Settings, parts: tuple[Part, ...]) -> None:
        self.by_path: dict[str, str] = {}
        self._layout = settings.layout
        self._rules = _rules(settings)
        self._parts = repr(parts).encode("utf-8", "replace")

    def add(self, file: File) -> str:
        """Compute a file's key; an unreadable file has an empty one and is not cached."""
        if isinstance(file.raw, Problem):
            self.by_path[file.path] = ""
            return ""
        digest = blake2b(self._rules, digest_size=16)
        digest.update(file.raw)
        if is_macro(file.path, self._layout):
            digest.update(self._parts)
        self.by_path[file.path] = digest.hexdigest()
        return self.by_path[file.path]


# The folders of this program whose code decides what is found.
_DECIDING = ("check", "check/rules", "content", "liquid", "model", "util")


def _rules(settings: Settings) -> bytes:
    """The settings, and name, size and mtime of each source file that the facts depend on."""
    here = Path(__file__).parents[1]
    code = [
        (file.name, info.st_size, info.st_mtime_ns)
        for folder in (here, *(here / name for name in _DECIDING))
        for file in sorted((*folder.glob("*.py"), *folder.glob("*.json")))
        for info in (file.stat(),)
    ]
    return repr((settings, code)).encode("utf-8", "replace")


def load_rows(workspace: Workspace) -> Mapping[str, Row]:
    """The cached rows by path; empty if there is no cache or it is corrupt."""
    nothing: Mapping[str, Row] = {}
    return load(workspace.cache / _FILE, _FORMAT, _sound, nothing)


def _sound(data: Any) -> Mapping[str, Row]:  # noqa: ANN401 - what a file may hold
    """Check the types of all values of the rows; raises as `state.load` says."""
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
    """Check a column by the set of its types: a loop takes much longer."""
    column = [*values]
    if {*map(type, column)} - {kind}:
        raise ValueError("not what was written")
    if kind is int and column and not 0 <= min(column) <= max(column) < _MOST:
        raise ValueError("no line and no days")


def store_rows(workspace: Workspace, rows: Mapping[str, Row]) -> None:
    """Write the cache. If that fails, the next check examines all files again."""
    store(workspace.cache / _FILE, _FORMAT, {path: row for path, row in rows.items() if row[0]})


def row_of(facts: Facts, digest: str) -> Row:
    return [digest, *facts[1:]]


def facts_in(path: str, row: Row, settings: Settings) -> Facts:
    facts = Facts(locate(path, settings), *row[1:])
    return facts._replace(
        targets=[*map(Target._make, facts.targets)],
        contacts=[*map(Contact._make, facts.contacts)],
        allowed=[*map(Suppression._make, facts.allowed)],
        problems=[Problem(*item[:5], _SEVERITIES[item[5]]) for item in facts.problems],
    )
