"""What must be committed so that a proposal holds the user's files: three-way merges of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cannery.git.blobs import Blobs
from cannery.git.clone import Checkout, Standing, merge_base
from cannery.git.edits import Edit, edits
from cannery.git.merge import merge
from cannery.git.repository import GitError
from cannery.git.run import attempt
from cannery.model.proposal import Proposal
from cannery.proposals.followed import Followed, Stand, followed

_USUAL_MODE = "100644"


class ProposedFile(NamedTuple):
    """A file as it shall be: `data` is None to delete it; `before` is what it was upstream.

    `source` is the id of the user's own file that it was made from, empty for no file, and `given`
    that of `data` if it is the same.
    """

    path: str
    before: bytes | None
    data: bytes | None
    mode: str
    source: str = ""
    given: str = ""


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
    whatever form since: git's name for each, by path.
    """

    checkout: Checkout
    standing: Standing
    blobs: Blobs
    edits_since: Callable[[str], list[Edit]]
    accepted: Mapping[str, str] = {}

    def has_accepted(self, item: Proposal) -> bool:
        """Whether the team has taken over all of a proposal."""
        return all(path in self.accepted for path in item.paths)

    def base(self, edit: Edit) -> bytes | None:
        """What the user's and the team's version of a file come from."""
        known = self.accepted.get(edit.path)
        return edit.before if known is None else self.blobs[known]


def snapshot(checkout: Checkout, standing: Standing) -> Snapshot:
    blobs = Blobs(checkout.folder)
    edits_on = cache(lambda base: edits(checkout, base, blobs))
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
        merged = merge(clone.base(edit), edit.now, upstream)
        if merged.conflicts:
            is_gone = upstream is None or edit.now is None
            gone = ("deleted by the team",) if upstream is None else ("deleted by you",)
            conflicts[edit.path] = gone if is_gone else merged.subjects
            lost += [edit] * is_gone
        elif merged.data != upstream:
            files[edit.path] = _file(edit, edit.path, upstream, merged.data)
    base = merge_base(clone.checkout, clone.standing, main) if lost else main
    stand = Stand(clone.checkout, clone.blobs, base, main)
    for item in followed(stand, own, lost):
        _follow(item, files, conflicts)
    return Changes((*files.values(),), _conflict(clone, conflicts))


def _file(edit: Edit, path: str, upstream: bytes | None, data: bytes | None) -> ProposedFile:
    given = edit.id if data == edit.now else ""
    return ProposedFile(path, upstream, data, edit.mode, edit.id, given)


def _follow(
    item: Followed, files: dict[str, ProposedFile], conflicts: dict[str, tuple[str, ...]]
) -> None:
    """Propose what is in a renamed file where it is now, or leave it out."""
    files.pop(item.path, None)
    if item.merged.conflicts:
        conflicts[item.old] = (f"renamed to {item.path}", *item.merged.subjects)
        return
    del conflicts[item.old]
    if item.merged.data != item.upstream:
        files[item.path] = _file(item.edit, item.path, item.upstream, item.merged.data)
    if item.old_upstream is not None:
        files[item.old] = ProposedFile(item.old, item.old_upstream, None, _USUAL_MODE)


def _conflict(clone: Snapshot, conflicts: Mapping[str, Sequence[str]]) -> ConflictError | None:
    """The error for what meets the team's changes, with the one command that goes on."""
    if not conflicts:
        return None
    checkout, at = clone.checkout, clone.standing
    if _differ(clone, at.base, at.head, conflicts):  # it is committed: no sync may touch it
        return ConflictError(conflicts, f"Run {rebase_command(checkout)} to see both versions.")
    return ConflictError(conflicts, "Run `kb sync` to see both versions, then propose again.")


def rebase_command(checkout: Checkout) -> str:
    """What puts local commits on top of the team's, wherever the branch is from."""
    return f"`git pull --rebase --autostash {checkout.remote} {checkout.main}`"


class FollowUp(NamedTuple):
    """What goes on top of an earlier proposal, as a change to the team's state `main`.

    `merging` is that same commit if the branch does not have it yet and must, else empty.
    """

    main: str
    merging: str
    changes: Changes


def follow_up(
    clone: Snapshot, earlier: Proposal, tip: str, main: str, chosen: Callable[[str], bool]
) -> FollowUp:
    """What must be committed on top of `tip` so that the proposal holds the user's present files.

    `tip` is where the branch is: others may have added to what the user has sent. If the team has
    changed the same files since, its state is merged in, so that the request can be merged.
    """
    checkout = clone.checkout
    has_own_tip = contains(checkout, tip, earlier.tip)
    has_main = (has_own_tip and main == earlier.main) or contains(checkout, tip, main)
    paths = {path for path in earlier.paths if chosen(path)}
    moved = _differ(clone, earlier.main, main, earlier.paths)
    merging = main if moved and not has_main else ""
    on = main if moved or has_main else earlier.main
    sent = (earlier.tip if has_own_tip else earlier.sent) or earlier.main
    given = {path: item.given for path, item in earlier.sources} if has_own_tip else {}
    own = proposed_files(clone, on, chosen)
    wanted = {item.path: item for item in own.files}
    unclear = {*own.conflict.paths} if own.conflict else set[str]()
    files: list[ProposedFile] = []
    conflicts: dict[str, tuple[str, ...]] = {}
    for path in sorted({*wanted, *paths} - unclear):
        before, there, upstream = contents(clone, path, (sent, tip, on))
        if given.get(path) and clone.blobs[given[path]] is not None:
            before = clone.blobs[given[path]]  # a hook may have made something else of it
        item = wanted.get(path)
        # What is not changed any more goes back to what the team has.
        merged = merge(before, item.data if item else upstream, there)
        if merged.conflicts:
            conflicts[path] = merged.subjects
        elif merged.data != there or merging:
            mode, source = (item.mode, item.source) if item else (_USUAL_MODE, "")
            given_id = item.given if item and item.data == merged.data else ""
            files.append(ProposedFile(path, there, merged.data, mode, source, given_id))
    conflict = own.conflict
    if conflicts:
        where = f"It was changed in {earlier.url or earlier.branch}."
        conflict = ConflictError(conflicts, f"{where} Make the same change, or revert it there.")
    # What is left out would be in conflict in the merged state: then nothing can go there.
    return FollowUp(on, merging, Changes(() if conflict and merging else (*files,), conflict))


def _differ(clone: Snapshot, one: str, other: str, paths: Iterable[str]) -> bool:
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
