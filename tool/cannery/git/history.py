"""What has happened to files, as Git knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cannery.git.blobs import Blobs
from cannery.git.clone import Checkout
from cannery.git.incomplete import oldest_commits, tell_shallow
from cannery.git.log_walk import commits, day_of, format_of, is_commit, seconds
from cannery.git.pins import FORMAT, alone
from cannery.git.repository import GitError
from cannery.git.run import git, git_bytes

_CUT_OFF = "Older changes are left out."


class Revision(NamedTuple):
    """A commit that changed a file: `day` is the author's, `path` what the file was called."""

    commit: str
    day: date
    author: str
    subject: str
    path: str


def revisions(checkout: Checkout, path: str) -> Iterator[Revision]:
    """What has happened to a file, the newest first, across renames. Raises GitError.

    The commit where a shallow clone is cut off is left out, which a notice says.
    """
    oldest = oldest_commits(checkout.folder)
    for revision in _all_revisions(checkout, path):
        if revision.commit in oldest:
            tell_shallow(_CUT_OFF)
        else:
            yield revision


def _all_revisions(checkout: Checkout, path: str) -> Iterator[Revision]:
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


class Mark(StrEnum):
    """What a piece of a change is: words that stayed, are gone or new; or git's headings."""

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
        "--text",  # whatever the user's attributes take it for
        "--diff-algorithm=default",
        "--word-diff=porcelain",
        f"--word-diff-regex={FORMAT['diff.wordRegex']}",
        "--format=%x01%H%x02%h%x02 %ad %an: %s",
        "--",
        path,
    )
    yield from _rows(log, oldest_commits(checkout.folder))


def _rows(log: str, oldest: Collection[str]) -> Iterator[Row]:
    row: list[tuple[Mark, str]] = []
    inside = False  # of the lines of a file, each of which begins with a sign of git's
    is_unknown = False
    for line in log.split("\n"):
        sign, text = line[:1], line[1:]
        if sign == "\x01":
            commit, name, about = text.split("\x02", 2)
            inside, is_unknown = False, commit in oldest
            if is_unknown:
                tell_shallow(_CUT_OFF)
            else:
                yield ((Mark.COMMIT, name), (Mark.SAME, about))
        elif is_unknown:
            continue
        elif inside and sign == "~":
            yield tuple(row)
            row = []
        elif inside and sign in _SIGNS:
            row.append((_SIGNS[sign], text))
        elif not (inside and sign == "\\"):  # no line end at the end of the file
            inside = line.startswith("@@ ")
            yield ((Mark.HEAD, line),)


_SIGNS = {" ": Mark.SAME, "-": Mark.GONE, "+": Mark.NEW}


class Line(NamedTuple):
    """A line of the current file and its author; no author if it is not committed yet.

    Neither commit, day nor author where a shallow clone doesn't reach back to them.
    """

    number: int
    commit: str
    day: date | None
    author: str
    text: str


def lines(checkout: Checkout, path: str) -> Iterator[Line]:
    """Each line of a file with its last author, moved and copied text followed to its origin."""
    raw = _blamed(checkout, path)
    fields: dict[str, str] = {}
    commit, number = "", 0
    oldest = oldest_commits(checkout.folder)
    for row in raw.split("\n"):
        if row.startswith("\t") and commit in oldest:
            tell_shallow("Days and authors that are not known are left out.")
            yield Line(number, "", None, "", row[1:])
        elif row.startswith("\t"):
            is_committed = commit.strip("0") != ""
            day = day_of(seconds(fields["author-time"])) if is_committed else None
            yield Line(number, commit, day, fields["author"] if is_committed else "", row[1:])
        elif is_commit(row.split(" ")[0]):
            commit, number = row.split(" ")[0], int(row.split(" ")[2])
        else:
            key, _, value = row.partition(" ")
            fields[key] = value


def _blamed(checkout: Checkout, path: str) -> str:
    arguments = ("blame", "-w", "-C", "--line-porcelain", "--", path)
    try:
        return git(checkout.folder, *arguments)
    except GitError as error:
        if "object name list" not in error.message:
            raise
    # The user's blame.ignoreRevsFile is missing here, and no option makes git forget it.
    return git(checkout.folder, *arguments, environment=alone(FORMAT))


def at_revision(checkout: Checkout, path: str, revision: str) -> bytes | None:
    """A file as a checkout of a revision has it, across renames; None if it did not exist then.

    Raises GitError for a revision that is not there.
    """
    commit = checkout.git(
        "rev-parse", "--verify", "-q", "--end-of-options", f"{revision}^{{commit}}"
    )
    blobs = Blobs(checkout.folder)
    names = [path, *(item.path for item in _all_revisions(checkout, path))]
    for name in (checkout.at(commit, item) for item in dict.fromkeys(names)):
        if blobs[name] is not None:
            return git_bytes(checkout.folder, "cat-file", "--filters", name)
    return None
