"""What goes on top of an earlier proposal, so that it holds the user's present files."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cannery.git.merge import Merged, merge
from cannery.model.proposal import Proposal, Source
from cannery.proposals.changes import (
    USUAL_MODE,
    Changes,
    ConflictError,
    ProposedFile,
    Snapshot,
    contains,
    contents,
    differ,
    proposed_files,
)


class OpenProposal(NamedTuple):
    """A proposal that is neither merged nor closed, and the current commit of its branch."""

    proposal: Proposal
    tip: str


class FollowUp(NamedTuple):
    """What goes on top of an earlier proposal, as a change to the team's state `main`.

    `merging` is that same commit if the branch does not have it yet and must, else empty.
    """

    main: str
    merging: str
    changes: Changes


class _Branch(NamedTuple):
    """A proposal's branch at `tip`: others may have added to what the user has `sent`.

    `sources` has what the commit that was sent was made from; `before` the path there of a file
    that was renamed since.
    """

    clone: Snapshot
    tip: str
    sent: str
    sources: dict[str, Source]
    before: dict[str, str]

    def versions(self, path: str) -> list[bytes | None]:
        """The file as the user has sent it, and as it is there now."""
        return contents(self.clone, self.before.get(path, path), (self.sent, self.tip))

    def is_alone(self, path: str) -> bool:
        """Whether nobody but the user has changed a file there."""
        sent, there = self.versions(path)
        source = self.sources.get(self.before.get(path, path))
        return sent == there and (source is None or source.is_alone)

    def merged(self, path: str, own: bytes | None) -> Merged:
        """The file as it is there, with what the user has changed since it was sent."""
        if path in self.before.values():
            return Merged(None)
        sent, there = self.versions(path)
        source = self.sources.get(self.before.get(path, path))
        given = self.clone.blobs[source.given] if source and source.given else None
        if source is None or given is None:
            return merge(sent, own, there)
        merged = merge(given, own, there)
        if merged.conflicts and source.is_alone:  # with what a hook has made of it
            return merge(sent, own, there)
        return merged


def follow_up(
    clone: Snapshot, on_top_of: OpenProposal, renamed: dict[str, str], chosen: Callable[[str], bool]
) -> FollowUp:
    """What must be committed on top of a proposal's branch.

    `renamed` has the new path of each of its files that was renamed since. If the team has changed
    the same files since, its state is merged in, so that the request can be merged.
    """
    checkout, main = clone.checkout, clone.standing.upstream
    earlier, tip = on_top_of
    has_own_tip = contains(checkout, tip, earlier.tip)
    has_main = (has_own_tip and main == earlier.main) or contains(checkout, tip, main)
    moved = differ(clone, earlier.main, main, earlier.paths)
    merging = main if moved and not has_main else ""
    on = main if moved or has_main else earlier.main
    sent = (earlier.tip if has_own_tip else earlier.sent) or earlier.main
    before = {new: old for old, new in renamed.items()}
    branch = _Branch(clone, tip, sent, dict(earlier.sources) if has_own_tip else {}, before)
    own = proposed_files(clone, on, chosen)
    files, conflicts = _on_branch(branch, own, on, {path for path in earlier.paths if chosen(path)})
    conflict = own.conflict
    if conflicts:
        where = f"It was changed in {earlier.url or earlier.branch}."
        conflict = ConflictError(conflicts, f"{where} Make the same change, or revert it there.")
    if not merging:
        files = [item for item in files if item.data != item.before]
    # What is left out would be in conflict in the merged state: then nothing can go there.
    return FollowUp(on, merging, Changes(() if conflict and merging else (*files,), conflict))


def _on_branch(
    branch: _Branch, own: Changes, on: str, paths: set[str]
) -> tuple[list[ProposedFile], dict[str, tuple[str, ...]]]:
    """The files as they shall be there, and what is in conflict with what is there."""
    wanted = {item.path: item for item in own.files}
    unclear = {*own.conflict.paths} if own.conflict else set[str]()
    files: list[ProposedFile] = []
    conflicts: dict[str, tuple[str, ...]] = {}
    for path in sorted({*wanted, *paths} - unclear):
        upstream, there = contents(branch.clone, path, (on, branch.tip))
        # What is not changed any more goes back to what the team has.
        item = wanted.get(path, ProposedFile(path, None, upstream, USUAL_MODE, own=upstream))
        merged, is_alone = branch.merged(path, item.data), branch.is_alone(path)
        if merged.conflicts:
            conflicts[path] = merged.subjects
        else:
            files.append(item._replace(before=there, data=merged.data, is_alone=is_alone))
    return files, conflicts
