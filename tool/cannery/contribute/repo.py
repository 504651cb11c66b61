"""Git. The only GitPython room."""

from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from cannery.content.split import split
from cannery.errors import CanneryError


class GitError(CanneryError):
    """Git can't do what was asked."""


@dataclass(frozen=True, slots=True)
class GitState:
    """`branch` is empty for a detached head; `remote` is empty where there is none."""

    version: str
    branch: str
    dirty: bool
    remote: str


def _git() -> ModuleType:
    # GIT_DIR and its kin, as set inside a hook, would turn every call to another repository.
    for name in [name for name in os.environ if name.startswith("GIT_") and name not in _KEPT]:
        del os.environ[name]
    try:
        import git
    except ImportError as error:
        raise GitError("there is no git program here", "Install git.") from error
    return git


_KEPT = ("GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR", "GIT_TERMINAL_PROMPT")


def start(folder: Path) -> bool:
    """Make the folder a repository unless it is in one; whether it was made."""
    git = _git()
    if _containing(git, folder) is not None:
        return False
    try:
        git.Repo.init(folder, initial_branch="main").close()
    except git.GitCommandError as error:
        raise GitError(f"git init failed: {error.stderr.strip()}") from error
    return True


def state(folder: Path) -> GitState | None:
    """How the repository stands; None where the folder is in none."""
    git = _git()
    repo = _containing(git, folder)
    if repo is None:
        return None
    version = ".".join(map(str, git.Git().version_info))
    with repo:
        branch = "" if repo.head.is_detached else repo.active_branch.name
        remote = next((remote.name for remote in repo.remotes), "")
        return GitState(version, branch, repo.is_dirty(untracked_files=True), remote)


def changed_since(folder: Path, revision: str) -> list[str]:
    """The files below the folder that differ from a revision, committed or not, and new ones.

    Paths are relative to the folder, with `/`. Raises GitError.
    """
    git = _git()
    repo = _containing(git, folder)
    if repo is None:
        raise GitError(f"{folder} is in no Git repository", "Run it without --since.")
    with repo:
        try:
            base = repo.git.merge_base("--end-of-options", revision, "HEAD")
            options = ("--name-only", "-z", "--relative", "--no-renames")
            run = git.Git(str(folder))
            changed = run.diff(*options, base)
            new = run.ls_files("--others", "--exclude-standard", "-z")
        except git.GitCommandError as error:
            raise GitError(
                f"Git finds nothing in common with {revision}", "Name a branch, a tag or a commit."
            ) from error
    return sorted({path for path in (changed + "\0" + new).split("\0") if path})


def outdated(folder: Path, originals: Mapping[str, str]) -> dict[str, date] | None:
    """The variants whose original's body has changed since their own last commit, with the day.

    `originals` has the original's path by the variant's, both relative to the folder. A variant
    with changes that are not committed yet is up to date. None where the history is cut off.
    Raises GitError.
    """
    git = _git()
    repo = _containing(git, folder)
    if repo is None or not originals or not repo.head.is_valid():
        return {}
    with repo:
        if repo.git.rev_parse("--is-shallow-repository") == "true":
            return None
        run = git.Git(str(folder))
        last = _last_commits(run, {*originals, *originals.values()})
        edited = {*run.diff("--name-only", "-z", "--relative", "HEAD").split("\0")}
        prefix = run.rev_parse("--show-prefix")
        return {
            variant: datetime.fromtimestamp(last[original].time, UTC).date()
            for variant, original in originals.items()
            if variant in last and original in last and variant not in edited
            if last[original].number < last[variant].number
            if _has_changed(repo, last[variant].name, folder, prefix, original)
        }


class _Commit(NamedTuple):
    """`number` counts from the newest, `time` in seconds."""

    number: int
    name: str
    time: int


def _last_commits(run: Any, wanted: AbstractSet[str]) -> dict[str, _Commit]:  # noqa: ANN401 - untyped
    """The last commit of each of these paths, in one walk through the history."""
    log = run.log(
        "--format=%x01%H %ct", "--name-only", "-z", "--no-renames", "--relative", "--", "."
    )
    found: dict[str, _Commit] = {}
    commit = _Commit(0, "", 0)
    for piece in log.split("\0"):
        text = piece.lstrip("\n")
        if text.startswith("\x01"):
            name, _, time = text[1:].partition(" ")
            commit = _Commit(commit.number + 1, name, int(time))
        elif text in wanted:
            found.setdefault(text, commit)
    return found


def _has_changed(repo: Any, commit: str, folder: Path, prefix: str, path: str) -> bool:  # noqa: ANN401
    """Whether the body is another one than in that commit; spaces and front matter don't count."""
    try:
        before = (repo.commit(commit).tree / f"{prefix}{path}").data_stream.read()
        now = (folder / path).read_bytes()
    except (KeyError, OSError):
        return False
    old, new = (split(raw.decode("utf-8", "replace")).body.split() for raw in (before, now))
    return old != new


def _containing(git: ModuleType, folder: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202
    try:
        return git.Repo(folder, search_parent_directories=True)
    except git.InvalidGitRepositoryError:
        return None
