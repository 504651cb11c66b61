"""Which proposed files the team has taken over, in whatever form: as they were, or edited.

A reviewer edits what was proposed, and it is squashed; or it is squashed, and edited again. Then
what the team has comes from the proposal, and not from what was there before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cannery.git.merge import merge
from cannery.git.run import git
from cannery.model.hunk import Hunk
from cannery.model.proposal import Proposal
from cannery.model.pull_request import RequestState
from cannery.proposals.changes import Snapshot, contains, contents

_MOST_READ = 2000  # versions of files
_MOST_MERGED = 40
_MOST_NAMED = 200  # files, on a command line
_WORD = re.compile(r"[A-Za-z0-9]+|\w")  # of a script without spaces, each character


class Fate(NamedTuple):
    """What has become of a proposal: its request's state, None if nobody tells, and its branch.

    `tip` is the commit that the branch is at, empty if it is gone.
    """

    state: RequestState | None
    tip: str


Ask = Callable[[Proposal], Fate]


def with_accepted(clone: Snapshot, items: Iterable[Proposal], ask: Ask) -> Snapshot:
    """The clone, knowing which of the proposals' files the team has taken over.

    Only those are looked at which the team has changed since. `ask` is for what the clone can't
    tell.
    """
    names: dict[str, tuple[str, ...]] = {}
    items, over = [*items], set[str]()
    clone.blobs.load(_names(clone, items))
    for item in items:
        sources = dict(item.sources)
        found = accepted_paths(clone, item, ask) if sources else frozenset[str]()
        if found and found.issuperset(item.paths):
            over.add(item.branch)
        for path in found:
            if path in sources and sources[path].file:
                file, _, is_alone = sources[path]
                made = (clone.checkout.at(item.tip, path),) if is_alone else ()
                names[path] = (file, *made)
    kept = {path: known for path, known in names.items() if clone.blobs[known[0]] is not None}
    return clone._replace(accepted=kept, over=frozenset(over))


def _names(clone: Snapshot, items: Iterable[Proposal]) -> Iterator[str]:
    """What is read of proposals, so that it is read at once."""
    for item in items:
        at = clone.standing
        for commit in (item.main, at.base, at.upstream, item.tip, item.sent or item.main):
            yield from (clone.checkout.at(commit, path) for path in item.paths)
        yield from (name for _, source in item.sources for name in source[:2] if name)


def accepted_paths(clone: Snapshot, item: Proposal, ask: Ask) -> frozenset[str]:
    """Those of a proposal's files that have come to the team, and not to the user yet."""
    checkout, (_, upstream, base), none = clone.checkout, clone.standing, frozenset[str]()
    changed = frozenset(path for path in item.paths if _is_changed(clone, path, base, upstream))
    if not (item.sent and changed) or contains(checkout, base, item.sent):
        return none
    if contains(checkout, upstream, item.sent):
        return changed
    changed = frozenset(path for path in changed if not _has_already(clone, item, path))
    found = _taken_over(clone, item, item.sent)
    if changed <= found:
        return changed
    # Nobody tells when: it must have been since, and not in what the user has already.
    later = changed if contains(checkout, item.main, base) else _unchanged(clone, item, changed)
    state, tip = ask(item)
    if state is RequestState.MERGED or (state is None and not tip):
        return later | (found & changed)
    if tip and tip != item.sent and contains(checkout, tip, item.sent):
        is_merged = contains(checkout, upstream, tip)
        found |= later if is_merged else _taken_over(clone, item, tip)
    return found & changed


def _has_already(clone: Snapshot, item: Proposal, path: str) -> bool:
    """Whether the user has it from the team already."""
    main, own, here = contents(clone, path, (item.main, item.sent, clone.standing.base))
    return main != own and _has((main, own), here, [1])


def _is_changed(clone: Snapshot, path: str, one: str, other: str) -> bool:
    before, after = contents(clone, path, (one, other))
    return before != after


def _unchanged(clone: Snapshot, item: Proposal, paths: frozenset[str]) -> frozenset[str]:
    """The files that the user has from the team as they were when they were proposed."""
    base = clone.standing.base
    return frozenset(path for path in paths if not _is_changed(clone, path, item.main, base))


def _taken_over(clone: Snapshot, item: Proposal, tip: str) -> frozenset[str]:
    """The files that a commit of the team's since has as `tip` proposes them.

    All of them, where it has changed all, or where it names the proposal.
    """
    found: set[str] = set()
    proposed = {path: contents(clone, path, (item.main, tip)) for path in item.paths}
    changed = {path for path, (main, own) in proposed.items() if main != own}
    left = [_MOST_MERGED]
    for commit, message in _commits(clone, item):
        if tip in message or item.branch in message or (item.url and item.url in message):
            return frozenset(item.paths)
        clone.blobs.load(clone.checkout.at(commit, path) for path in changed)
        now = {path: clone.blobs[clone.checkout.at(commit, path)] for path in changed}
        same = {path for path in changed if _has(proposed[path], now[path], left)}
        if same and all(now[path] != proposed[path][0] for path in changed):
            return frozenset(item.paths)
        found |= same
    return frozenset(found)


def _has(proposed: Sequence[bytes | None], now: bytes | None, left: list[int]) -> bool:
    """Whether a version has a proposed change; so many of them are merged to find out."""
    main, own = proposed
    if now in (own, main) or not left[0]:
        return now == own
    left[0] -= 1
    merged = merge(main, own, now)
    if not merged.conflicts:
        return merged.data == now
    return merged.theirs == now and all(_is_covered(hunk) for hunk in merged.conflicts)


def _is_covered(hunk: Hunk) -> bool:
    """Whether their lines have all words that ours have more, and none that ours have less.

    Nothing of ours is lost then: they are ours with a reviewer's edits.
    """
    base, ours, theirs = (Counter(_WORD.findall(text)) for text in hunk[2:])
    added, gone = ours - base, base - ours
    return bool(added or gone) and added <= theirs - base and gone <= base - theirs


def _commits(clone: Snapshot, item: Proposal) -> Iterator[tuple[str, str]]:
    """The team's new commits that have changed a proposed file, the oldest first."""
    checkout = clone.checkout
    _, upstream, base = clone.standing
    most = max(_MOST_READ // len(item.paths), 1)
    options = ("--reverse", "--full-history", "--format=%x01%H%x02%B", f"--max-count={most}")
    paths = item.paths if len(item.paths) <= _MOST_NAMED else ()
    arguments = ("log", *options, upstream, f"^{item.main}", f"^{base}", "--", *paths)
    literally = {"GIT_LITERAL_PATHSPECS": "1"}
    for row in git(checkout.folder, *arguments, environment=literally).split("\x01")[1:]:
        commit, _, message = row.partition("\x02")
        yield commit, message
