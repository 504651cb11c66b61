"""Give an entry or a part another id; every text that names it follows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cannery.check.rewrite_links import Move
from cannery.check.whole import Whole
from cannery.content.files import scan
from cannery.content.layout import renamed_path, translations, without_folder
from cannery.content.library import bare, resolve
from cannery.errors import UsageError
from cannery.model.event import Listener, ignore
from cannery.model.location import Location
from cannery.operations.baseline import moved
from cannery.operations.check import check
from cannery.operations.move import FileChange, plan, save
from cannery.operations.writing import is_repeated, settle
from cannery.util.file_names import fault_of
from cannery.util.seen import shows_nothing
from cannery.util.text import composed
from cannery.workspace import Workspace

_RENAME = "rename"  # what `kb undo` calls it
_PARTS = "macros/_parts/"


class Renamed(NamedTuple):
    """Both ids, the language variants that have moved, and every file that changed."""

    old: str
    new: str
    files: Sequence[Location]
    changes: Sequence[FileChange]

    @property
    def mentions(self) -> int:
        """How many files changed only because they name the entry."""
        return sum(item.path == item.new_path for item in self.changes)


def rename(
    workspace: Workspace, name: str, new: str, listener: Listener = ignore
) -> Renamed | None:
    """Rename the entry or part `name`; None if that was cut off before, and is finished now.

    Raises UsageError, NotFoundError, AmbiguousError and ContentError, and then changes nothing.
    """
    if is_repeated(settle(workspace, _RENAME, listener), _RENAME, name, new):
        return None
    renamed = plan_rename(workspace, name, new, listener)
    save(workspace, _RENAME, renamed.changes, (name, new), listener)
    return renamed


def plan_rename(workspace: Workspace, name: str, new: str, listener: Listener = ignore) -> Renamed:
    """What `rename` would do."""
    result = check(workspace, listener)
    whole = result.whole
    files = _files(workspace, whole, name)
    old = files[0].id
    new = without_folder(new.strip(), workspace.settings.layout)
    id_ = new_id(old, new, {item.at.id for item in whole.facts.values()})
    paths = {at.path: renamed_path(at, id_, workspace.settings) for at in files}
    if old.startswith(_PARTS):
        move = Move({}, paths, {old.removeprefix(_PARTS): id_.removeprefix(_PARTS)})
        return Renamed(old, id_, files, plan(workspace, whole, move, {}))
    paths = {**_untranslated(paths, whole), **paths}
    headers = {
        at.path: {"redirect_from": [*whole.facts[at.path].redirect_from, old]} for at in files
    }
    changes = plan(workspace, whole, Move({old: id_}, paths), headers)
    return Renamed(old, id_, files, [*changes, *moved(result, paths)])


def _untranslated(paths: Mapping[str, str], whole: Whole) -> dict[str, str]:
    """Where links lead that mean an original, from where its translation would be."""
    settings = whole.workspace.settings
    pairs = (
        pair
        for old, new in paths.items()
        for pair in zip(translations(old, settings), translations(new, settings), strict=True)
    )
    return {old: new for old, new in pairs if old not in whole.facts}


def _files(workspace: Workspace, whole: Whole, name: str) -> list[Location]:
    wanted = composed(bare(name))
    if "_parts/" in wanted:
        id_ = _PARTS + wanted.partition("_parts/")[2]
        if variants := [item.at for item in whole.facts.values() if item.at.id == id_]:
            return variants
    return [*resolve(workspace, scan(workspace), name).by_language.values()]


def new_id(old: str, new: str, taken: Iterable[str]) -> str:
    """The id that `new` means for `old`. Raises UsageError for one that is none, or is taken."""
    kind = f"{_PARTS.rstrip('/')}" if old.startswith(_PARTS) else old.split("/", 1)[0]
    wanted = composed(new.strip()).removeprefix("kb/").removesuffix(".md").strip("/")
    if "/" not in wanted:
        wanted = f"{posixpath.dirname(old)}/{wanted}"
    elif not wanted.startswith(f"{kind}/"):
        wanted = f"{kind}/{wanted}"
    pieces = wanted.split("/")
    if any(shows_nothing(piece) or piece[0] in ".-" or not piece.isprintable() for piece in pieces):
        hint = "Use letters, digits and dashes, as in billing/refund."
        raise UsageError(f"{new} is not a valid id", hint)
    if "." in pieces[-1] or any(char in wanted for char in '\\:*?"<>|#%'):
        hint = "Use letters, digits and dashes."
        raise UsageError(f"{new} contains a character that ids can't have", hint)
    if reason := next(filter(None, map(fault_of, pieces)), ""):
        raise UsageError(f"{new} is not a valid id: {reason}", "Choose another name.")
    if "_parts" in pieces and not old.startswith(_PARTS):
        raise UsageError(f"{new} would turn the entry into a part", "Choose another folder.")
    if wanted == old:
        raise UsageError(f"the entry is already called {old}")
    if wanted in taken:
        raise UsageError(f"{wanted} already exists", f"See `kb show {wanted}`.")
    return wanted
