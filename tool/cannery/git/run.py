"""Run git in a folder, within a time limit, and say in words what went wrong."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.git.config_files import ACROSS, ENGLISH, included_for, settings_in
from cannery.git.locate import Located, locate, no_repository
from cannery.git.pins import (
    FORMAT,
    OPTIONS,
    STILL,
    STILL_OPTIONS,
    UNWATCHED,
    WRITING,
    as_environment,
    has_settings,
    pinned,
)
from cannery.git.program import program
from cannery.git.refusals import not_started, refusal
from cannery.git.repository import NOT_INSTALLED, GitError, UnusableError, git_module
from cannery.git.safe_config import Setting
from cannery.git.view import missed, remotes, trusts, view
from cannery.util.address import without_credentials

NETWORK_SECONDS = 120.0  # without an answer for so long, a remote is taken to hang
_LOCAL_SECONDS = 600.0  # a hook may build something
_NO_REPOSITORY = 255  # a status that git itself never ends with
_ANYWHERE = frozenset({"init", "merge-file", "version"})  # need no repository, and look at none
_READ = frozenset({
    "blame", "cat-file", "diff", "diff-tree", "for-each-ref", "hash-object", "log", "ls-files",
    "ls-remote", "ls-tree", "merge-base", "rev-list", "rev-parse", "show", "status", "symbolic-ref",
})  # fmt: skip
_FAR = frozenset({"config", "fetch", "ls-remote", "remote"})  # need to know where remotes are
_READ_WHOLE = (
    ("remote",),
    ("remote", "-v"),
    ("config", "core.sshCommand"),
    ("config", "remote.pushDefault"),
)  # with others they write
_GRACE = 5.0  # seconds to take its locks away, after it was told to end


class RemoteError(GitError):
    """The remote can't be reached, or has no answer."""

    state = "Offline"  # in a word


class UnservedError(RemoteError):
    """The remote answers, and has nothing there for the user."""

    state = "Not fetched"


class RefusedError(GitError):
    """The remote refused a request; `answer` is its own message."""

    @property
    def is_for_lack_of_rights(self) -> bool:
        """Whether the user may not push there at all."""
        return bool(_DENIED.search(self.answer))

    def __init__(self, message: str, hint: str, answer: str) -> None:
        super().__init__(message, hint)
        self.answer = answer


def git(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    limit: float = _LOCAL_SECONDS,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What git prints, without the last line end. Raises GitError."""
    return git_bytes(
        folder, *arguments, given=given, limit=limit, environment=environment
    ).decode("utf-8", "surrogateescape").removesuffix("\n")  # fmt: skip


def git_bytes(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    limit: float = _LOCAL_SECONDS,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What git prints, byte for byte; `given` is its input. Raises GitError."""
    status, out, stderr = attempt(
        folder, *arguments, given=given, limit=limit, environment=environment
    )
    if status == _NO_REPOSITORY:
        raise no_repository(folder)
    if status:
        raise translated(arguments, stderr)
    return out


def attempt(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    limit: float = _LOCAL_SECONDS,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, bytes, str]:
    """Git's exit status, output and stderr: its answer, which may be a no.

    Raises RemoteError where it takes too long, UnusableError where it refuses or can't be used.
    """
    git_path = program("git")
    if not git_path and arguments[0] not in (*_ANYWHERE, "config") and locate(folder) is None:
        return _NO_REPOSITORY, b"", no_repository(folder).message
    if not git_path:
        raise UnusableError(*NOT_INSTALLED)
    module = git_module(git_path)
    command, own = _command(folder, arguments)
    if own is None:
        return _NO_REPOSITORY, b"", no_repository(folder).message
    variables = {**os.environ, **ENGLISH, **ACROSS, **_asking(), **own, **(environment or {})}
    try:
        handle: Any = module.Git(str(folder)).execute(
            [git_path, *command], as_process=True, istream=subprocess.PIPE, env=variables
        )
    except (OSError, module.GitCommandError) as error:
        raise not_started(git_path, error) from error
    process = handle.proc
    try:
        out, err = process.communicate(given, timeout=limit)
    except subprocess.TimeoutExpired as error:
        _end(process)
        message = f"git {arguments[0]} did not respond within {limit:.0f} seconds"
        raise RemoteError(message, "Check your connection, then run it again.") from error
    except BaseException:
        _end(process)
        raise
    stderr = without_credentials(
        _in_repository(err.decode("utf-8", "replace").strip(), folder, own)
    )
    if process.returncode:
        _refuse(folder, process.returncode, stderr)
    return process.returncode, out, stderr


def _in_repository(stderr: str, folder: Path, variables: Mapping[str, str]) -> str:
    """What git says of a view, said of the repository."""
    if (seen := variables.get("GIT_DIR")) and seen in stderr and (at := locate(folder)):
        return stderr.replace(seen, str(at.own))
    return stderr


def _refuse(folder: Path, status: int, stderr: str) -> None:
    """Raises the error for what is no answer; UnservedError where it is the remote's."""
    if refused := refusal(status, stderr, folder):
        if "Could not read from remote" in stderr:
            raise UnservedError(f"the remote can't be read: {refused.message}", refused.hint)
        raise refused


def _asking() -> Mapping[str, str]:
    """Whether git may ask on the terminal: only where a front end has said that somebody is there.

    Git itself asks unless GIT_TERMINAL_PROMPT is 0, and a server's question would wait for ever.
    """
    if os.environ.get("GIT_TERMINAL_PROMPT", "0") != "0":
        return {}
    return {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never"}


def _command(
    folder: Path, arguments: tuple[str, ...]
) -> tuple[list[str], Mapping[str, str] | None]:
    """How git is called: what to tell it, and its environment; None where there is nothing to read.

    A command that only reads sees the repository without its settings, unless `as_user`; one that
    writes is the user's own.
    """
    name, rest = arguments[0], arguments[1:]
    options = OPTIONS.get(name, ())
    if name in _ANYWHERE or "--no-index" in rest[:1]:
        ceiling = {"GIT_CEILING_DIRECTORIES": str(folder.resolve().parent)}
        pins = FORMAT if name in _READ else WRITING.get(name, {})
        return [name, *options, *rest], {**ceiling, **pinned(pins)}
    reads = name in _READ or arguments in _READ_WHOLE
    if trusts() and reads:
        unlocked = {"GIT_OPTIONAL_LOCKS": "0"}  # no hook runs when nothing is written
        return [name, *options, *rest], {**unlocked, **pinned({**FORMAT, **UNWATCHED})}
    if trusts() or not (reads or name == "fetch"):
        return [name, *options, *rest], pinned(WRITING.get(name, {}))
    options = (*options, *STILL_OPTIONS.get(name, ()))
    at = locate(folder)
    if at is None:
        return [*arguments], None
    far = as_environment(_reaching(at)) if name in _FAR else {}
    # The view's own settings are in a file.
    pins = pinned({**FORMAT, **STILL}) if has_settings() else {}
    return [name, *options, *rest], {**view(at, settings_in), **far, **pins}


def _reaching(at: Located) -> list[Setting]:
    """Where the remotes are, and what the user has set for reaching those of this repository."""
    return [*remotes(at, settings_in), *included_for(at)]


def own_settings(folder: Path) -> dict[str, str]:
    """The repository's own settings, as text to look at: none of them holds."""
    at = locate(folder)
    return dict(settings_in(at.common, at.common / "config")) if at else {}


def ignored_settings(folder: Path) -> list[str]:
    """The names of the repository's own settings that don't hold where `kb` only reads."""
    at = locate(folder)
    return missed(at, settings_in) if at else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let it take its locks away, then make sure that it is gone."""
    process.terminate()
    try:
        process.communicate(timeout=_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


class MissingObjectsError(GitError):
    """The clone lacks a part of the history that was asked for."""

    def __init__(self, detail: str) -> None:
        hint = "If it is a partial clone, get the rest: `git fetch --refetch --no-filter`."
        super().__init__(f"this clone lacks a part of its history: {detail}", hint)


_DENIED = re.compile(
    r"Permission to \S+ denied|not allowed to (?:push|upload)"
    r"|write access(?>(?:(?!write access|denied).)*)denied"
)
_FORK = (
    "Fork the repository and name your fork `origin` and the team's `upstream`, or send a patch "
    "with `kb propose --patch FILE`."
)
_UNKNOWN = re.compile(
    r"Authentication failed|could not read (?:Username|Password)|Permission denied|HTTP (?:401|403)"
    r"|returned error: 40[13]|Invalid username or token|terminal prompts disabled"
)
_AWAY = re.compile(
    r"Could not resolve|Failed to connect|Connection (?:refused|timed out|reset)|unable to access"
    r"|unable to (?:connect|look up)|transport '\S+' not allowed|find remote helper"
    r"|Network is unreachable|early EOF|Could not read from remote|does not appear to be a git"
)
_NOBODY = re.compile(
    r"Please tell me who you are|empty ident|unable to auto-detect email"
    r"|no (?:name|email) was given and auto-detection is disabled"
)
_NOWHERE = re.compile(
    r"[Rr]epository (?:'[^'\n]{0,500}' )?not found|returned error: 404|[Rr]epository does not exist"
    r"|project you were looking for could not be found|[Cc]annot find repository"
)
_FULL = re.compile(r"No space left")
_MISSING = re.compile(
    r"unable to read (?:tree|[0-9a-f]{40})|[Cc]annot read blob|bad (?:tree )?object [0-9a-f]{40}"
    r"|lazy fetching disabled|could not fetch [0-9a-f]{40}"
)
_UNKNOWN_REVISION = re.compile(r"unknown revision|Needed a single revision|bad revision")
_SIGN_IN = "Sign in again (`gh auth login`, a new token or your SSH key), then run it again."
_NAME_YOURSELF = 'Run `git config --global user.name "..."`, and the same for user.email.'
_ADDRESS = "Check its address (`git remote -v`), and that your account may read it."
_SAYS_NOTHING = ("Please make sure", "and the repository exists", "fatal: Could not read from rem")
_REVISION = "Give a commit, a tag, a branch or a time, such as HEAD@{1.week.ago}."
_TOLD = (
    (_NOWHERE, UnservedError, "the remote has no such repository for you", _ADDRESS),
    (_UNKNOWN, UnservedError, "the remote rejected your credentials", _SIGN_IN),
    (_AWAY, RemoteError, "the remote can't be reached", "Run it again when you are online."),
    (_FULL, GitError, "no space left on the disk", "Free up some space, then run it again."),
    (_NOBODY, GitError, "your name and email are not set in Git", _NAME_YOURSELF),
)


def translated(arguments: tuple[str, ...], stderr: str) -> GitError:
    """The error for a failed command, in our words."""
    if _DENIED.search(stderr):
        return RefusedError(f"you don't have push access: {_last(stderr)}", _FORK, stderr)
    if _MISSING.search(stderr):
        return MissingObjectsError(_last(stderr))
    for pattern, kind, message, hint in _TOLD:
        if pattern.search(stderr):
            return kind(f"{message}: {_last(stderr)}", hint)
    if "[remote rejected]" in stderr or "hook declined" in stderr or "[rejected]" in stderr:
        hint = "See its message above. A protected branch accepts pull requests only."
        return RefusedError(f"the remote rejected the push:\n{_remote(stderr)}", hint, stderr)
    if arguments[0] == "rev-parse" and (not stderr or _UNKNOWN_REVISION.search(stderr)):
        return GitError(f"unknown revision {arguments[-1].removesuffix('^{commit}')}", _REVISION)
    return GitError(f"git {arguments[0]} failed: {stderr or 'no error message'}")


def _last(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(_SAYS_NOTHING)]
    return (telling or lines or [""])[-1]


def _remote(stderr: str) -> str:
    """What the remote itself says, and why it refuses."""
    lines = [line.strip() for line in stderr.splitlines()]
    reasons = [line for line in lines if line.startswith(("remote:", "!"))]
    return "\n".join(f"  {line}" for line in reasons or lines)
