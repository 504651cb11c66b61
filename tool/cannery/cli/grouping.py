"""Which changed files are proposed together: by the open proposal that they belong to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cannery.cli.send import remote_state
from cannery.git.clone import Checkout
from cannery.model.proposal import Proposal
from cannery.proposals.commit import ProposedFile, onto, proposed
from cannery.proposals.push import drop
from cannery.proposals.store import forget, proposals


class Group(NamedTuple):
    """Files that are proposed together: on top of an earlier proposal, or of the team's state.

    `start` is the commit that they go on top of, `main` the team's that they are a change to, and
    `merging` the same where it is to be merged in.
    """

    earlier: Proposal | None
    start: str
    files: tuple[ProposedFile, ...]
    main: str
    merging: str = ""


def groups_of(
    checkout: Checkout, main: str, chosen: Callable[[str], bool], *, online: bool, together: bool
) -> list[Group]:
    """The changed files by the proposal that they belong to; those of none make a new one.

    What was named `together` with the files of one proposal belongs to it too.
    """
    open_ = _open(checkout, chosen, online=online)
    if together and len(open_) == 1:
        ((earlier, tip),) = open_
        on, merging, files = onto(checkout, earlier, tip, main, chosen)
        return [Group(earlier, tip, files, on, merging)]
    found, taken = [], set[str]()
    for earlier, tip in open_:
        mine = frozenset(path for path in earlier.paths if chosen(path)) - taken
        taken |= mine
        on, merging, files = onto(checkout, earlier, tip, main, mine.__contains__)
        found.append(Group(earlier, tip, files, on, merging))
    rest = proposed(checkout, main, lambda path: chosen(path) and path not in taken)
    return [*found, Group(None, main, rest, main)]


def _open(
    checkout: Checkout, chosen: Callable[[str], bool], *, online: bool
) -> list[tuple[Proposal, str]]:
    """The open proposals of these files, and where their branches are; others are forgotten."""
    found = []
    for item in proposals(checkout):
        if not any(chosen(path) for path in item.paths):
            continue
        if tip := remote_state(checkout, item) if online else item.tip:
            found.append((item, tip))
            continue
        forget(checkout, [item.branch])  # merged, or never sent and now made anew
        drop(checkout, item)
    return found
