"""What has happened to files, as Git knows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from cannery.content.cachefile import load, store
from cannery.content.split import split
from cannery.git.blobs import Blobs
from cannery.git.clone import Checkout
from cannery.git.log_walk import commits, format_of, seconds
from cannery.git.run import attempt, git, git_bytes

_FILE = "commits.json"
_FORMAT = 1
_COMMIT = re.compile("[0-9a-f]{40,64}")


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
    names = ("--is-shallow-repository", "--show-prefix", "HEAD^{commit}")
    status, out, _ = attempt(folder, "rev-parse", *names)
    if status:
        return {}  # no commit yet
    shallow, _, rest = os.fsdecode(out).removesuffix("\n").partition("\n")
    prefix, _, head = rest.rpartition("\n")
    if shallow == "true":
        return None
    last = _last_commits(folder, head, cache / _FILE)
    later = {
        variant: original
        for variant, original in originals.items()
        if variant in last and original in last and last[original].number > last[variant].number
    }
    if not later:
        return {}
    edited = {*git(folder, "diff", "--name-only", "-z", "--relative", "HEAD").split("\0")}
    before = {
        variant: f"{last[variant].name}:{prefix}{original}"
        for variant, original in later.items()
        if variant not in edited
    }
    blobs = Blobs(folder)
    blobs.load(before.values())
    return {
        variant: day_of(last[later[variant]].time)
        for variant, name in before.items()
        if _has_changed(blobs[name], folder / later[variant])
    }


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
    """The head that was seen last, and the commits that were found then."""
    nothing: _Seen = ("", {})
    return load(kept, _FORMAT, _seen, nothing)


def _seen(data: Any) -> _Seen:  # noqa: ANN401 - what a file may hold
    head, last = data
    return _name(head), {
        str(path): _Commit(int(number), _name(name), int(time))
        for path, (number, name, time) in last.items()
    }


def _name(name: str) -> str:
    """The name of a commit: anything else could be an option for Git. Raises ValueError."""
    if not _COMMIT.fullmatch(name):
        raise ValueError("no name of a commit")
    return name


def _has_changed(before: bytes | None, now: Path) -> bool:
    """Whether a body is another than it was; spaces and front matter don't count."""
    if before is None:
        return False
    try:
        texts = [data.decode("utf-8", "replace") for data in (before, now.read_bytes())]
    except OSError:
        return False  # the original is gone
    old, new = (split(text).body.split() for text in texts)
    return old != new


class Revision(NamedTuple):
    """A commit that changed a file: `day` is the author's, `path` what the file was called."""

    commit: str
    day: date
    author: str
    subject: str
    path: str


def revisions(checkout: Checkout, path: str) -> Iterator[Revision]:
    """What has happened to a file, the newest first, across renames. Raises GitError."""
    fields = ("%H", "%as", "%an", "%s")
    options = ("--follow", "-z", "--name-only", "--relative", format_of(*fields))
    log = git(checkout.folder, "log", *options, "--", path)
    for (commit, day, author, subject), names in commits(log, len(fields)):
        yield Revision(commit, _day(day), author, subject, names[0] if names else path)


def _day(text: str) -> date:
    """A day as git writes it; the last one there is for one that no calendar here has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max


def day_of(seconds: int) -> date:
    """The day of a commit, which can claim any time."""
    return datetime.fromtimestamp(min(max(seconds, 0), _LAST_SECOND), UTC).date()


_LAST_SECOND = 253402300799  # of the year 9999


class Mark(StrEnum):
    """What a piece of a change is: words that stayed, are gone or new; or what is said of them."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    COMMIT = "commit"
    HEAD = "head"


Row = tuple[tuple[Mark, str], ...]


def differences(checkout: Checkout, path: str) -> Iterator[Row]:
    """The same with what each commit changed, word by word, in lines of pieces."""
    log = git(
        checkout.folder,
        "log",
        "--follow",
        "-p",
        "--date=short",
        "--word-diff=porcelain",
        "--format=%x01%h%x02 %ad %an: %s",
        "--",
        path,
    )
    row: list[tuple[Mark, str]] = []
    inside = False  # of the lines of a file, each of which begins with a sign of git's
    for line in log.split("\n"):
        sign, text = line[:1], line[1:]
        if inside and sign == "~":
            yield tuple(row)
            row = []
        elif inside and sign in _SIGNS:
            row.append((_SIGNS[sign], text))
        elif sign == "\x01":
            inside = False
            name, _, about = text.partition("\x02")
            yield ((Mark.COMMIT, name), (Mark.SAME, about))
        elif not (inside and sign == "\\"):  # no line end at the end of the file
            inside = line.startswith("@@ ")
            yield ((Mark.HEAD, line),)


_SIGNS = {" ": Mark.SAME, "-": Mark.GONE, "+": Mark.NEW}


class Line(NamedTuple):
    """A line of a file as it is now, and who has written it; no author for one not committed."""

    number: int
    commit: str
    day: date | None
    author: str
    text: str


def lines(checkout: Checkout, path: str) -> Iterator[Line]:
    """Each line of a file with its last author, moved and copied text followed to its origin."""
    raw = git(checkout.folder, "blame", "-w", "-C", "--line-porcelain", "--", path)
    told: dict[str, str] = {}
    commit, number = "", 0
    for row in raw.split("\n"):
        if row.startswith("\t"):
            known = commit.strip("0") != ""
            day = day_of(seconds(told["author-time"])) if known else None
            yield Line(number, commit, day, told["author"] if known else "", row[1:])
        elif _COMMIT.fullmatch(row.split(" ")[0]):
            commit, number = row.split(" ")[0], int(row.split(" ")[2])
        else:
            key, _, value = row.partition(" ")
            told[key] = value


def at_revision(checkout: Checkout, path: str, revision: str) -> bytes | None:
    """A file as a checkout of a revision would have it, across renames; None where it was not.

    Raises GitError for a revision that is not there.
    """
    commit = checkout.git(
        "rev-parse", "--verify", "-q", "--end-of-options", f"{revision}^{{commit}}"
    )
    blobs = Blobs(checkout.folder)
    names = [path, *(item.path for item in revisions(checkout, path))]
    for name in (checkout.at(commit, item) for item in dict.fromkeys(names)):
        if blobs[name] is not None:
            return git_bytes(checkout.folder, "cat-file", "--filters", name)
    return None
