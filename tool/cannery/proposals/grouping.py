"""Which changed files are proposed together: by the open proposal that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cannery.model.proposal import Proposal
from cannery.proposals.changes import ConflictError, ProposedFile, Snapshot, proposed_files
from cannery.proposals.follow_up import FollowUp, OpenProposal, follow_up
from cannery.proposals.followed import Stand, renamed


class Group(NamedTuple):
    """Files that are proposed together: on top of an earlier proposal, or of the team's state.

    `start` is the commit that they go on top of, `main` the team's that they are a change to, and
    `merging` the same if it has to be merged into the branch, else empty. `conflict` is the error
    for the files that are left out.
    """

    earlier: Proposal | None
    start: str
    files: tuple[ProposedFile, ...]
    main: str
    merging: str = ""
    conflict: ConflictError | None = None


def grouped(
    clone: Snapshot,
    chosen: Callable[[str], bool],
    open_proposals: Sequence[OpenProposal],
    *,
    together: bool,
) -> list[Group]:
    """The changed files by the proposal that they belong to; those of none make a new one.

    What was named `together` with the files of one proposal belongs to it too.
    """
    main = clone.standing.upstream
    if together and len(open_proposals) == 1:
        ((earlier, tip),) = open_proposals
        new = _renamed(clone, earlier)
        return [_on_top(follow_up(clone, OpenProposal(earlier, tip), new, chosen), earlier, tip)]
    groups, taken = [], set[str]()
    for earlier, tip in open_proposals:
        new = _renamed(clone, earlier)
        own = frozenset(filter(chosen, [*earlier.paths, *new.values()])) - taken
        taken |= own
        done = follow_up(clone, OpenProposal(earlier, tip), new, own.__contains__)
        groups.append(_on_top(done, earlier, tip))
    rest = proposed_files(clone, main, lambda path: chosen(path) and path not in taken)
    return [*groups, Group(None, main, rest.files, main, conflict=rest.conflict)]


def _renamed(clone: Snapshot, earlier: Proposal) -> dict[str, str]:
    """The new paths of those of a proposal's files that were renamed since, by the old ones."""
    main = clone.standing.upstream
    stand = Stand(clone.checkout, clone.blobs, earlier.main, main)
    return renamed(stand, clone.edits_since(main), earlier.paths)


def _on_top(done: FollowUp, earlier: Proposal, tip: str) -> Group:
    return Group(earlier, tip, done.changes.files, done.main, done.merging, done.changes.conflict)
