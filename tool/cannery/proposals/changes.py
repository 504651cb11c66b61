"""What must be committed so that a proposal holds the user's files: three-way merges of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cannery.git.blobs import Blobs
from cannery.git.clone import Checkout, Standing, merge_base
from cannery.git.edits import Edit, edits
from cannery.git.merge import merge, merge_from
from cannery.git.repository import GitError
from cannery.git.run import attempt
from cannery.model.layout import Layout
from cannery.model.proposal import Proposal
from cannery.proposals.followed import Followed, Stand, followed

USUAL_MODE = "100644"


class ProposedFile(NamedTuple):
    """A file as it shall be: `data` is None to delete it; `before` is what it was upstream.

    `source` is the id of the user's own file that it was made from, empty for no file. `own` is
    what that is on top of the team's state, and `given` its id if it is known. `is_alone`: nobody
    else has changed it on the proposal's branch. `others` are its paths before and
    where the user has it, if it was renamed.
    """

    path: str
    before: bytes | None
    data: bytes | None
    mode: str
    source: str = ""
    own: bytes | None = None
    given: str = ""
    is_alone: bool = True
    others: tuple[str, ...] = ()


class ConflictError(GitError):
    """The user's changes and the team's meet; `paths` are the files."""

    def __init__(self, conflicts: Mapping[str, Sequence[str]], hint: str) -> None:
        listed = "\n".join(f"  {path}: {', '.join(what)}" for path, what in conflicts.items())
        super().__init__(f"the team changed the same lines:\n{listed}", hint)
        self.paths = tuple(conflicts)


class Snapshot(NamedTuple):
    """A clone as it was when proposing began, with what was read of it.

    `edits_since` has what the user has changed since HEAD and a commit of the team's parted.
    `accepted` has the files, as the user had proposed them, that the team has taken over in
    whatever form since: git's names for each, by path; the second is what a hook made of it. `over`
    are the branches of the proposals that it has taken over as a whole.
    """

    checkout: Checkout
    standing: Standing
    blobs: Blobs
    edits_since: Callable[[str], list[Edit]]
    accepted: Mapping[str, tuple[str, ...]] = {}
    over: frozenset[str] = frozenset()

    def bases(self, edit: Edit) -> list[bytes | None]:
        """What the user's and the team's version of a file come from: the first that will do."""
        known = self.accepted.get(edit.path)
        return [self.blobs[name] for name in known] if known else [edit.before]


def snapshot(checkout: Checkout, standing: Standing, layout: Layout) -> Snapshot:
    blobs = Blobs(checkout.folder)
    edits_on = cache(lambda base: edits(checkout, base, blobs, layout))
    return Snapshot(
        checkout,
        standing,
        blobs,
        lambda commit: edits_on(merge_base(checkout, standing, commit)),
    )


class Changes(NamedTuple):
    """The files to propose, and the error for those that are left out since the team meets them."""

    files: tuple[ProposedFile, ...]
    conflict: ConflictError | None = None


def proposed_files(clone: Snapshot, main: str, chosen: Callable[[str], bool]) -> Changes:
    """The user's changes on top of `main`, without those that are merged."""
    own = [edit for edit in clone.edits_since(main) if chosen(edit.path)]
    clone.blobs.load(clone.checkout.at(main, edit.path) for edit in own)
    files: dict[str, ProposedFile] = {}
    conflicts: dict[str, tuple[str, ...]] = {}
    lost: list[Edit] = []
    for edit in own:
        upstream = clone.blobs[clone.checkout.at(main, edit.path)]
        merged = merge_from(clone.bases(edit), edit.now, upstream)
        if merged.conflicts:
            is_gone = upstream is None or edit.now is None
            gone = ("deleted by the team",) if upstream is None else ("deleted by you",)
            conflicts[edit.path] = gone if is_gone else merged.subjects
            lost += [edit] * is_gone
        elif merged.data != upstream:
            files[edit.path] = _file(edit, edit.path, upstream, merged.data)
        elif edit.now is None and edit.before is not None:
            lost.append(edit)  # both have deleted it, or renamed it
    base = merge_base(clone.checkout, clone.standing, main) if lost else main
    stand = Stand(clone.checkout, clone.blobs, base, main)
    for item in followed(stand, own, lost):
        _follow(item, files, conflicts)
    return Changes((*files.values(),), _conflict(clone, conflicts))


def _file(edit: Edit, path: str, upstream: bytes | None, data: bytes | None) -> ProposedFile:
    given = edit.id if data == edit.now else ""
    return ProposedFile(path, upstream, data, edit.mode, edit.id, data, given)


def _follow(
    item: Followed, files: dict[str, ProposedFile], conflicts: dict[str, tuple[str, ...]]
) -> None:
    """Propose what is in a renamed file where it is now, or leave it out."""
    for path in (item.path, item.edit.path):
        files.pop(path, None)
    if item.merged.conflicts:
        conflicts[item.old] = (f"renamed to {item.path}", *item.merged.subjects)
        return
    conflicts.pop(item.old, None)
    if item.merged.data != item.upstream:
        proposed = _file(item.edit, item.path, item.upstream, item.merged.data)
        files[item.path] = proposed._replace(others=(item.old, item.edit.path))
    if item.old_upstream is not None:
        files[item.old] = ProposedFile(item.old, item.old_upstream, None, USUAL_MODE)


def _conflict(clone: Snapshot, conflicts: Mapping[str, Sequence[str]]) -> ConflictError | None:
    """The error for what meets the team's changes, with the one command that goes on."""
    if not conflicts:
        return None
    checkout, at = clone.checkout, clone.standing
    if differ(clone, at.base, at.head, conflicts):  # it is committed: no sync may touch it
        return ConflictError(conflicts, f"Run {rebase_command(checkout)} to see both versions.")
    return ConflictError(conflicts, "Run `kb sync` to see both versions, then propose again.")


def rebase_command(checkout: Checkout) -> str:
    """What puts local commits on top of the team's, wherever the branch is from."""
    return f"`git pull --rebase --autostash {checkout.remote} {checkout.main}`"


def differ(clone: Snapshot, one: str, other: str, paths: Iterable[str]) -> bool:
    """Whether any of the files differs between two commits."""
    return any(len({*contents(clone, path, (one, other))}) > 1 for path in paths)


def contents(clone: Snapshot, path: str, commits: Sequence[str]) -> list[bytes | None]:
    """A file at several commits."""
    names = [clone.checkout.at(commit, path) for commit in commits]
    clone.blobs.load(names)
    return [clone.blobs[name] for name in names]


def contains(checkout: Checkout, tip: str, commit: str) -> bool:
    """Whether a commit is another's ancestor, or the same."""
    if tip == commit:
        return True
    return not attempt(checkout.folder, "merge-base", "--is-ancestor", commit, tip)[0]


def merged_of(clone: Snapshot, items: Sequence[Proposal]) -> list[Proposal]:
    """The proposals all of which the team's newest state has, by whatever way it came there."""
    upstream = clone.standing.upstream
    clone.blobs.load(
        clone.checkout.at(commit, path)
        for item in items
        for commit in (item.main, item.tip, upstream, item.sent or item.main)
        for path in item.paths
    )
    return [item for item in items if _is_merged(clone, item, upstream)]


def _is_merged(clone: Snapshot, item: Proposal, upstream: str) -> bool:
    for path in item.paths:
        before, proposed, now = contents(clone, path, (item.main, item.tip, upstream))
        merged = merge(before, proposed, now)
        if merged.conflicts or merged.data != now:
            return False
    return True
