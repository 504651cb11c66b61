"""What `kb` did last to files and branches, so that it can be taken back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cannery.contribute.checkout import Checkout, open_local
from cannery.contribute.command import attempt, git, git_bytes
from cannery.contribute.merge import merge
from cannery.contribute.notes import put, replace
from cannery.contribute.repo import GitError

_FILE = "journal.json"
_KEPT = 20  # deeds that are remembered


class Deed(NamedTuple):
    """Something that `kb` did.

    `files` has what Git calls the bytes of each file before and after, by its path from the top of
    the tree; empty for no such file. `heads` is where the branch was before and after, empty where
    it was not moved. `branch`: a proposal's branch, where it was on the remote, where it is, and
    the team's state that it was a change to.
    """

    what: str
    files: Mapping[str, tuple[str, str]] = {}
    heads: tuple[str, str] = ("", "")
    branch: tuple[str, str, str, str] = ("", "", "", "")


def deeds(checkout: Checkout) -> list[Deed]:
    """What was done, the newest last."""
    path = checkout.notes / _FILE
    try:
        rows = json.loads(path.read_bytes())
        return [
            Deed(
                str(what),
                {name: (str(pair[0]), str(pair[1])) for name, pair in files.items()},
                (str(heads[0]), str(heads[1])),
                (str(branch[0]), str(branch[1]), str(branch[2]), str(branch[3])),
            )
            for what, files, heads, branch in rows
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise GitError(f"{path} can't be read: {error}", "Move it away.") from error


def write_down(checkout: Checkout, deed: Deed) -> None:
    _write(checkout, [*deeds(checkout), deed][-_KEPT:])


@contextlib.contextmanager
def recorded(folder: Path, what: str, paths: Iterable[str]) -> Iterator[None]:
    """Write down what is done to files of a knowledge base meanwhile, if it is in a repository.

    `paths` are relative to its root `folder`.
    """
    try:
        checkout = open_local(folder)
    except GitError:
        yield  # without Git there is nothing to take it back with
        return
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    inner = [checkout.prefix + path for path in paths]
    before = named(top, inner)
    deeds(checkout)  # one that can't be read is told before anything is done
    yield
    after = named(top, inner)
    write_down(checkout, Deed(what, {path: (before[path], after[path]) for path in inner}))


def strike_out(checkout: Checkout) -> None:
    """Forget the last deed: it was taken back."""
    _write(checkout, deeds(checkout)[:-1])


def _write(checkout: Checkout, rows: Iterable[Deed]) -> None:
    replace(checkout.notes / _FILE, json.dumps([*rows], ensure_ascii=False).encode())


def named(top: Path, paths: Iterable[str]) -> dict[str, str]:
    """What Git calls the bytes of files as they are now, kept for later; empty for no such file."""
    found = dict.fromkeys(paths, "")
    # A name with a line feed can't be told to Git on its input, and is no name of an entry.
    plain = [path for path in found if _is_plain(top / path) and "\n" not in path]
    given = "".join(f"{path}\n" for path in plain).encode("utf-8", "surrogateescape")
    names = git(top, "hash-object", "-w", "--stdin-paths", given=given).split()
    return {**found, **dict(zip(plain, names, strict=True))}


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


class _Back(NamedTuple):
    path: str
    data: bytes | None


def take_back(checkout: Checkout, deed: Deed) -> Iterator[str]:
    """Put files and branch back to where they were; yields each path that is changed.

    What the user has changed since stays. Raises GitError where that meets what is taken back, or
    where the branch has gone on, before anything is changed.
    """
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    before, after = deed.heads
    if after and git(top, "rev-parse", "HEAD") not in (after, before):
        hint = "Use `git reflog` to find where it was."
        raise GitError(f"the branch has gone on since the {deed.what}", hint)
    now = named(top, deed.files)
    plan = [
        back
        for path, pair in deed.files.items()
        if (back := _plan(top, path, pair, _bytes(top, now[path])))
    ]
    for path, data in plan:
        target = top / path
        if data is None:
            target.unlink(missing_ok=True)
        else:
            name = git(top, "hash-object", "-w", "--stdin", given=data)
            put(checkout, target, git_bytes(top, "cat-file", "--filters", f"--path={path}", name))
        yield path
    if after:
        _move_back(top, deed)


def _plan(top: Path, path: str, pair: tuple[str, str], now: bytes | None) -> _Back | None:
    """What a file shall be: as it was before, with what the user has changed since."""
    was, became = (_bytes(top, name) for name in pair)
    merged = merge(became, now, was)
    if merged.conflicts:
        raise GitError(
            f"{path} has changed since, in the same place: {', '.join(merged.conflicts)}",
            "Nothing was taken back. Put your change aside with `git stash`, and try again.",
        )
    return None if merged.data == now else _Back(path, merged.data)


def _bytes(top: Path, name: str) -> bytes | None:
    return git_bytes(top, "cat-file", "blob", name) if name else None


def _move_back(top: Path, deed: Deed) -> None:
    """The index entries of these files, and the branch, as they were."""
    before, after = deed.heads
    listed = git(top, "ls-tree", "-r", "-z", before, "--", *deed.files)
    known = {line.split("\t", 1)[1]: line.split("\t", 1)[0] for line in listed.split("\0") if line}
    lines = ""
    for path in deed.files:
        mode, name = "000000", "0" * 40
        if path in known:
            mode, _, name = known[path].split(" ")
        lines += f"{mode} {name}\t{path}\0"
    given = lines.encode("utf-8", "surrogateescape")
    git(top, "update-index", "--add", "-z", "--index-info", given=given)
    if git(top, "rev-parse", "HEAD") != before:
        git(top, "update-ref", "-m", f"kb undo {deed.what}", "HEAD", before, after)
    attempt(top, "update-index", "-q", "--refresh")
