"""Look at what others propose: what is open, how its entries read, and who must approve."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cannery.errors import UsageError
from cannery.git.blobs import Blobs
from cannery.git.clone import Checkout, open_checkout, open_local
from cannery.git.export import TreeFile, Written, changed_files, tree_files, write_files
from cannery.git.repository import GitError
from cannery.git.run import NETWORK_SECONDS, attempt, git
from cannery.git.view import as_user
from cannery.hosts.addresses import team_repository
from cannery.hosts.code_owners import MAX_BYTES, Owners
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import Reviews
from cannery.hosts.table import host_of
from cannery.model.event import Listener, ignore
from cannery.model.location import Problem
from cannery.model.pull_request import PullRequest
from cannery.model.review import EntryChange
from cannery.operations.new_problems import new_problems
from cannery.operations.readings import State, entry_changes, is_entry, layout_at, open_state
from cannery.workspace import MARKER, Workspace

SEEN = "refs/cannery-review/"  # what keeps the commit of a request that was looked at, by number
_MOST_ENTRIES = 100
_OWN = MARKER.parent.as_posix()
_MOST_PATHS = 5000
_BRANCH = re.compile(r"(?!-)[^\x00-\x20\x7f~^:?*\[\\]{1,250}")


class Forge(NamedTuple):
    """The team's repository, on a host that knows of reviews."""

    checkout: Checkout
    repository: RemoteRepo
    reviews: Reviews


class Review(NamedTuple):
    """A change as a reviewer looks at it, from `base` to `commit`.

    `request` is None for a change that is on no host; `folder` is the knowledge base's in its
    repository, empty or with a `/` at its end. `entries` are at most 100, and `more` are
    left out; `others` are changed files that are no entries. `problems` are those of changed files,
    and elsewhere those that the change brings.
    """

    request: PullRequest | None
    folder: str
    base: str
    commit: str
    entries: tuple[EntryChange, ...]
    more: int
    others: tuple[str, ...]
    problems: tuple[Problem, ...]
    owners: tuple[Owners, ...]


def open_forge(workspace: Workspace) -> Forge:
    """Where the team reviews. Raises GitError for a host whose API is not known."""
    checkout = open_checkout(workspace.root)
    repository = team_repository(checkout, workspace)
    reviews = host_of(repository).reviews if repository else None
    if repository is None or reviews is None:
        where = repository.host if repository else "this repository's remote"
        hint = "Give a branch or a commit, as in `kb review origin/their-branch`."
        raise GitError(f"{where} lists no pull requests that kb can read", hint)
    return Forge(checkout, repository, reviews())


def open_requests(workspace: Workspace) -> list[PullRequest]:
    """The open pull requests, the newest first. Raises GitError."""
    forge = open_forge(workspace)
    found = forge.reviews.open_requests(forge.repository)
    _forget(forge.checkout, {str(item.number) for item in found})
    return found


def _forget(checkout: Checkout, still_open: set[str]) -> None:
    """Let the commits be collected of requests that were looked at and are no longer open."""
    for number in seen_numbers(checkout):
        if number not in still_open:
            checkout.git("update-ref", "-d", SEEN + number)


def seen_numbers(checkout: Checkout) -> list[str]:
    """The numbers of the requests that were looked at."""
    listed = checkout.git("for-each-ref", "--format=%(refname)", SEEN)
    return [ref.removeprefix(SEEN) for ref in listed.split("\n") if ref]


def review_request(workspace: Workspace, number: int, listener: Listener = ignore) -> Review:
    """Fetch a pull request and look at it. The user's files and branches stay as they are."""
    forge = open_forge(workspace)
    request = forge.reviews.read(forge.repository, number)
    commit, base = fetch_request(forge, request)
    return _review(workspace, forge.checkout, (base, commit), listener)._replace(request=request)


def review_revision(
    workspace: Workspace, revision: str, since: str = "", listener: Listener = ignore
) -> Review:
    """Look at a branch or a commit, as a change to `since`, or else to the team's main branch."""
    checkout = open_local(workspace.root) if since else open_checkout(workspace.root)
    commit = _commit(checkout, revision)
    base = _commit(checkout, since or checkout.upstream)
    return _review(workspace, checkout, (base, commit), listener)


def _commit(checkout: Checkout, revision: str) -> str:
    if revision.startswith("-"):
        raise UsageError(f"{revision} is not a revision", "Give a number, a branch or a commit.")
    return checkout.git("rev-parse", "--verify", "-q", f"{revision}^{{commit}}")


def fetch_request(forge: Forge, request: PullRequest) -> tuple[str, str]:
    """Fetch a request and the branch that it is for: the commits of both."""
    checkout = forge.checkout
    if not _BRANCH.fullmatch(request.base) or ".." in request.base:
        raise GitError(f"{forge.repository.host}: {request.base!r:.80} is not a branch")
    theirs, seen = forge.reviews.head_ref.format(number=request.number), f"{SEEN}{request.number}"
    ours = f"refs/remotes/{checkout.remote}/{request.base}"
    specs = (f"+{theirs}:{seen}", f"+refs/heads/{request.base}:{ours}")
    with as_user():
        git(
            checkout.folder,
            "fetch",
            "-q",
            "--no-tags",
            checkout.remote,
            *specs,
            limit=NETWORK_SECONDS,
        )
    return _commit(checkout, seen), _commit(checkout, ours)


def _review(
    workspace: Workspace, checkout: Checkout, ends: tuple[str, str], listener: Listener
) -> Review:
    """The review of what a commit changes since it left a branch, whose newest commit is first."""
    target, commit = ends
    status, out, _ = attempt(checkout.folder, "merge-base", target, commit)
    if status:
        raise GitError(f"{commit[:12]} has no history in common with {target[:12]}")
    base = out.decode().strip()
    pairs = changed_files(checkout.folder, base, commit)
    inner = [_within(checkout, pair) for pair in pairs]
    with _states(checkout, base, commit) as folders:
        now = datetime.now().astimezone()
        states = [open_state(folder, workspace, now) for folder in folders]
        entries, problems = _readings(states[0], states[1], inner, listener)
    layouts = states[0].layout, states[1].layout
    is_own = [is_entry(pair, layouts) for pair in inner]
    others = [path for pair, own in zip(pairs, is_own, strict=True) if not own for path in pair]
    touched = sorted({path for pair in pairs for path in pair if path})[:_MOST_PATHS]
    return Review(
        None,
        checkout.prefix,
        base,
        commit,
        tuple(entries),
        max(0, sum(is_own) - len(entries)),
        tuple(sorted(filter(None, {*others})))[:_MOST_PATHS],
        problems,
        _owners(workspace, checkout, target, touched),
    )


def _within(checkout: Checkout, pair: tuple[str, str]) -> tuple[str, str]:
    """The paths from the knowledge base's root; empty for one outside of it."""
    before, after = (
        path.removeprefix(checkout.prefix) if path.startswith(checkout.prefix) else ""
        for path in pair
    )
    return before, after


@contextmanager
def _states(checkout: Checkout, base: str, commit: str) -> Iterator[tuple[Path, Path]]:
    """Folders with the knowledge base before a change and after it, for a while."""
    with tempfile.TemporaryDirectory(prefix=f"kb-review-{os.getpid()}-") as name:
        folders = Path(name, "before"), Path(name, "after")
        old = _write_state(checkout, base, folders[0], None)
        _write_state(checkout, commit, folders[1], Written(folders[0], old))
        yield folders


def _write_state(
    checkout: Checkout, commit: str, folder: Path, like: Written | None
) -> set[TreeFile]:
    """Write the files of the knowledge base in a commit, in the folders that its kb.toml names."""
    own = _own_files(checkout, commit, [_OWN])
    write_files(checkout.folder, own, folder, like=like)
    tops = [top for top in layout_at(folder).tops if not top.startswith(f"{_OWN}/")]
    more = [item for item in _own_files(checkout, commit, tops) if item not in own] if tops else []
    write_files(checkout.folder, more, folder, like=like)
    return {*own, *more}


def _own_files(checkout: Checkout, commit: str, folders: Sequence[str]) -> list[TreeFile]:
    """The files of a commit in some folders, by their paths from the knowledge base's root."""
    below = [f"{checkout.prefix}{name}" for name in folders]
    files = tree_files(checkout.folder, commit, [] if "" in below else below)
    return [item._replace(path=item.path.removeprefix(checkout.prefix)) for item in files]


def _readings(
    before: State, after: State, pairs: Sequence[tuple[str, str]], listener: Listener
) -> tuple[list[EntryChange], tuple[Problem, ...]]:
    entries = [*islice(entry_changes(before, after, pairs), _MOST_ENTRIES)]
    if after.fault:
        return entries, (after.fault,)
    changed = {new for _, new in pairs}
    return entries, new_problems(before.workspace, after.workspace, changed, listener)


def _owners(
    workspace: Workspace, checkout: Checkout, target: str, paths: Sequence[str]
) -> tuple[Owners, ...]:
    """Who must approve, by the file that the target branch has."""
    repository = team_repository(checkout, workspace) if checkout.remote else None
    host = host_of(repository) if repository else None
    if host is None or host.owners is None:
        return ()
    blobs = Blobs(checkout.folder)
    raws = (blobs[f"{target}:{name}"] for name in host.owner_files)
    raw = next((raw for raw in raws if raw is not None), b"")
    if len(raw) > MAX_BYTES:
        return ()
    return tuple(host.owners(raw.decode("utf-8", "replace"), paths))
