"""Why Git does not do anything at all: what it says of that, in our words.

Such an answer says nothing of what was asked. Who asks whether there is a commit, a branch or a
setting must not take it for a no.
"""

from __future__ import annotations

import re
import shlex
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cannery.git.repository import UnusableError

_USAGE = 129  # git's own for a call that it doesn't understand
_NOT_RUN = (126, 127)  # what a shell says of a program that can't be started
_AGAIN = "Reinstall Git."
_NEWER = "Install a newer version of Git."


class Told(NamedTuple):
    """What Git said: the match, the line of it, and the folder that it was started in."""

    match: re.Match[str]
    line: str
    folder: Path


_Words = tuple[str, str]  # message and hint


def _owner(told: Told) -> _Words:
    path = told.folder / (told.match["path"] or told.match["older"])
    command = f"git config --global --add safe.directory {shlex.quote(str(path.resolve()))}"
    return f"git refuses to use {path}: it belongs to another user", _trusted(command)


def _trusted(command: str) -> str:
    return f"If you trust what is in it, run `{command}`."


def _format(told: Told) -> _Words:
    what = " ".join(told.match.group().split())
    return f"git can't read the format of this repository: {what}", _NEWER


def _settings(told: Told) -> _Words:
    return f"git's settings can't be read: {_bare(told.line)}", "Correct that line."


def _lock(told: Told) -> _Words:
    return locked(told.folder / told.match["lock"])


def locked(path: Path) -> _Words:
    """Likewise, of a lock that is seen before Git is asked."""
    return f"git is locked by {path}", "If no other Git is at work there, delete this file."


def _index(told: Told) -> _Words:
    hint = "Delete the file index in the folder .git, then run `git reset`: no other file changes."
    return f"the index of this repository is damaged: {_bare(told.line)}", hint


def _objects(told: Told) -> _Words:
    hint = "See `git fsck`. What is pushed is in the team's repository: clone it again."
    return f"this repository is damaged: {_bare(told.line)}", hint


def _denied(told: Told) -> _Words:
    path = told.match["denied"] or told.match["folder"] or ""
    hint = f"See whose it is: `ls -ld {told.folder / path}`."
    return f"you have no permission: {_bare(told.line)}", hint


def _read_only(told: Told) -> _Words:
    return f"the disk is read-only: {_bare(told.line)}", "Work in a copy that can be written to."


def _bare_repository(told: Told) -> _Words:
    hint = "If it should have one, run `git config core.bare false`."
    return f"this repository has no working tree: {_bare(told.line)}", hint


def _none(told: Told) -> _Words:
    return f"git finds no repository here: {_bare(told.line)}", "See `git rev-parse --git-dir`."


_SAYS = r"^(?:fatal|error): [^\n]*"
_OWNER = (
    rf"{_SAYS}(?:dubious ownership in repository at '(?P<path>[^'\n]*)'"
    r"|unsafe repository \('(?P<older>[^'\n]*)' is owned by someone else\))"
)
_FORMAT = (
    r"Expected git repo version [^\n]*|unknown repository extensions? found:\s*[^\n]*"
    r"|repo version is 0, but v1-only[^\n]*\s*[^\n]*|invalid value for 'extensions\.[^\n]*"
)
_UNREADABLE = "^fatal: unknown error occurred while reading the conf"
_SETTINGS = (
    rf"{_SAYS}bad (?:numeric |boolean )?config "
    rf"|\Awarning: (?=(?s:.*){_UNREADABLE})|{_UNREADABLE}"
)
_DENIED = (
    rf"{_SAYS}(?:'(?P<denied>/[^'\n]*|\.git[^'\n]*)': Permission denied"
    r"|insufficient permission for adding an object to repository database (?P<folder>\S+)"
    r"|: Permission denied$)"
)
_INDEX = (
    rf"{_SAYS}(?:index file (?:corrupt|smaller than)|bad signature 0x|bad index version"
    r"|unordered stage entries|bad index file)"
)
_OBJECTS = (
    rf"{_SAYS}(?:object file \S+ is empty|loose object \S+ \(stored|inflate: |unable to unpack"
    r"|packfile \S+ (?:cannot|is|does|claims|index)|appears to be broken|bad object HEAD$"
    r"|missing object [0-9a-f]{40,} for refs|garbage at end of loose|corrupt loose object"
    r"|index file \S+ is too small|object corrupt or missing|hash mismatch)"
)
# The first that matches tells. Only lines of Git's own count, not those of a remote.
_ROWS: tuple[tuple[re.Pattern[str], Callable[[Told], _Words]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        (_OWNER, _owner),
        (_FORMAT, _format),
        (_SETTINGS, _settings),
        (rf"{_SAYS}Unable to create '(?P<lock>[^'\n]*\.lock)': File exists", _lock),
        (rf"{_SAYS}Read-only file system", _read_only),
        (_DENIED, _denied),
        (_INDEX, _index),
        (_OBJECTS, _objects),
        (rf"{_SAYS}(?:must be run in a work tree|cannot use bare repository)", _bare_repository),
        (rf"{_SAYS}not (?:a git repository|in a git directory)", _none),
    )
)


def refusal(status: int, stderr: str, folder: Path) -> UnusableError | None:
    """Why Git, started in a folder, has done nothing; None where it has an answer, if it be no."""
    if status < 0:
        hint = "Run it again. If it ends so each time, reinstall Git."
        return UnusableError(f"git was ended by {_signal(-status)}", hint)
    if status in _NOT_RUN and stderr:
        return UnusableError(f"git can't be started: {stderr}", _AGAIN)
    if status == _USAGE:
        first = _bare(stderr.partition("\n")[0])
        return UnusableError(f"your version of Git is too old for kb: {first}", _NEWER)
    for pattern, words in _ROWS:
        if match := pattern.search(stderr):
            start = stderr.rfind("\n", 0, match.start()) + 1
            line = stderr[start:].partition("\n")[0]
            return UnusableError(*words(Told(match, line, folder)))
    return None


def not_started(program: str, error: Exception) -> UnusableError:
    """The error for a program that the system doesn't start, such as one for other processors."""
    return UnusableError(f"git can't be started: {program}: {error}", _AGAIN)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _bare(line: str) -> str:
    return re.sub(r"^(?:fatal|error|warning): ", "", line)
