"""Bring the team's changes into the user's files, and lose nothing of either.

All is planned first, and written down: each file before and after, the index and the branch. Then
files are written, one by one and each whole; then the index; then the branch. Where that is cut
off, the next one goes on with that plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cannery.git.branch import GONE, Change, changes
from cannery.git.clone import Checkout, tree_blob
from cannery.git.merge import merge
from cannery.git.repository import GitError
from cannery.git.run import git
from cannery.git.versions import Form, version_at
from cannery.proposals.carry_out import carry_out
from cannery.proposals.conflicts import conflicts
from cannery.proposals.incoming import CONFLICT, Came, Joined, files_of, incoming, join
from cannery.proposals.undo_log import UndoLog


def sync(checkout: Checkout, upstream: str, log: UndoLog) -> list[Came]:
    """Bring the files, the index and the branch to a commit of the team's; what came.

    Raises GitError where commits of the user's own stand in the way, before anything is changed.
    Called by who is alone with the log.
    """
    top = log.tree.top
    head = git(top, "rev-parse", "HEAD")
    base = git(top, "merge-base", head, upstream)
    pending = conflicts(checkout)
    if upstream == base and not pending:
        return []  # nothing has come; the user may be ahead
    if head != base:
        _refuse_unmerged(top, base, head, upstream)
    found = sorted(changes(top, base, upstream), key=_order)
    _refuse_half_staged(top, found)
    with incoming(checkout, top, found) as inbox:
        joined = _joined(log, found, _Since(head, base, pending))
        drafts = inbox.drafts(joined)
        open_ = _open(joined, base, pending)
        left = {path: at for path, at in pending.items() if path not in _solved(joined)}
        if head != upstream:
            known = (pending, {**left, **open_})
            files = (file for item in joined for file in files_of(log.tree, item, drafts))
            carry_out(log, log.plan("sync", files, heads=(head, upstream), conflicts=known))
    before = (Came(path, CONFLICT, ("what came before",)) for path in left.keys() - open_.keys())
    return [*(item.came for item in joined), *before]


class _Since(NamedTuple):
    """Where the user's branch is, what it has of the team's, and what is in conflict since when."""

    head: str
    base: str
    pending: dict[str, str]


def _joined(log: UndoLog, found: Iterable[Change], since: _Since) -> list[Joined]:
    """What is to become of each file."""
    edited = _edited(log.tree.top, since.head)
    going: set[str] = set()
    joined = []
    for change in found:
        now = version_at(log.tree, change.path, going)
        if change.path in edited or (now and now.form is Form.OTHER and not change.is_module):
            at = since.pending.get(change.path, since.base)
            joined.append(join(log.tree, change, at, now))
            continue
        if change.mode == GONE:
            going.add(change.path)
        joined.append(Joined(change, Came(change.path, "taken")))
    return joined


def _open(joined: Iterable[Joined], base: str, pending: dict[str, str]) -> dict[str, str]:
    came = (item.came for item in joined)
    return {item.path: pending.get(item.path, base) for item in came if item.how == CONFLICT}


def _solved(joined: Iterable[Joined]) -> set[str]:
    return {item.came.path for item in joined if item.is_joined and item.came.how != CONFLICT}


def _refuse_unmerged(top: Path, base: str, head: str, upstream: str) -> None:
    """Commits of the user's own whose content the team does not have yet are not passed over."""
    lacking = []
    for change in changes(top, base, head):
        merged = merge(
            tree_blob(top, base, change.path),
            tree_blob(top, head, change.path),
            tree_blob(top, upstream, change.path),
        )
        if merged.conflicts or merged.data != tree_blob(top, upstream, change.path):
            lacking.append(change.path)
    if lacking:
        listed = "\n".join(f"  {path}" for path in lacking[:10])
        raise GitError(
            f"you have commits of your own that the team does not have yet:\n{listed}",
            "Propose them with `kb propose`, or rebase them with `git pull --rebase`.",
        )


def _order(change: Change) -> bool:
    """What goes, goes first: a folder may stand where a link was."""
    return change.mode != GONE


def _edited(top: Path, head: str) -> set[str]:
    """What the user has changed or added, staged or not, ignored or not."""
    changed = git(top, "diff", "--name-only", "-z", "--no-renames", head)
    new = git(top, "ls-files", "--others", "-z")
    staged = git(top, "diff", "--cached", "--name-only", "-z", "--no-renames", head)
    return {path for path in f"{changed}\0{new}\0{staged}".split("\0") if path}


def _refuse_half_staged(top: Path, found: Iterable[Change]) -> None:
    """A file that is staged in one state and lies there in another would lose the first."""
    both = {*git(top, "diff", "--name-only", "-z", "--no-renames").split("\0")}
    staged = {*git(top, "diff", "--cached", "--name-only", "-z", "--no-renames").split("\0")}
    for change in found:
        if change.path in both & staged:
            hint = "Stage it as it is (`git add`), or unstage it (`git restore --staged`)."
            raise GitError(f"{change.path} is staged in another state than it has", hint)
