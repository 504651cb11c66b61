"""Answers that are ready before anything is loaded: the version, and the help of each command.

Typer alone takes six times as long to load as Python takes to start. So the help that it writes is
kept in `help/`, a file for each command, as `python .ci/help_pages.py` put it there.
"""

from __future__ import annotations

import os
import sys

from cannery import __version__

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = 80  # a wider terminal changes nothing; on a narrower one Typer breaks lines elsewhere
_HERE = os.path.dirname(__file__)  # noqa: PTH120 - pathlib takes long to load


def ready(arguments: Sequence[str]) -> str:
    """What is printed for these arguments; empty where Typer has to say it."""
    if arguments == ["--version"]:
        return f"kb {__version__}\n"
    *command, last = arguments or [""]
    if last not in ("-h", "--help") or not all(map(_may_be_command, command)) or not _is_wide():
        return ""
    page = "-".join(("kb", *command))
    try:
        with open(f"{_HERE}/help/{page}.txt", encoding="utf-8") as file:  # noqa: PTH123 - likewise
            return file.read().replace("Usage: kb", f"Usage: {called()}", 1)
    except OSError:
        return ""  # no such command, which Typer tells


def called() -> str:
    """The one of our two names that was typed: usage begins with it."""
    name = os.path.basename(sys.argv[0])  # noqa: PTH119 - pathlib takes long to load
    return "cannery" if name in ("cannery", "cannery.exe") else "kb"


def _may_be_command(word: str) -> bool:
    """Whether it is a name, and no path; not `FIND`, for which some systems find `find`."""
    return word.isascii() and word.isalpha() and word.islower()


def _is_wide() -> bool:
    """Whether lines of 80 columns are right for stdout, as `shutil` and Typer see it."""
    if sys.flags.optimize > 1:
        return True  # Typer would have no docstring to show
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns > 0:
        return columns >= _COLUMNS
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns >= _COLUMNS  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return True  # no terminal
