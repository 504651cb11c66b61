"""Completion set up in a user's shell: its script, and the line in a dotfile that reads it.

A dotfile is replaced whole, where it really is: many are links into a repository of the user's.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.errors import CanneryError
from cannery.util import atomic, user_folders

_MARK = b"# completion of kb"  # ends our line of a dotfile
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755  # zsh reads nothing that others can write to


class Completed(NamedTuple):
    """What was set up: scripts and a dotfile, and those of these `files` that had to be written."""

    files: tuple[Path, ...]
    changed: tuple[Path, ...]


class _Place(NamedTuple):
    """Where a shell's script is, and the dotfile that reads it, if the shell doesn't by itself."""

    scripts: tuple[Path, ...]
    dotfile: Path | None = None


def install(shell: str, scripts: Mapping[str, str]) -> Completed:
    """Write the scripts, by the command that each is for, where `shell` reads them.

    Raises CanneryError where a file can't be written, with what is to be done by hand.
    """
    place = _place(shell, tuple(scripts))
    changed = [
        path
        for path, text in zip(place.scripts, scripts.values(), strict=False)
        if _write(path, text.encode())
    ]
    if place.dotfile and _add_line(place.dotfile, place.scripts[0]):
        changed.append(place.dotfile)
    return Completed((*place.scripts, *filter(None, [place.dotfile])), tuple(changed))


def _place(shell: str, commands: Sequence[str]) -> _Place:
    home = user_folders.home()
    if shell == "fish":
        folder = _folder("XDG_CONFIG_HOME", home / ".config") / "fish" / "completions"
        return _Place(tuple(folder / f"{command}.fish" for command in commands))
    folder = user_folders.data() / "completion"
    if shell == "zsh":
        return _Place((folder / "zsh" / "_cannery",), _folder("ZDOTDIR", home) / ".zshrc")
    return _Place((folder / "kb.bash",), home / ".bashrc")


def _folder(variable: str, usual: Path) -> Path:
    return Path(os.environ.get(variable) or usual)


def _write(path: Path, data: bytes) -> bool:
    """Whether the file had to be written. Raises CanneryError."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                folder.mkdir(mode=_FOLDER_MODE)
        atomic.replace(path.resolve(), data, mode=_FILE_MODE)
    except OSError as error:
        hint = "Check who may write there, or print the script with `kb --show-completion`."
        raise CanneryError(f"can't write {path}: {error.strerror}", hint) from error
    return True


def _add_line(dotfile: Path, script: Path) -> bool:
    """Whether our line was not yet in the dotfile. Raises CanneryError."""
    path = _named(script)
    line = b"[ -r %s ] && . %s %s" % (path, path, _MARK)
    try:
        before = dotfile.read_bytes() if dotfile.exists() else b""
        after = b"".join(_with_line(before.splitlines(keepends=True), line))
        if after == before:
            return False
        atomic.replace(dotfile.resolve(), after)
    except OSError as error:
        reason = f"can't change {dotfile}: {error.strerror}"
        raise CanneryError(reason, f"Add this line to it: {line.decode()}") from error
    return True


def _with_line(lines: Sequence[bytes], line: bytes) -> Iterator[bytes]:
    """The lines with ours once: where an earlier one is, or at the end."""
    is_there = False
    for each in lines:
        if each.rstrip().endswith(_MARK):
            if not is_there:
                yield line + b"\n"
            is_there = True
        else:
            yield each
    if not is_there:
        if lines and not lines[-1].endswith(b"\n"):
            yield b"\n"
        yield line + b"\n"


def _named(path: Path) -> bytes:
    """The path for a shell to read, from the home folder where it is below: dotfiles travel."""
    home = user_folders.home()
    if path.is_relative_to(home):
        return f"~/{shlex.quote(str(path.relative_to(home)))}".encode("utf-8", "surrogateescape")
    return shlex.quote(str(path)).encode("utf-8", "surrogateescape")
