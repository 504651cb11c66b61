"""Take an entry out of use; links to it lead to another one, or become their words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cannery.check.rewrite_links import Move, address_users
from cannery.check.whole import Whole
from cannery.content.files import scan
from cannery.content.layout import locate, translations
from cannery.content.library import Variants, resolve
from cannery.errors import ContentError, UsageError
from cannery.model.event import Listener, ignore
from cannery.operations.check import check
from cannery.operations.move import FileChange, plan, save
from cannery.operations.writing import is_repeated, settle
from cannery.workspace import Workspace

_RETIRE = "retire"  # what `kb undo` calls it


class Retired(NamedTuple):
    """The entry, and every file that changed."""

    entry: Variants
    changes: Sequence[FileChange]

    @property
    def others(self) -> int:
        """How many files changed besides the entry's own."""
        own = {at.path for at in self.entry.by_language.values()}
        return len({item.path for item in self.changes} - own)


def retire(
    workspace: Workspace, name: str, instead: str, listener: Listener = ignore
) -> Retired | None:
    """Retire the entry `name`; None if that was cut off before, and is finished now.

    `instead` names what takes its place, or is empty. Raises UsageError, NotFoundError,
    AmbiguousError and ContentError, and then changes nothing.
    """
    if is_repeated(settle(workspace, _RETIRE, listener), _RETIRE, name, instead):
        return None
    retired = plan_retirement(workspace, name, instead, listener)
    save(workspace, _RETIRE, retired.changes, (name, instead), listener)
    return retired


def plan_retirement(
    workspace: Workspace, name: str, instead: str, listener: Listener = ignore
) -> Retired:
    """What `retire` would do."""
    scanned = scan(workspace)
    old = resolve(workspace, scanned, name)
    new = resolve(workspace, scanned, instead) if instead else None
    if new and (new.id == old.id or new.kind is not old.kind):
        raise UsageError(f"{new.id} can't replace it", f"Choose another {old.kind}.")
    whole = check(workspace, listener).whole
    move = _move(old, new, whole)
    users = address_users(whole, move)
    if users and not new:
        lines = [f"  {item.at.path}:{line}" for item, line in users]
        hint = f"Choose a replacement: `kb retire {old.id} --for OTHER`."
        raise ContentError("\n".join(["macros still send customers its address:", *lines]), hint)
    return Retired(old, plan(workspace, whole, move, _headers(whole, old, new)))


def _move(old: Variants, new: Variants | None, whole: Whole) -> Move:
    settings = whole.workspace.settings
    files = {at.path: language for language, at in old.by_language.items()}
    for path in [*files]:  # links may mean it from where its translation would be
        for other in translations(path, settings):
            if other not in whole.facts:
                files[other] = locate(other, settings).language
    paths = {
        path: new.choose((language,), settings).path if new else ""
        for path, language in files.items()
    }
    return Move({old.id: new.id if new else ""}, paths, stays=True)


def _headers(whole: Whole, old: Variants, new: Variants | None) -> dict[str, Mapping[str, object]]:
    """The front matter that changes, by path."""
    headers: dict[str, Mapping[str, object]] = {
        at.path: {"status": "retired"} for at in old.by_language.values()
    }
    for at in new.by_language.values() if new else ():
        before = whole.facts[at.path].redirect_from
        headers[at.path] = {"redirect_from": [*dict.fromkeys([*before, old.id])]}
    return headers
