"""The one place where errors reach the user, for all ways in which `kb` starts.

Without Typer: a search, the picker and an installation that lacks something do without it.
"""

from __future__ import annotations

import errno
import os
import sys

from cannery import __version__
from cannery.cli import output
from cannery.errors import CanneryError
from cannery.util.plain import clean

FAILED, BUG, INTERRUPTED = 1, 3, 130
_OUT_OF_MEMORY = "Close other programs, or raise the limit (`ulimit -v`)."
# What the system refuses, which no program can foresee, with what its user can do.
_REFUSALS = {
    errno.EACCES: "Check the permissions of the file and of the folders above it.",
    errno.EPERM: "Check whose file it is, and its permissions.",
    errno.EROFS: "Use a copy on a disk that can be written.",
    errno.ENOSPC: "Free up some space and try again.",
    getattr(errno, "EDQUOT", errno.ENOSPC): "Free up some space and try again.",
    errno.EFBIG: "Raise the limit for the size of files (`ulimit -f`).",
    errno.EMFILE: "Raise the limit for open files (`ulimit -n`).",
    errno.ENFILE: "Close other programs and try again.",
    errno.EAGAIN: "Close other programs, or raise the limit for processes (`ulimit -u`).",
    errno.ENOMEM: _OUT_OF_MEMORY,
    errno.EIO: "Check the disk.",
    errno.ELOOP: "Remove the symbolic link that leads to itself.",
    errno.ENAMETOOLONG: "Use a shorter name.",
}


def report_error(error: BaseException) -> int:
    """Print what ended a command; the exit code that it stands for. ^C is not told yet."""
    if isinstance(error, CanneryError):
        output.error(error.message, error.hint)
        return error.exit_code
    typer = sys.modules.get("typer")
    if isinstance(error, KeyboardInterrupt) or (typer and isinstance(error, typer.Abort)):
        return INTERRUPTED
    if told := _foreseen(error):
        output.error(*told)
        return FAILED
    _report_bug()
    return BUG


def report_lost(fault: OSError) -> None:
    """Say that what was printed has not arrived; nothing if its reader had enough."""
    if fault.errno == errno.EPIPE:
        return
    if fault.errno == errno.EBADF:
        output.error("stdout is closed: what was to be printed is lost", "Leave it open.")
        return
    hint = _REFUSALS.get(fault.errno or 0, "Send the output elsewhere.")
    output.error(f"stdout can't be written: {fault.strerror}", hint)


def _foreseen(error: BaseException) -> tuple[str, str] | None:
    """The message and hint of what is no bug: the system refuses, or the installation is broken."""
    if isinstance(error, MemoryError):
        return "not enough memory", _OUT_OF_MEMORY
    if isinstance(error, ImportError):
        return f"this installation is incomplete: {error}", "Install cannery again."
    if isinstance(error, FileNotFoundError) and _is_folder_gone():
        return "the current folder is gone", "Go to one that exists."
    if isinstance(error, OSError) and (hint := _REFUSALS.get(error.errno or 0)):
        if error.errno == errno.ENOSPC:  # wherever the result was to go
            return "no space left on the disk", hint
        where = f"{os.fsdecode(error.filename)}: " if _is_path(error.filename) else ""
        return f"{where}{error.strerror}", hint
    return None


def _is_folder_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - pathlib may not be loaded yet
    except FileNotFoundError:
        return True
    return False


def _is_path(name: object) -> bool:
    return isinstance(name, str | bytes | os.PathLike)


def _report_bug() -> None:
    from datetime import datetime
    from traceback import format_exc

    from cannery.util import atomic, user_folders
    from cannery.util.address import without_credentials
    from cannery.util.hidden import without_hidden

    details = without_hidden(without_credentials(format_exc()))
    try:
        path = user_folders.logs() / f"bug-{datetime.now():%Y%m%d-%H%M%S}.log"  # noqa: DTZ005 - the clock on the wall
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = f"kb {__version__}, Python {sys.version}\n{clean(details)}"
        atomic.replace(path, text.encode("utf-8", "replace"), mode=0o600)  # it may hold values
    except (OSError, user_folders.NoHomeError):
        output.tell(details, end="")
        output.error("this is a bug in kb", "Please report it, and include the lines above.")
        return
    last = details.strip().splitlines()[-1]
    output.error(f"this is a bug in kb: {last}", f"Please report it, and attach {path}.")
