"""Why a command of Git's failed: what it says of that, in our words.

`refusals.py` beside this has what ends every command, whatever was asked.
"""

from __future__ import annotations

import re

from cannery.git.repository import GitError

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


class MissingObjectsError(GitError):
    """The clone lacks a part of the history that was asked for."""

    def __init__(self, detail: str) -> None:
        hint = "If it is a partial clone, get the rest: `git fetch --refetch --no-filter`."
        super().__init__(f"this clone lacks a part of its history: {detail}", hint)


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
