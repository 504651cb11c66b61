"""Git. The only GitPython room."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from cannery.errors import CanneryError
from cannery.util.address import without_credentials


class GitError(CanneryError):
    """Git can't do what was asked. Addresses in it are shown without who signs in there."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(without_credentials(message), without_credentials(hint))


@dataclass(frozen=True, slots=True)
class GitState:
    """`branch` is empty for a detached head; `remote` is empty where there is none."""

    version: str
    branch: str
    dirty: bool
    remote: str


def git_module() -> ModuleType:
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
    git = git_module()
    if containing(git, folder) is not None:
        return False
    try:
        git.Repo.init(folder, initial_branch="main").close()
    except git.GitCommandError as error:
        raise GitError(f"git init failed: {error.stderr.strip()}") from error
    return True


def state(folder: Path) -> GitState | None:
    """How the repository stands; None where the folder is in none."""
    git = git_module()
    repo = containing(git, folder)
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
    git = git_module()
    repo = containing(git, folder)
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


def containing(git: ModuleType, folder: Path) -> Any:  # noqa: ANN401 - untyped
    """The repository that a folder is in; None where it is in none."""
    try:
        return git.Repo(folder, search_parent_directories=True)
    except git.InvalidGitRepositoryError:
        return None
