"""How the entries of a knowledge base read in two of its states: what a reviewer looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from time import process_time
from typing import NamedTuple

from cannery.content.files import ENDINGS, read_bytes, scan
from cannery.content.layout import belongs, is_macro, is_part
from cannery.content.library import read, title_of
from cannery.content.markdown import parse, tree
from cannery.content.split import split
from cannery.errors import ContentError, SettingsError
from cannery.model.entry import Entry, Macro
from cannery.model.layout import DEFAULT, Layout
from cannery.model.location import Problem
from cannery.model.review import ChangeKind, EntryChange
from cannery.operations.sample import Sampler, sampler
from cannery.render.text import text
from cannery.settings import read_settings
from cannery.util.encoding import decoded
from cannery.workspace import MARKER, Workspace, open_workspace

_MOST = 20_000  # characters of a text
_MOST_LINES = 1000  # of a front matter
_LONGEST = 500  # characters of its lines
_SETTINGS = MARKER.as_posix()
_MOST_MACROS = 2000  # that are looked at for what a part or a setting changes
_ROUNDS = 5
_SECONDS = 60.0


class State(NamedTuple):
    """A knowledge base at a commit, as files below a folder.

    `workspace` is None where there is none, or its settings can't be read: `fault` says why.
    """

    workspace: Workspace | None
    sample: Sampler
    fault: Problem | None = None

    @property
    def layout(self) -> Layout:
        return self.workspace.settings.layout if self.workspace else DEFAULT


def open_state(root: Path, present: Workspace, now: datetime) -> State:
    """What is below a folder, as a state of the knowledge base `present`, whose cache it shares."""
    if not (root / MARKER).is_file():
        return State(None, _nothing)
    try:
        opened = open_workspace(root, to_read=True, user=present.user)
    except SettingsError as error:
        return State(None, _nothing, _fault(error, root.resolve() / MARKER))
    workspace = Workspace(opened.root, opened.settings, opened.user, present.cache)
    return State(workspace, sampler(workspace, now))


def layout_at(root: Path) -> Layout:
    """Where the content of a state lies, by its kb.toml; where all do by default without one."""
    try:
        return read_settings(root / MARKER).layout if (root / MARKER).is_file() else DEFAULT
    except SettingsError:  # told when the state is opened
        return DEFAULT


def _nothing(_: str, __: bytes | None) -> str:
    return ""


def _fault(error: SettingsError, path: Path) -> Problem:
    """The error as a problem of the file, which is in a folder that nobody knows."""
    reason, line = error.reason, error.line
    if reason.startswith(str(path)):
        where, _, reason = reason.removeprefix(str(path)).partition(": ")
        line = int(where.removeprefix(":") or 0)
    return Problem(_SETTINGS, line, "setting", reason, error.hint)


def entry_changes(
    before: State, after: State, pairs: Sequence[tuple[str, str]], seconds: float = _SECONDS
) -> Iterator[EntryChange]:
    """The entries among changed files, each as it reads, then macros that read anew without.

    `pairs` have a file's path before and after, empty for no such file. It ends after so many
    `seconds` of the processor: each template of a stranger's may take some.
    """
    until = process_time() + seconds
    layouts = before.layout, after.layout
    named = {pair for pair in pairs if is_entry(pair, layouts)}
    changed = sorted(named, key=lambda pair: pair[1] or pair[0])
    for pair in changed:
        if process_time() > until:
            return
        yield _change(before, after, pair, _kind(*pair))
    own = {path for pair in changed for path in pair}
    for path in _dependent(after, {path for pair in pairs for path in pair}):
        if path not in own and process_time() <= until:
            change = _change(before, after, (path, path), ChangeKind.AFFECTED)
            if change.before != change.after:
                yield change


def is_entry(pair: tuple[str, str], layouts: tuple[Layout, Layout]) -> bool:
    """Whether a file is an entry, before a change or after it, with the folders of each state."""
    each = zip(pair, layouts, strict=True)
    return any(path.endswith(ENDINGS) and belongs(path, layout) for path, layout in each)


def _kind(old: str, new: str) -> ChangeKind:
    if old and new:
        return ChangeKind.CHANGED if old == new else ChangeKind.RENAMED
    return ChangeKind.ADDED if new else ChangeKind.DELETED


def _dependent(state: State, changed: set[str]) -> Iterator[str]:
    """The macros that may read anew when these files change: by their parts, or by the settings."""
    layout = state.layout
    parts = {Path(path).name.split(".")[0] for path in changed if is_part(path, layout)}
    if state.workspace is None or not (parts or _SETTINGS in changed):
        return
    stamps = sorted(path for path in scan(state.workspace).stamps if is_macro(path, layout))
    raws = {path: _raw(state, path) or b"" for path in stamps[:_MOST_MACROS]}
    for _ in range(_ROUNDS):  # a part may be in another
        parts |= {
            Path(path).name.split(".")[0]
            for path, raw in raws.items()
            if is_part(path, layout) and _names_any(raw, parts)
        }
    is_any = _SETTINGS in changed
    for path, raw in raws.items():
        if not is_part(path, layout) and (is_any or _names_any(raw, parts)):
            yield path


def _names_any(raw: bytes, names: set[str]) -> bool:
    return any(name.encode() in raw for name in names)


def _change(before: State, after: State, pair: tuple[str, str], kind: ChangeKind) -> EntryChange:
    old, new = pair
    raws = _raw(before, old), _raw(after, new)
    old_text, new_text = _reading(before, old, raws[0]), _reading(after, new, raws[1])
    state, path, raw = (after, new, raws[1]) if new else (before, old, raws[0])
    title = title_of(path, raw or b"", state.workspace.settings) if state.workspace else path
    return EntryChange(
        path,
        old or path,
        title,
        kind,
        old_text[:_MOST],
        new_text[:_MOST],
        _settings(*raws),
        max(len(old_text), len(new_text)) > _MOST,
        is_macro(path, state.layout),
    )


def _raw(state: State, path: str) -> bytes | None:
    if state.workspace is None or not path:
        return None
    try:
        return read_bytes(state.workspace, path)
    except ContentError:
        return None  # `kb check` tells what is wrong with it


def _reading(state: State, path: str, raw: bytes | None) -> str:
    """An entry as its readers see it; its source where it can't be read so."""
    if raw is None or state.workspace is None:
        return ""
    item = read(path, raw, state.workspace.settings).item
    if isinstance(item, Macro):
        return state.sample(path, raw).rstrip("\n") or item.body
    body = item.body if isinstance(item, Entry) else split(decoded(raw, "replace")).body
    if not isinstance(item, Entry):
        return body  # a part is a template
    return text(tree(parse(body[: 2 * _MOST], language=item.at.language)))


def _settings(before: bytes | None, after: bytes | None) -> tuple[str, ...]:
    """The lines of the front matter that went and came."""
    old, new = (_front_matter(raw) for raw in (before, after))
    lines = [*unified_diff(old, new, n=0, lineterm="")][2:]
    return tuple(line for line in lines if not line.startswith("@@"))


def _front_matter(raw: bytes | None) -> Sequence[str]:
    lines = split(decoded(raw, "replace")).header.splitlines() if raw else []
    return [line[:_LONGEST] for line in lines[:_MOST_LINES]]
