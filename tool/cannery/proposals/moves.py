"""Files that the team or the user has renamed, while the other one has changed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.content.layout import belongs
from cannery.git.blobs import store_files
from cannery.git.branch import GONE, LINK, MODULE, Change
from cannery.git.clone import THEIRS, Standing
from cannery.git.renames import renames, renames_among
from cannery.git.run import git
from cannery.git.state import FileState
from cannery.git.versions import Form, version_at
from cannery.proposals.undo_log import UndoLog

_MOST = 1000  # new files that are looked at


class Move(NamedTuple):
    """A renamed file: `old` is its path in the base of both, `here` where the user's text stands.

    `change` is the team's, at the path where both are to be: the team's name for it, if it has one.
    """

    old: str
    here: str
    change: Change


def moves(
    log: UndoLog, at: Standing, incoming: Sequence[Change], local: Mapping[str, FileState]
) -> list[Move]:
    """The files that have come which somebody has renamed, and the user has changed."""
    both = {change.path: change for change in incoming if change.path in local}
    gone_there = [path for path, change in both.items() if change.mode == GONE]
    gone_here = [path for path in both if version_at(log.tree, path) is None]
    theirs = renames(log.tree.top, at.base, at.upstream) if gone_there else {}
    ours = _own(log, at.head, gone_here, local)
    return [*_moves(log, incoming, [*dict.fromkeys([*gone_there, *gone_here])], theirs, ours)]


def _moves(
    log: UndoLog,
    incoming: Sequence[Change],
    paths: Sequence[str],
    theirs: Mapping[str, str],
    ours: Mapping[str, str],
) -> Iterator[Move]:
    by_path = {change.path: change for change in incoming}
    for old in paths:
        here = ours.get(old, old)
        change = by_path.get(theirs.get(old, old))
        if change is None or change.mode in (GONE, LINK, MODULE):
            continue  # the team has deleted it
        if old not in theirs:
            change = change._replace(path=here)
        now = version_at(log.tree, here)
        in_the_way = here != change.path and version_at(log.tree, change.path)
        if (here, change.path) != (old, old) and now and now.form is Form.FILE and not in_the_way:
            yield Move(old, here, change)


def _own(
    log: UndoLog, head: str, gone: Sequence[str], local: Mapping[str, FileState]
) -> dict[str, str]:
    """What the user has renamed of files that are gone here."""
    candidates = [
        path
        for path in local
        if gone and _is_content(log, path) and not path.endswith(THEIRS) and path not in gone
    ]
    known = _ids(log, head, [*gone, *candidates])
    new = [path for path in candidates if path not in known][:_MOST]
    files = [path for path in new if (now := version_at(log.tree, path)) and now.form is Form.FILE]
    ids = dict(zip(files, store_files(log.tree.top, files), strict=True))
    index = log.folder / "renames"
    left = {path: known[path] for path in gone if path in known}
    return renames_among(log.tree.top, left, ids, index)


def _is_content(log: UndoLog, path: str) -> bool:
    return path.startswith(log.prefix) and belongs(path[len(log.prefix) :], log.layout)


def _ids(log: UndoLog, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """The ids of those of the files that are in a commit."""
    if not paths:
        return {}
    wanted = {*paths}
    rows = (
        row.partition("\t") for row in git(log.tree.top, "ls-tree", "-r", "-z", commit).split("\0")
    )
    return {path: about.split(" ")[2] for about, _, path in rows if path in wanted}
