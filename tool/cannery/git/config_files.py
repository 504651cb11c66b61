"""Read files of Git's settings as data: what they say holds for nothing that is done here."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from cannery.git.locate import Located
from cannery.git.program import program
from cannery.git.refusals import not_started, refusal
from cannery.git.repository import NOT_INSTALLED, UnusableError
from cannery.git.safe_config import Setting

# A folder of a repository may be mounted by itself: it is in it all the same.
ACROSS = {"GIT_DISCOVERY_ACROSS_FILESYSTEM": "1"}
ENGLISH = {"LANGUAGE": "C", "LC_ALL": "C.UTF-8"}  # what is looked for in Git's messages
_SECONDS = 600.0
_REACHING = re.compile(r"core\.sshcommand|ssh\.variant|(?:url|http|credential)\..+", re.DOTALL)
_MOST = 1_000_000  # bytes of a file that a condition is looked for in


def settings_in(folder: Path, file: Path) -> Iterable[Setting]:
    """The settings in a file, without those that it includes; read in a view of ours.

    Raises UnusableError.
    """
    arguments = ("--file", str(file), "--no-includes")
    return _listed(folder, folder, arguments, f"Fix {file}.")


def included_for(at: Located) -> list[Setting]:
    """How the user's own settings say that remotes are reached, where that is said for a folder.

    A view lies elsewhere, where a condition such as `includeIf "gitdir:~/work/"` fails. Raises
    UnusableError.
    """
    if not any(map(_has_condition, _user_files(os.environ))):
        return []
    hint = "See `git config --global --list --includes`."
    listed = _listed(at.top, at.own, ("--global", "--includes"), hint)
    return [(key, value) for key, value in listed if _REACHING.fullmatch(key)]


def _user_files(environment: Mapping[str, str]) -> list[Path]:
    if named := environment.get("GIT_CONFIG_GLOBAL"):
        return [Path(named)]
    try:
        home = Path(environment.get("HOME") or Path.home())
    except RuntimeError:  # a user without an account
        return []
    xdg = environment.get("XDG_CONFIG_HOME")
    return [(Path(xdg) if xdg else home / ".config") / "git/config", home / ".gitconfig"]


def _has_condition(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return b"gitdir" in opened.read(_MOST)
    except OSError:
        return False


def _listed(folder: Path, own: Path, arguments: Iterable[str], hint: str) -> Iterable[Setting]:
    git_path = program("git")
    if not git_path:
        raise UnusableError(*NOT_INSTALLED)
    try:
        done = subprocess.run(
            [git_path, "config", *arguments, "--list", "-z"],
            cwd=folder,
            env={**os.environ, **ENGLISH, "GIT_DIR": str(own)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except OSError as error:
        raise not_started(git_path, error) from error
    if done.returncode:
        stderr = done.stderr.decode("utf-8", "replace").strip()
        refused = refusal(done.returncode, stderr, folder)
        raise refused or UnusableError(f"git's settings can't be read: {stderr}", hint)
    for entry in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
        key, _, value = entry.partition("\n")
        if "." in key:
            yield key, value
