"""A remote's default branch, where the clone has no note of it."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from cannery.git.failures import RemoteError
from cannery.git.locate import locate
from cannery.git.repository import GitError
from cannery.git.run import NETWORK_SECONDS, attempt, git, own_settings

_HEADS = "refs/heads/"
_PROPOSALS = "kb/"  # what `kb propose` names its branches
_USUAL = ("main", "master")


def default_branch(folder: Path, remote: str) -> str:
    """The remote's default branch: asked for, or what stands for it. Raises GitError.

    A bare repository is made with a HEAD that may name a branch that nobody ever pushes.
    """
    try:
        return _asked(folder, remote)
    except RemoteError:
        known = _likely(folder, remote, _fetched(folder, remote))
        if not known:
            raise
        return known


def presumed_branch(folder: Path) -> str:
    """The default branch of the repository that a folder is in or would begin, asking no remote."""
    if locate(folder) is None:
        return configured_branch(folder) or _USUAL[0]
    for remote in ("upstream", "origin"):
        head = f"refs/remotes/{remote}/HEAD"
        status, out, _ = attempt(folder, "symbolic-ref", "-q", head)
        if not status:
            return os.fsdecode(out).strip().removeprefix(f"refs/remotes/{remote}/")
        if likely := _likely(folder, remote, _fetched(folder, remote)):
            return likely
    heads = git(folder, "for-each-ref", "--format=%(refname)", _HEADS).splitlines()
    local = [ref.removeprefix(_HEADS) for ref in heads]
    usual = next((name for name in (configured_branch(folder), *_USUAL) if name in local), "")
    status, out, _ = attempt(folder, "symbolic-ref", "-q", "--short", "HEAD")
    return usual or (_USUAL[0] if status else os.fsdecode(out).strip())


def configured_branch(folder: Path) -> str:
    """What the user's settings name the first branch of a new repository; empty for nothing."""
    status, out, _ = attempt(folder, "config", "init.defaultBranch")
    return "" if status else os.fsdecode(out).strip()


def _asked(folder: Path, remote: str) -> str:
    listed = git(folder, "ls-remote", "--symref", remote, "HEAD", limit=NETWORK_SECONDS)
    for line in listed.splitlines():
        if line.startswith(f"ref: {_HEADS}"):
            return line.split("\t")[0].removeprefix(f"ref: {_HEADS}")
    lines = git(folder, "ls-remote", "--heads", remote, limit=NETWORK_SECONDS).splitlines()
    heads = [line.partition("\t")[2].removeprefix(_HEADS) for line in lines]
    if not heads:
        hint = f"Push a first commit to it: `git push -u {remote} HEAD`."
        raise GitError(f"the remote {remote} has no branches", hint)
    if likely := _likely(folder, remote, heads):
        return likely
    hint = f"Choose one of its branches: `git fetch`, then `git remote set-head {remote} BRANCH`."
    raise GitError(f"the remote {remote} has no default branch", hint)


def _fetched(folder: Path, remote: str) -> list[str]:
    """The remote's branches as they were when last fetched."""
    below = f"refs/remotes/{remote}/"
    refs = git(folder, "for-each-ref", "--format=%(refname)", below).splitlines()
    return [ref.removeprefix(below) for ref in refs if ref != f"{below}HEAD"]


def _likely(folder: Path, remote: str, heads: Collection[str]) -> str:
    """The only branch, the one that the user's follows, or one of the usual name; else empty."""
    heads = [name for name in heads if not name.startswith(_PROPOSALS)]
    if len(heads) == 1:
        return heads[0]
    return next((name for name in (_followed(folder, remote), *_USUAL) if name in heads), "")


def _followed(folder: Path, remote: str) -> str:
    """The remote's branch that the current one follows; empty where it follows none of its."""
    status, out, _ = attempt(folder, "symbolic-ref", "-q", "HEAD")
    settings = {} if status else own_settings(folder)
    branch = f"branch.{os.fsdecode(out).strip().removeprefix(_HEADS)}"
    if settings.get(f"{branch}.remote") != remote:
        return ""
    return settings.get(f"{branch}.merge", "").removeprefix(_HEADS)
