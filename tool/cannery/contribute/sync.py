"""Bring the team's changes into the user's files, and lose nothing of either.

Files are written first, one by one and each whole; then the index; then the branch. Whoever is
killed in between has each file as it was or as it shall be, and a second run does the rest.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cannery.contribute.checkout import THEIRS, Checkout, tree_blob
from cannery.contribute.command import attempt, git, git_bytes
from cannery.contribute.journal import Deed, deeds, named, write_down
from cannery.contribute.merge import merge
from cannery.contribute.notes import move_into, put, replace
from cannery.contribute.repo import GitError

_CONFLICTS = "conflicts.json"
_GONE, _LINK, _MODULE, _PROGRAM = "000000", "120000", "160000", "100755"


class Came(NamedTuple):
    """What came of a file: `how` is taken, merged or conflict; `what` is in conflict."""

    path: str
    how: str
    what: tuple[str, ...] = ()


class _Change(NamedTuple):
    """A path from the top of the tree, as the team has it now: mode 000000 where it is gone."""

    path: str
    mode: str
    name: str


def sync(checkout: Checkout, upstream: str) -> Iterator[Came]:
    """Bring the files, the index and the branch to a commit of the team's; yields what came.

    Raises GitError where commits of the user's own stand in the way, before anything is changed.
    """
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    head = git(top, "rev-parse", "HEAD")
    base = git(top, "merge-base", head, upstream)
    pending = conflicts(checkout)
    deeds(checkout)  # a journal that can't be read is told before anything is done
    if upstream == base and not pending:
        return  # nothing has come; the user may be ahead
    if head != base:
        _refuse_unmerged(top, base, head, upstream)
    changes = sorted(_changes(top, base, upstream), key=_order)
    index = _index(checkout, top, changes)
    edited = _edited(top, head)
    _refuse_half_staged(top, changes)
    before = named(top, [change.path for change in changes])
    open_: dict[str, str] = {}
    drafts = _drafts(checkout, top, (item for item in changes if item.path not in edited), index)
    for change in changes:
        at = pending.get(change.path, base)
        if change.path in edited or _is_behind_link(top, change.path):
            came = _join(checkout, top, change, at)
        else:
            _take(top, change, drafts)
            came = Came(change.path, "taken")
        if came.how == "conflict":
            open_[change.path] = at
        yield came
    left = {path: at for path, at in pending.items() if (top / (path + THEIRS)).exists()}
    _remember(checkout, {**left, **open_})
    if changes:
        after = named(top, before)
        files = {path: (before[path], after[path]) for path in before}
        write_down(checkout, Deed("sync", files, (head, upstream)))
    _move(top, changes, head, upstream)
    shutil.rmtree(drafts)
    index.unlink(missing_ok=True)
    for path in left.keys() - open_.keys():
        yield Came(path, "conflict", ("what came before",))


def conflicts(checkout: Checkout) -> dict[str, str]:
    """The files, from the top of the tree, whose conflict is not finished, each with its base.

    It is finished when the team's text stands beside the user's no more.
    """
    path = checkout.notes / _CONFLICTS
    try:
        known = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise GitError(f"{path} can't be read: {error}", "Move it away.") from error
    top = Path(checkout.git("rev-parse", "--show-toplevel"))
    return {path: str(at) for path, at in known.items() if (top / (path + THEIRS)).exists()}


def _remember(checkout: Checkout, found: Mapping[str, str]) -> None:
    if found or (checkout.notes / _CONFLICTS).exists():
        replace(checkout.notes / _CONFLICTS, json.dumps(found, ensure_ascii=False).encode())


def _refuse_unmerged(top: Path, base: str, head: str, upstream: str) -> None:
    """Commits of the user's own whose content the team does not have yet are not passed over."""
    lacking = []
    for change in _changes(top, base, head):
        merged = merge(
            tree_blob(top, base, change.path),
            tree_blob(top, head, change.path),
            tree_blob(top, upstream, change.path),
        )
        if merged.conflicts or merged.data != tree_blob(top, upstream, change.path):
            lacking.append(change.path)
    if lacking:
        listed = "\n".join(f"  {path}" for path in lacking[:10])
        raise GitError(
            f"you have commits of your own that the team does not have yet:\n{listed}",
            "Propose them with `kb propose`, or rebase them with `git pull --rebase`.",
        )


def _order(change: _Change) -> tuple[bool, bool]:
    """What goes, goes first: a folder may stand where a link was. Then what says how files are."""
    return change.mode != _GONE, not change.path.endswith(".gitattributes")


def _index(checkout: Checkout, top: Path, changes: list[_Change]) -> Path:
    """An index of its own with what has come.

    Paths that Git itself would never check out, such as .git/hooks, come from no friend: Git's
    index judges. Raises GitError.
    """
    index = checkout.notes / "index"
    index.parent.mkdir(parents=True, exist_ok=True)
    index.unlink(missing_ok=True)
    own = {"GIT_INDEX_FILE": str(index)}
    given = _index_lines(changes)
    git(top, "update-index", "--add", "-z", "--index-info", given=given, environment=own)
    known = {*git(top, "ls-files", "-z", environment=own).split("\0")}
    for change in changes:
        if change.mode != _GONE and change.path not in known:
            hint = "Nothing was changed. Ask the team who has pushed that."
            raise GitError(f"the team's repository has a file named {change.path!a:.200}", hint)
    return index


def _index_lines(changes: list[_Change]) -> bytes:
    lines = "".join(f"{change.mode} {change.name}\t{change.path}\0" for change in changes)
    return lines.encode("utf-8", "surrogateescape")


def _is_behind_link(top: Path, path: str) -> bool:
    """Whether a link of the user's would lead a write elsewhere."""
    return any((top / folder).is_symlink() for folder in [*Path(path).parents][:-1])


def _changes(top: Path, old: str, new: str) -> list[_Change]:
    raw = git(top, "diff-tree", "-r", "-z", "--no-renames", old, new).split("\0")
    found = []
    for meta, path in zip(raw[::2], raw[1::2], strict=False):
        _, mode, _, name, _ = meta.split(" ")
        found.append(_Change(path, mode, name))
    return found


def _edited(top: Path, head: str) -> set[str]:
    """What the user has changed or added, staged or not, ignored or not."""
    changed = git(top, "diff", "--name-only", "-z", "--no-renames", head)
    new = git(top, "ls-files", "--others", "-z")
    staged = git(top, "diff", "--cached", "--name-only", "-z", "--no-renames", head)
    return {path for path in f"{changed}\0{new}\0{staged}".split("\0") if path}


def _refuse_half_staged(top: Path, changes: list[_Change]) -> None:
    """A file that is staged in one state and lies there in another would lose the first."""
    both = {*git(top, "diff", "--name-only", "-z", "--no-renames").split("\0")}
    staged = {*git(top, "diff", "--cached", "--name-only", "-z", "--no-renames").split("\0")}
    for change in changes:
        if change.path in both & staged and _staged(top, change.path) != change.name:
            hint = "Stage it as it is (`git add`), or unstage it (`git restore --staged`)."
            raise GitError(f"{change.path} is staged in another state than it has", hint)


def _staged(top: Path, path: str) -> str:
    """The blob that is staged, which is the team's where a sync was cut off; zeros for none."""
    found = git(top, "ls-files", "--stage", "-z", "--", path).split(" ")
    return found[1] if len(found) > 1 else "0" * 40


def _join(checkout: Checkout, top: Path, change: _Change, base: str) -> Came:
    """Merge the team's version with the user's."""
    target, beside = top / change.path, top / (change.path + THEIRS)
    behind = _is_behind_link(top, change.path)
    if behind or change.mode in (_LINK, _MODULE) or target.is_symlink() or target.is_dir():
        return Came(change.path, "conflict", ("file",))
    ours = _stored(top, change.path)
    theirs = None if change.mode == _GONE else git_bytes(top, "cat-file", "blob", change.name)
    merged = merge(tree_blob(top, base, change.path), ours, theirs)
    if merged.conflicts:
        put(checkout, beside, theirs or b"")  # empty where the team has taken the file away
        return Came(change.path, "conflict", merged.conflicts)
    if merged.data != ours:
        _write(checkout, top, change, merged.data)
    beside.unlink(missing_ok=True)
    return Came(change.path, "taken" if merged.data == theirs else "merged")


def _stored(top: Path, path: str) -> bytes | None:
    """The user's file as Git would keep it; None where it is gone."""
    if not (top / path).exists():
        return None
    name = git(top, "hash-object", "-w", "--", path)
    return git_bytes(top, "cat-file", "blob", name)


def _drafts(checkout: Checkout, top: Path, changes: Iterable[_Change], index: Path) -> Path:
    """A folder with the team's files as a checkout has them: line ends, filters, modes, links."""
    folder = checkout.notes / "drafts" / "sync"
    shutil.rmtree(folder, ignore_errors=True)  # what a killed process left
    folder.mkdir(parents=True)
    wanted = [change.path for change in changes if change.mode not in (_GONE, _MODULE)]
    git(
        top,
        "checkout-index",
        "-q",
        "-f",
        "-z",
        "--stdin",
        f"--prefix={folder}/",
        given="".join(f"{path}\0" for path in wanted).encode("utf-8", "surrogateescape"),
        environment={"GIT_INDEX_FILE": str(index)},
    )
    return folder


def _take(top: Path, change: _Change, drafts: Path) -> None:
    """Put the team's version where the user has changed nothing."""
    if change.mode == _GONE:
        _remove(top / change.path)
    elif change.mode != _MODULE:  # a submodule is its owner's to update
        move_into(drafts / change.path, top / change.path)


def _remove(target: Path) -> None:
    target.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not empty
        target.parent.rmdir()


def _write(checkout: Checkout, top: Path, change: _Change, merged: bytes | None) -> None:
    """Put what was merged in the file's place as a checkout would."""
    target = top / change.path
    if merged is None:
        _remove(target)
        return
    name = git(top, "hash-object", "-w", "--stdin", given=merged)
    data = git_bytes(top, "cat-file", "--filters", f"--path={change.path}", name)
    put(checkout, target, data, program=change.mode == _PROGRAM)


def _move(top: Path, changes: list[_Change], head: str, upstream: str) -> None:
    """Tell the index and the branch where the files are now; what else is staged stays staged."""
    git(top, "update-index", "-z", "--index-info", given=_index_lines(changes))
    git(top, "update-ref", "-m", "kb sync", "HEAD", upstream, head)
    attempt(top, "update-index", "-q", "--refresh")
