"""Bring the team's changes into the user's files, and lose nothing of either.

All is planned first, and written down: each file before and after, the index and the branch. Then
files are written, one by one and each whole; then the index; then the branch. Where that is cut
off, the next one goes on with that plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.git.blobs import Blobs, store_files
from cannery.git.branch import GONE, Change, changes
from cannery.git.clone import Standing
from cannery.git.merge import merge_from
from cannery.git.repository import GitError
from cannery.git.state import FileState, worktree_status
from cannery.git.versions import Form, Version, version_at
from cannery.proposals.beside import besides, opened
from cannery.proposals.blocked import without_blocked
from cannery.proposals.carry_out import carry_out
from cannery.proposals.changes import Snapshot, rebase_command
from cannery.proposals.conflicts import OpenConflict, as_stored, conflicts
from cannery.proposals.incoming import (
    CONFLICT,
    RENAMED,
    EditedFile,
    FileMerge,
    FileOutcome,
    files_of,
    incoming_index,
    merge_file,
)
from cannery.proposals.moves import Move, moves
from cannery.proposals.undo_log import UndoLog


def sync(clone: Snapshot, log: UndoLog) -> list[FileOutcome]:
    """Bring the files, the index and the branch to the team's commit; what came of each file.

    Raises GitError where commits of the user's own stand in the way, before anything is changed.
    Called by who is alone with the log.
    """
    checkout, at = clone.checkout, clone.standing
    pending = conflicts(checkout)
    blobs = Blobs(log.tree.top)
    if at.upstream == at.base:  # nothing has come; the user may be ahead
        return [*_undecided(log, pending, at.upstream, blobs)]
    if at.head != at.base:
        _refuse_unmerged(clone, log.tree.top, at, blobs)
    incoming = sorted(changes(log.tree.top, at.base, at.upstream), key=_is_kept)
    local = worktree_status(log.tree.top)
    _refuse_half_staged(incoming, local)
    with incoming_index(checkout, log.tree.top, incoming) as index:
        proposed = {checkout.prefix + path: name for path, name in clone.accepted.items()}
        before = _Before(at.base, pending, local, proposed)
        merges = without_blocked(log.tree, _merges(log, at, incoming, before, blobs))
        drafts = index.drafts(merges)
        beside = [*besides(log.tree, merges, pending, blobs)]
        new = opened(log.tree, beside)
        settled = {item.here for item in merges if item.is_edited}
        left = {path: item for path, item in pending.items() if path not in settled}
        files = (file for item in merges for file in files_of(log.tree, item, drafts))
        if at.head != at.upstream:
            planned = log.plan(
                "sync",
                (*files, *(item.file for item in beside)),
                heads=(at.head, at.upstream),
                conflicts=(as_stored(pending), as_stored({**left, **new})),
            )
            carry_out(log, planned)
    outcomes = [item.outcome for item in merges]
    told = {item.path for item in outcomes if item.how == CONFLICT}
    old = {path: item for path, item in {**left, **new}.items() if path not in told}
    return [*outcomes, *_undecided(log, old, at.upstream, blobs)]


def _undecided(
    log: UndoLog, pending: Mapping[str, OpenConflict], upstream: str, blobs: Blobs
) -> Iterator[FileOutcome]:
    """What is left to decide of conflicts that are open since earlier."""
    ids = _stored(log, pending)
    for path, item in pending.items():
        change = Change(path, GONE if item.is_deleted else "", f"{upstream}:{path}")
        outcome = merge_file(EditedFile(change, (item.base,), ids.get(path, "")), blobs).outcome
        if outcome.how != CONFLICT:
            outcome = FileOutcome(path, CONFLICT, ("what came before",))
        yield outcome


def _stored(log: UndoLog, paths: Iterable[str]) -> dict[str, str]:
    """The ids of plain files as git stores them."""
    versions = ((path, version_at(log.tree, path)) for path in paths)
    files = [path for path, now in versions if now and now.form is Form.FILE]
    return dict(zip(files, store_files(log.tree.top, files), strict=True))


class _Before(NamedTuple):
    """What there was before the sync.

    `base` is the newest commit of the team's that the user has, `pending` has the files that are in
    conflict since an earlier sync, `local` what the user has changed. `proposed` names what the
    team's version of a file comes from where that is what the user had proposed.
    """

    base: str
    pending: dict[str, OpenConflict]
    local: dict[str, FileState]
    proposed: dict[str, tuple[str, ...]]

    def names(self, here: str, old: str = "") -> tuple[str, ...]:
        """Git's names for what the user's and the team's version of a file come from.

        `here` is where the user's stands, `old` where it was in the base.
        """
        pending = self.pending.get(here)
        if pending:
            return (pending.base,)
        return self.proposed.get(here, (f"{self.base}:{old or here}",))


def _merges(
    log: UndoLog, at: Standing, incoming: Sequence[Change], before: _Before, blobs: Blobs
) -> list[FileMerge]:
    """What is to become of each file."""
    moved = moves(log, at, incoming, before.local)
    ids = _stored(log, (item.here for item in moved))
    edited = _edited_files(log, incoming, before)
    edited |= {item.change.path: _moved_file(item, before, ids) for item in moved}
    blobs.load(name for item in edited.values() for name in _versions(item))
    renamed = {item.old: item.change.path for item in moved}
    merges = []
    for change in incoming:
        path = change.path
        if path in renamed:
            outcome = FileOutcome(path, RENAMED, to=renamed[path])
            merges.append(FileMerge(change, outcome, stays=True))
        elif path not in edited:
            merges.append(FileMerge(change, FileOutcome(path, "taken")))
    return [
        *merges,
        *(merge_file(item, blobs) for path, item in edited.items() if path not in renamed),
    ]


def _moved_file(move: Move, before: _Before, ids: Mapping[str, str]) -> EditedFile:
    bases = before.names(move.here, move.old)
    origin = "" if move.here == move.change.path else move.here
    return EditedFile(move.change, bases, ids[move.here], origin)


def _versions(item: EditedFile) -> Iterator[str]:
    """What is read of a file to merge it."""
    yield from item.bases
    if item.blob:
        yield item.blob
    if item.change.mode != GONE:
        yield item.change.name


def _edited_files(
    log: UndoLog, incoming: Iterable[Change], before: _Before
) -> dict[str, EditedFile]:
    """Those of the files that have come which the user has changed, too."""
    going: set[str] = set()
    present: dict[str, Version | None] = {}
    both: list[Change] = []
    for change in incoming:
        now = version_at(log.tree, change.path, going)
        if change.path in before.local or (now and now.form is Form.OTHER and not change.is_module):
            present[change.path] = now
            both.append(change)
        elif change.mode == GONE:
            going.add(change.path)
    ids = _stored(log, (path for path, now in present.items() if now))
    return {
        change.path: EditedFile(
            change,
            before.names(change.path),
            ids.get(change.path, None if present[change.path] else ""),
        )
        for change in both
    }


def _refuse_unmerged(clone: Snapshot, top: Path, at: Standing, blobs: Blobs) -> None:
    """Commits of the user's own whose content the team does not have yet are not passed over."""
    own = [change.path for change in changes(top, at.base, at.head)]
    commits = (at.base, at.head, at.upstream)
    blobs.load(f"{commit}:{path}" for path in own for commit in commits)
    lacking, has_conflicts = [], False
    for path in own:
        base, ours, theirs = (blobs[f"{commit}:{path}"] for commit in commits)
        known = clone.accepted.get(path.removeprefix(clone.checkout.prefix))
        bases = [blobs[name] for name in known] if known else [base]
        merged = merge_from(bases, ours, theirs)
        if merged.conflicts or merged.data != theirs:
            lacking.append(path)
            has_conflicts = has_conflicts or bool(merged.conflicts)
    if lacking:
        listed = "\n".join(f"  {path}" for path in lacking[:10])
        # What meets the team's changes can't be proposed before both are put together.
        propose = "Run `kb propose` to propose them."
        hint = f"Run {rebase_command(clone.checkout)}." if has_conflicts else propose
        raise GitError(f"you have local commits that the team does not have yet:\n{listed}", hint)


def _is_kept(change: Change) -> bool:
    """What goes, goes first: a folder may stand where a link was."""
    return change.mode != GONE


def _refuse_half_staged(incoming: Iterable[Change], local: Mapping[str, FileState]) -> None:
    """A file that is staged in one state and lies there in another would lose the first."""
    for change in incoming:
        if change.path in local and local[change.path].is_half_staged:
            hint = "Stage the whole file (`git add`), or unstage it (`git restore --staged`)."
            raise GitError(f"{change.path} is staged with different content", hint)
