"""The language variants that their originals have left behind, as Git knows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from cannery.content.cachefile import load, store
from cannery.content.split import split
from cannery.git.blobs import Blobs
from cannery.git.head import refuse_damaged
from cannery.git.log_walk import commits, day_of, format_of, is_commit, seconds
from cannery.git.run import attempt, git
from cannery.util.encoding import decoded

_FILE = "commits.json"
_FORMAT = 2  # of 1, some were read under the user's own settings, and have wrong days


class _Commit(NamedTuple):
    """`number` rises with each commit, `time` is in seconds."""

    number: int
    name: str
    time: int


def outdated(folder: Path, originals: Mapping[str, str], cache: Path) -> dict[str, date] | None:
    """The variants whose original's body has changed since their own last commit, with the day.

    `originals` has the original's path by the variant's, both relative to the folder; what the
    history says is kept in the folder `cache`. A variant with changes that are not committed yet
    is up to date. None where the history is cut off. Raises GitError.
    """
    if not originals:
        return {}
    state = _state(folder)
    if state is None:
        return {}  # no commit yet
    if state.is_shallow:
        return None
    last = _last_commits(folder, state.head, cache / _FILE)
    later = {
        variant: original
        for variant, original in originals.items()
        if variant in last and original in last and last[original].number > last[variant].number
    }
    return {
        variant: day_of(last[original].time)
        for variant, original in _changed_since(folder, state.prefix, later, last)
    }


def last_changes(folder: Path, cache: Path) -> dict[str, date]:
    """The day on which each file below the folder was committed last, by its path from there.

    Empty without a commit, and where the history is cut off. Raises GitError.
    """
    state = _state(folder)
    if state is None or state.is_shallow:
        return {}
    last = _last_commits(folder, state.head, cache / _FILE)
    return {path: day_of(commit.time) for path, commit in last.items()}


class _State(NamedTuple):
    """`prefix` leads from the top of the repository to the folder."""

    head: str
    prefix: str
    is_shallow: bool


def _state(folder: Path) -> _State | None:
    """None where there is no commit."""
    options = ("--is-shallow-repository", "--show-prefix", "HEAD^{commit}")
    status, out, _ = attempt(folder, "rev-parse", *options)
    if status:
        refuse_damaged(folder)
        return None
    shallow, _, rest = os.fsdecode(out).removesuffix("\n").partition("\n")
    prefix, _, head = rest.rpartition("\n")
    return _State(head, prefix, shallow == "true")


def _changed_since(
    folder: Path, prefix: str, later: Mapping[str, str], last: Mapping[str, _Commit]
) -> Iterator[tuple[str, str]]:
    """Those whose original says something else than at the variant's last commit."""
    if not later:
        return
    edited = {*git(folder, "diff", "--name-only", "-z", "--relative", "HEAD").split("\0")}
    before = {
        (variant, original): f"{last[variant].name}:{prefix}{original}"
        for variant, original in later.items()
        if variant not in edited
    }
    blobs = Blobs(folder)
    blobs.load(before.values())
    for pair, name in before.items():
        if _has_changed(blobs[name], folder / pair[1]):
            yield pair


def _last_commits(folder: Path, head: str, kept: Path) -> dict[str, _Commit]:
    """The last commit of each path below the folder: one walk through what is new in history."""
    since, last = _load(kept)
    if since == head:
        return last
    if since and attempt(folder, "merge-base", "--is-ancestor", since, head)[0]:
        since, last = "", {}
    options = ("--name-only", "-z", "--no-renames", "--relative")
    reach = f"{since}..{head}" if since else head
    log = git(folder, "log", format_of("%H", "%ct"), *options, reach, "--", ".")
    walked = [*commits(log, 2)]
    newest = max((commit.number for commit in last.values()), default=0) + len(walked)
    seen: dict[str, _Commit] = {}
    for age, ((name, time), paths) in enumerate(walked):
        for path in paths:
            seen.setdefault(path, _Commit(newest - age, name, seconds(time)))
    last = {**last, **seen}
    store(kept, _FORMAT, [head, last])
    return last


_Seen = tuple[str, dict[str, _Commit]]


def _load(kept: Path) -> _Seen:
    """The HEAD of the last walk, and the commits that it came to."""
    nothing: _Seen = ("", {})
    return load(kept, _FORMAT, _seen, nothing)


def _seen(data: Any) -> _Seen:  # noqa: ANN401 - what a file may hold
    head, last = data
    return _name(head), {
        str(path): _Commit(int(number), _name(name), _known(int(time)))
        for path, (number, name, time) in last.items()
    }


def _known(time: int) -> int:
    """A time that was read. Raises ValueError for what stands for none: it is read again."""
    if time <= 0:
        raise ValueError("no time")
    return time


def _name(name: str) -> str:
    """The name of a commit: anything else could be an option for Git. Raises ValueError."""
    if not is_commit(name):
        raise ValueError("no name of a commit")
    return name


def _has_changed(before: bytes | None, now: Path) -> bool:
    """Whether a body is another than it was; spaces and front matter don't count."""
    if before is None:
        return False
    try:
        texts = [decoded(data, "replace") for data in (before, now.read_bytes())]
    except OSError:
        return False  # the original is gone
    old, new = (split(text).body.split() for text in texts)
    return old != new
