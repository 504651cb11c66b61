"""Edits of files that the team or the user has renamed: they go where the file is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.git.blobs import Blobs, store_texts
from cannery.git.clone import Checkout
from cannery.git.edits import Edit
from cannery.git.merge import Merged, merge
from cannery.git.renames import renames, renames_among


class Followed(NamedTuple):
    """A renamed file: `edit` is the user's of it, as it came from `old`; `path` is its new one.

    `upstream` is what the team has at the new path, `old_upstream` what it still has at the old.
    """

    old: str
    path: str
    edit: Edit
    merged: Merged
    upstream: bytes | None
    old_upstream: bytes | None = None


class Stand(NamedTuple):
    """What edits are compared with: the commits `base` and `main`, and the contents there."""

    checkout: Checkout
    blobs: Blobs
    base: str
    main: str


def followed(stand: Stand, edits: Sequence[Edit], lost: Sequence[Edit]) -> Iterator[Followed]:
    """Where the `lost` belong, of which the team or the user has no file of that name any more."""
    if lost:
        yield from _renamed_by_the_team(stand, [edit for edit in lost if edit.now is not None])
        yield from _renamed_by_the_user(stand, edits, [edit for edit in lost if edit.now is None])


def _renamed_by_the_team(stand: Stand, lost: Sequence[Edit]) -> Iterator[Followed]:
    checkout = stand.checkout
    new = renames(checkout.folder, stand.base, stand.main) if lost else {}
    for edit in lost:
        whole = new.get(checkout.prefix + edit.path, "")
        path = whole.removeprefix(checkout.prefix)
        if whole and whole.startswith(checkout.prefix):
            upstream = stand.blobs[checkout.at(stand.main, path)]
            merged = merge(edit.before, edit.now, upstream)
            yield Followed(edit.path, path, edit, merged, upstream)


def _renamed_by_the_user(
    stand: Stand, edits: Sequence[Edit], lost: Sequence[Edit]
) -> Iterator[Followed]:
    """A file that the team has renamed, too, has the team's name."""
    checkout, by_path = stand.checkout, {edit.path: edit for edit in edits}
    ours = _own_renames(checkout, edits, lost)
    theirs = renames(checkout.folder, stand.base, stand.main) if ours else {}
    for old, new in ours.items():
        edit, added = by_path[old], by_path[new]
        whole = theirs.get(checkout.prefix + old, "")
        is_inside = bool(whole) and whole.startswith(checkout.prefix)
        path = whole.removeprefix(checkout.prefix) if is_inside else new
        upstream, there = (stand.blobs[checkout.at(stand.main, name)] for name in (old, path))
        merged = merge(edit.before, added.now, there if is_inside else upstream)
        if upstream is not None or is_inside:  # else the team has deleted it
            yield Followed(old, path, added, merged, there, upstream)


def _own_renames(checkout: Checkout, edits: Sequence[Edit], lost: Sequence[Edit]) -> dict[str, str]:
    """Which new files were made of those that are lost, by the path of these."""
    new = {edit.path: edit.id for edit in edits if edit.before is None and edit.id}
    if not (lost and new):
        return {}
    ids = store_texts(checkout.folder, [edit.before or b"" for edit in lost])
    gone = dict(zip((edit.path for edit in lost), ids, strict=True))
    return renames_among(checkout.folder, gone, new, checkout.store / "renames")


def renamed(stand: Stand, edits: Sequence[Edit], paths: Sequence[str]) -> dict[str, str]:
    """The new paths of a proposal's files that the team or the user has renamed since."""
    checkout = stand.checkout
    gone = [path for path in paths if _is_gone(stand, path)]
    theirs = renames(checkout.folder, stand.base, stand.main) if gone else {}
    inner = {path: theirs.get(checkout.prefix + path, "") for path in gone}
    new = {path: name.removeprefix(checkout.prefix) for path, name in inner.items() if name}
    deleted = [edit for edit in edits if edit.path in paths and edit.now is None]
    return _own_renames(checkout, edits, deleted) | new


def _is_gone(stand: Stand, path: str) -> bool:
    before, now = (stand.blobs[stand.checkout.at(at, path)] for at in (stand.base, stand.main))
    return before is not None and now is None
