"""The clipboard: a table of ways to write it, HTML and plain text together where there is one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cannery.clipboard import programs, scripted, terminal
from cannery.clipboard.desktop import Clip, Desktop, UnsureError, is_wsl
from cannery.clipboard.owners import owner, try_owner
from cannery.errors import ClipboardError


@dataclass(frozen=True, slots=True)
class Writer:
    """One way to the clipboard. `write` and `attempt` raise ClipboardError.

    `write` returns when the text is known to be there; only where `proved` is false can nobody
    know. `attempt` tries the same without touching what was copied.
    """

    name: str
    rich: bool
    here: Callable[[Desktop], bool]
    write: Callable[[Clip, Desktop], None]
    attempt: Callable[[Desktop], None]
    proved: bool = True


@dataclass(frozen=True, slots=True)
class Copied:
    """How it was copied: `rich` is true when HTML went along, `proved` when it is known."""

    writer: str
    rich: bool
    proved: bool


def this_desktop() -> Desktop:
    return Desktop(sys.platform, os.environ)


def copy(clip: Clip, at: Desktop) -> Copied:
    """Copy by the first writer that works. Raises ClipboardError, which says why none did."""
    if not clip.text:
        raise ClipboardError("nothing to copy: the reply is empty", _STILL_THERE)
    reasons, after = [], _STILL_THERE
    for writer in available(at):
        try:
            writer.write(clip, at)
        except ClipboardError as error:
            reasons.append(f"{writer.name}: {error.message}")
            if isinstance(error, UnsureError):
                after = _UNKNOWN
            continue
        return Copied(writer.name, rich=writer.rich and bool(clip.html), proved=writer.proved)
    raise ClipboardError("; ".join(reasons) or "no clipboard found", f"{after} {_advice(at)}")


_STILL_THERE = "What was copied before is still on the clipboard."
_UNKNOWN = "The clipboard may contain other text now, so check before you paste."


def available(at: Desktop) -> tuple[Writer, ...]:
    """The writers that this desktop offers, best first."""
    return tuple(writer for writer in WRITERS if writer.here(at))


def attempts(at: Desktop) -> Iterator[tuple[Writer, str]]:
    """Those writers, each with why it can't copy now; nothing of what was copied is touched."""
    for writer in available(at):
        try:
            writer.attempt(at)
        except ClipboardError as error:
            yield writer, error.message
        else:
            yield writer, ""


def _advice(at: Desktop) -> str:
    if at.system == "linux" and not _x11(at) and not _wayland(at):
        return "Over SSH, use a terminal that supports OSC 52; on a desktop, set DISPLAY."
    return "Run `kb doctor` to test each way to copy, or print the reply with `kb reply --print`."


def _x11(at: Desktop) -> bool:
    return at.system == "linux" and bool(at.env.get("DISPLAY"))


def _wayland(at: Desktop) -> bool:
    return at.system == "linux" and bool(at.env.get("WAYLAND_DISPLAY"))


def _only_pyperclip(at: Desktop) -> bool:
    """Whether a desktop has none of the programs that the other writers call."""
    called = ("xclip", "xsel", "wl-copy", "pbcopy", "osascript", "powershell.exe", "powershell")
    has_clipboard = at.system in {"darwin", "win32", "cygwin"} or _x11(at) or _wayland(at)
    return has_clipboard and not any(map(at.has, called))


def _program(
    program: programs.Program,
    here: Callable[[Desktop], bool],
    attempt: Callable[[Desktop], None] | None = None,
) -> Writer:
    name = program.copy[0]
    return Writer(
        name,
        rich=False,
        here=lambda at: here(at) and at.has(name),
        write=programs.write(program),
        attempt=attempt or programs.attempt(program),
    )


# Those first that carry HTML, and last those that nobody can ask whether they have copied.
WRITERS: tuple[Writer, ...] = (
    Writer(
        "macOS pasteboard",
        rich=True,
        here=lambda at: at.system == "darwin" and at.has("osascript"),
        write=scripted.macos,
        attempt=scripted.try_macos,
    ),
    Writer(
        "Windows clipboard",
        rich=True,
        here=lambda at: at.system == "win32",
        write=scripted.windows,
        attempt=scripted.try_windows,
    ),
    Writer(
        "Windows clipboard (WSL)",
        rich=True,
        here=lambda at: is_wsl(at) and at.has("powershell.exe"),
        write=scripted.windows,
        attempt=scripted.try_windows,
    ),
    Writer(
        "Wayland",
        rich=True,
        here=_wayland,
        write=owner("owner_wayland"),
        attempt=try_owner("owner_wayland"),
    ),
    Writer("X11", rich=True, here=_x11, write=owner("owner_x11"), attempt=try_owner("owner_x11")),
    _program(programs.WL_COPY, _wayland, programs.try_wl_copy),
    _program(programs.XCLIP, _x11),
    _program(programs.XSEL, _x11),
    _program(programs.PBCOPY, lambda at: at.system == "darwin"),
    Writer(
        "pyperclip",  # Klipper, Qt, Cygwin, Windows without PowerShell
        rich=False,
        here=_only_pyperclip,
        write=programs.write(programs.PYPERCLIP),
        attempt=programs.try_pyperclip,
    ),
    Writer(
        "clip.exe",
        rich=False,
        here=lambda at: (is_wsl(at) or at.system == "win32") and at.has("clip.exe"),
        write=programs.clip_exe,
        attempt=lambda _: None,  # it can only be started with something to copy
        proved=False,
    ),
    Writer(
        "tmux (OSC 52)",
        rich=False,
        here=terminal.in_tmux,
        write=terminal.by_tmux,
        attempt=terminal.try_tmux,
        proved=False,
    ),
    Writer(
        "the terminal (OSC 52)",
        rich=False,
        here=terminal.may_copy,
        write=terminal.by_terminal,
        attempt=terminal.try_terminal,
        proved=False,
    ),
)
