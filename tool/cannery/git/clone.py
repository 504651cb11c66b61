"""A clone of the team's repository, and what its user has changed in the knowledge base."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cannery.git.locate import Located, locate
from cannery.git.repository import GitError
from cannery.git.run import NETWORK_SECONDS, attempt, git, git_bytes
from cannery.git.view import trusts
from cannery.util.sweep import drafts

THEIRS = ".theirs"  # the ending of a file that holds the team's text beside the user's


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where things are.

    `folder` is the knowledge base's root, `prefix` its path below the top of the working tree,
    empty or with a `/` at its end. `notes` is where `kb` keeps what it knows of its own doings.
    `remote` and `main` name the team's repository and its default branch.
    """

    folder: Path
    prefix: str
    notes: Path
    remote: str
    main: str

    @property
    def upstream(self) -> str:
        return f"refs/remotes/{self.remote}/{self.main}"

    def git(self, *arguments: str, given: bytes = b"") -> str:
        return git(self.folder, *arguments, given=given)


def open_local(folder: Path) -> Checkout:
    """The repository that a knowledge base is in, with or without a remote. Raises GitError."""
    prefix, notes = _placed(folder)
    return Checkout(folder, prefix, notes, "", "")


def open_checkout(folder: Path) -> Checkout:
    """The clone that a knowledge base is in. Raises GitError where it is none, or has no remote."""
    prefix, notes = _placed(folder)
    remotes = git(folder, "remote").splitlines()
    if not remotes:
        hint = "Add the team's repository: `git remote add origin ADDRESS`."
        raise GitError("this repository has no remote to propose to", hint)
    remote = _remote(remotes)
    return Checkout(folder, prefix, notes, remote, _main(folder, remote))


def _placed(folder: Path) -> tuple[str, Path]:
    """The folder's prefix in its repository, and where kb's notes are."""
    at = locate(folder)
    if at is None:
        raise GitError(f"{folder} is in no Git repository", "Clone the team's, or run `git init`.")
    if trusts():
        _refuse_elsewhere(folder, at)
    if attempt(folder, "rev-parse", "--verify", "-q", "HEAD")[0]:
        raise GitError("there is no commit yet", "Make the first with `git commit`.")
    prefix = folder.resolve().relative_to(at.top).as_posix()
    notes = at.common.resolve() / "cannery"
    drafts((notes, notes / "drafts"))
    return "" if prefix == "." else f"{prefix}/", notes


def _refuse_elsewhere(folder: Path, at: Located) -> None:
    """Raises GitError where git, with the clone's own settings, would write somewhere else."""
    if at.bare:
        hint = "Ask where it comes from: its settings would be taken for the clone's."
        raise GitError(f"{at.bare} looks like a repository inside of another", hint)
    top = Path(git(folder, "rev-parse", "--show-toplevel")).resolve()
    if top != at.top:
        hint = f"See core.worktree in {at.common / 'config'}."
        raise GitError(f"this repository says that its files are in {top}", hint)


def _remote(remotes: list[str]) -> str:
    """`upstream` where somebody works in a fork, else `origin`, else the only one."""
    return next((name for name in ("upstream", "origin") if name in remotes), remotes[0])


def _main(folder: Path, remote: str) -> str:
    """The remote's default branch, as the clone knows it; asked for where it does not."""
    head = f"refs/remotes/{remote}/HEAD"
    status, out, _ = attempt(folder, "symbolic-ref", "-q", head)
    if not status:
        return os.fsdecode(out).strip().removeprefix(f"refs/remotes/{remote}/")
    listed = git(folder, "ls-remote", "--symref", remote, "HEAD", limit=NETWORK_SECONDS)
    for line in listed.splitlines():
        if line.startswith("ref: refs/heads/"):
            return line.split("\t")[0].removeprefix("ref: refs/heads/")
    raise GitError(f"the remote {remote} has no default branch", "Push the first commit there.")


def is_edited(checkout: Checkout, path: str) -> bool:
    """Whether a file has changes that are not committed, or was never committed."""
    return bool(checkout.git("status", "--porcelain", "--ignored", "--", path))


def fetch(checkout: Checkout, limit: float = NETWORK_SECONDS) -> str:
    """Fetch the default branch; the commit that it is at. Raises RemoteError."""
    spec = f"+refs/heads/{checkout.main}:{checkout.upstream}"
    git(checkout.folder, "fetch", "-q", "--no-tags", checkout.remote, spec, limit=limit)
    return checkout.git("rev-parse", checkout.upstream)


class Edit(NamedTuple):
    """A file below kb/ that differs from `base`, by its path from the knowledge base's root.

    `before` and `now` are its bytes as Git keeps them, None where there is no such file. `mode` is
    Git's: 100644, or 100755 for a program.
    """

    path: str
    before: bytes | None
    now: bytes | None
    mode: str


def edits(checkout: Checkout, base: str) -> list[Edit]:
    """What the user's files below kb/ say otherwise than a commit, whether committed or not."""
    options = ("--name-only", "-z", "--relative", "--no-renames", base, "--", "kb")
    changed = checkout.git("diff", *options).split("\0")
    others = checkout.git("ls-files", "--others", "--exclude-standard", "-z", "--", "kb")
    new = [path for path in others.split("\0") if not _is_scratch(path)]
    paths = sorted({path for path in [*changed, *new] if path})
    found = (_edit(checkout, base, path) for path in paths)
    return [edit for edit in found if edit and edit.before != edit.now]


def _is_scratch(path: str) -> bool:
    """Whether a file that Git does not know is what editors and tools leave, or is hidden."""
    hidden = any(name.startswith(".") for name in path.split("/"))
    return hidden or path.endswith(("~", ".swp", ".orig", ".rej", THEIRS))


def _edit(checkout: Checkout, base: str, path: str) -> Edit | None:
    before = blob(checkout, base, path)
    file = checkout.folder / path
    try:
        info = file.lstat()
    except FileNotFoundError:
        return Edit(path, before, None, "100644")
    if not stat.S_ISREG(info.st_mode):
        return None  # a link, a submodule: no content of ours
    # As `git add` would store it: line ends and filters such as LFS are the repository's own.
    name = git(checkout.folder, "hash-object", "-w", "--", path)
    now = git_bytes(checkout.folder, "cat-file", "blob", name)
    executable = info.st_mode & stat.S_IXUSR and before is None
    return Edit(path, before, now, "100755" if executable else "100644")


def blob(checkout: Checkout, commit: str, path: str) -> bytes | None:
    """A file's bytes in a commit; None where it is not there."""
    return tree_blob(checkout.folder, commit, f"{checkout.prefix}{path}")


def tree_blob(folder: Path, commit: str, path: str) -> bytes | None:
    """The same, by the path from the top of the tree."""
    status, out, _ = attempt(folder, "cat-file", "blob", f"{commit}:{path}")
    return None if status else out
