"""A clone of the team's repository, and how its branch compares with the team's."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from cannery.git.default_branch import default_branch
from cannery.git.failures import translated
from cannery.git.head import refuse_damaged
from cannery.git.incomplete import SHALLOW, oldest_commits
from cannery.git.locate import Located, located
from cannery.git.remote import RemoteAddress, remote_addresses
from cannery.git.repository import GitError
from cannery.git.run import NETWORK_SECONDS, attempt, git
from cannery.git.view import trusts
from cannery.util import lock
from cannery.util.sweep import drafts

THEIRS = ".theirs"  # the ending of a file that holds the team's text beside the user's


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where things are.

    `folder` is the knowledge base's root, `prefix` its path below the top of the working tree,
    empty or with a `/` at its end. `store` is where `kb` keeps what it knows of its own doings.
    `remote` and `main` name the team's repository and its default branch; `addresses` has the
    addresses of each remote by its name.
    """

    folder: Path
    prefix: str
    store: Path
    remote: str = ""
    main: str = ""
    addresses: Mapping[str, RemoteAddress] = field(default_factory=dict)

    @property
    def upstream(self) -> str:
        return f"refs/remotes/{self.remote}/{self.main}"

    def at(self, commit: str, path: str) -> str:
        """Git's name for a file of the knowledge base in a commit."""
        return f"{commit}:{self.prefix}{path}"

    def git(self, *arguments: str, given: bytes = b"") -> str:
        return git(self.folder, *arguments, given=given)


def open_local(folder: Path) -> Checkout:
    """The repository that a knowledge base is in, with or without a remote. Raises GitError."""
    return _opened(folder)[0]


def open_checkout(folder: Path) -> Checkout:
    """The clone that a knowledge base is in. Raises GitError if it is none or has no remote."""
    local, default_branches = _opened(folder)
    addresses = remote_addresses(folder)
    if not addresses:
        hint = "Add the team's repository: `git remote add origin URL`."
        raise GitError("this repository has no remote", hint)
    remote = _remote([*addresses])
    below = f"refs/remotes/{remote}/"
    branches = (ref.removeprefix(below) for ref in default_branches if ref.startswith(below))
    main = next(branches, "") or default_branch(folder, remote)
    return replace(local, remote=remote, main=main, addresses=addresses)


def _opened(folder: Path) -> tuple[Checkout, list[str]]:
    """The repository, and the default branches of its remotes as far as the clone knows them."""
    at = located(folder)
    if trusts():
        _refuse_bare(at)
    status, out, reason = attempt(folder, "rev-parse", "--show-toplevel", "HEAD^{commit}", *_HEADS)
    lines = os.fsdecode(out).removesuffix("\n").split("\n")
    default_branches = []
    while lines[-1].startswith("refs/remotes/"):
        default_branches.append(lines.pop())
    top = "\n".join(lines[:-1])  # without HEAD
    if not top:
        raise translated(("rev-parse", "--show-toplevel"), reason)
    if trusts():
        _refuse_elsewhere(at, Path(top).resolve())
    if status:
        refuse_damaged(folder)
        raise GitError("this repository has no commits", "Create the first one with `git commit`.")
    prefix = folder.resolve().relative_to(at.top).as_posix()
    store = at.common.resolve() / "cannery"
    drafts((store, store / "drafts"))
    checkout = Checkout(folder, "" if prefix == "." else f"{prefix}/", store)
    return checkout, [ref for ref in default_branches if not ref.endswith("/HEAD")]


# One process tells all: options of `git rev-parse` for what the HEAD of each remote stands for.
_HEADS = ("--symbolic-full-name", "--glob=refs/remotes/*/HEAD")


def _refuse_bare(at: Located) -> None:
    """Raises GitError for a repository inside of another, before git reads its settings."""
    if at.bare:
        hint = "Check where it comes from: Git would use its settings for the clone."
        raise GitError(f"{at.bare} looks like a repository inside another one", hint)


def _refuse_elsewhere(at: Located, top: Path) -> None:
    """Raises GitError where git, with the clone's own settings, would write somewhere else."""
    if top != at.top:
        hint = f"See core.worktree in {at.common / 'config'}."
        raise GitError(f"this repository is configured to keep its files in {top}", hint)


def _remote(remotes: list[str]) -> str:
    """`upstream` where somebody works in a fork, else `origin`, else the only one."""
    return next((name for name in ("upstream", "origin") if name in remotes), remotes[0])


def is_edited(checkout: Checkout, path: str) -> bool:
    """Whether a file has changes that are not committed, or was never committed."""
    return bool(checkout.git("status", "--porcelain", "--ignored", "--", path))


def fetch(
    checkout: Checkout, what: str, waiting: Callable[[str], None], limit: float = NETWORK_SECONDS
) -> None:
    """Fetch the default branch. Raises RemoteError; `limit` is in seconds.

    One process at a time, which `what` names to others: git itself fails where two do. `waiting` is
    told who is at it.
    """
    spec = f"+refs/heads/{checkout.main}:{checkout.upstream}"
    file = checkout.store / "fetching"
    # Who only reads makes no folder; without one, none has written here yet.
    locks = os.access(checkout.store.parent, os.W_OK) and (trusts() or checkout.store.is_dir())
    with lock.alone(file, what, waiting) if locks else nullcontext():
        git(checkout.folder, "fetch", "-q", "--no-tags", checkout.remote, spec, limit=limit)


class Standing(NamedTuple):
    """Commits: the user's HEAD, the team's as it was last fetched, and where both part.

    That is the newest commit in the user's history that the team's branch has ever been at, as far
    as the clone knows: what the team has taken out of its history since is not the user's change.
    """

    head: str
    upstream: str
    base: str


def standing(checkout: Checkout) -> Standing:
    """How the user's branch stands to the team's. Raises GitError if they have no common commit."""
    commits = checkout.git("rev-parse", f"HEAD...{checkout.upstream}").split("\n")
    upstream, head, *bases = commits
    if not bases:
        hint = SHALLOW if oldest_commits(checkout.folder) else ""
        raise GitError(f"your branch has no history in common with {checkout.upstream}", hint)
    base = bases[0].removeprefix("^")
    if base != head:
        arguments = ("merge-base", "--fork-point", checkout.upstream, head)
        status, out, _ = attempt(checkout.folder, *arguments)
        base = base if status else out.decode().strip()
    return Standing(head, upstream, base)


def merge_base(checkout: Checkout, at: Standing, commit: str) -> str:
    """Where the user's HEAD and a commit part."""
    if commit == at.upstream:
        return at.base
    return checkout.git("merge-base", at.head, commit)
