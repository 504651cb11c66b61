"""Run git in a folder, within a time limit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.git.config_files import ACROSS, ENGLISH, included_for, settings_in
from cannery.git.failures import RemoteError, UnservedError, translated
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
from cannery.git.repository import NOT_INSTALLED, UnusableError, git_module
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
    module = git_module(git_path)  # takes what a hook has set out of the environment, so: first
    command, own = _command(folder, arguments)
    if own is None:
        return _NO_REPOSITORY, b"", no_repository(folder).message
    variables = {**os.environ, **ENGLISH, **ACROSS, **_asking(), **own, **(environment or {})}
    handle = _started(module.Git(str(folder)), [git_path, *command], variables)
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


def _started(at: Any, command: list[str], variables: Mapping[str, str]) -> Any:  # noqa: ANN401 - GitPython's
    """What holds the process, and ends it as soon as nobody holds that any more."""
    try:
        return at.execute(command, as_process=True, istream=subprocess.PIPE, env=variables)
    except (OSError, git_module(command[0]).GitCommandError) as error:
        raise not_started(command[0], error) from error


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
