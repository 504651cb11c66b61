"""The clipboard: a table of ways to write it, HTML and plain text together where there is one."""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cannery.clipboard.desktop import Clip, Desktop, is_wsl, macos, owner, run, windows, wl_copy
from cannery.errors import ClipboardError

_OSC52_MAX_BYTES = 74_994  # 100,000 characters of base64: what xterm and its heirs take


@dataclass(frozen=True, slots=True)
class Writer:
    """One way to the clipboard. `write` raises ClipboardError."""

    name: str
    rich: bool
    here: Callable[[Desktop], bool]
    write: Callable[[Clip, Desktop], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """How it was copied: `rich` is true when HTML went along."""

    writer: str
    rich: bool


def this_desktop() -> Desktop:
    return Desktop(sys.platform, os.environ)


def copy(clip: Clip, at: Desktop) -> Copied:
    """Copy by the first writer that works. Raises ClipboardError, which says why none did."""
    reasons = []
    for writer in available(at):
        try:
            writer.write(clip, at)
        except ClipboardError as error:
            reasons.append(f"{writer.name}: {error.message}")
            continue
        return Copied(writer.name, rich=writer.rich and bool(clip.html))
    raise ClipboardError("; ".join(reasons) or "no clipboard here", _advice(at))


def available(at: Desktop) -> tuple[Writer, ...]:
    """The writers that this desktop offers, best first."""
    return tuple(writer for writer in WRITERS if writer.here(at))


def _advice(at: Desktop) -> str:
    if at.system == "linux" and not at.env.get("DISPLAY") and not at.env.get("WAYLAND_DISPLAY"):
        return "Over SSH, use a terminal that knows OSC 52; on a desktop, set DISPLAY."
    return "Install xclip (X11) or wl-clipboard (Wayland), or use --print."


# --- terminals


def osc52(text: str, env: Mapping[str, str]) -> bytes:
    """The escape sequence that makes a terminal copy. Raises ClipboardError for a long text.

    Source: XTerm Control Sequences, "Operating System Commands", Ps = 52.
    """
    raw = text.encode()
    if len(raw) > _OSC52_MAX_BYTES:
        raise ClipboardError(
            f"{len(raw):,} bytes, and a terminal takes {_OSC52_MAX_BYTES:,} at most",
            "Use --print, and select the text in the terminal.",
        )
    sequence = b"\x1b]52;c;" + base64.b64encode(raw) + b"\x07"
    if env.get("TERM", "").startswith("screen") and "STY" in env:
        # GNU screen passes on what is wrapped in DCS, some 700 bytes at a time.
        pieces = [sequence[at : at + 700] for at in range(0, len(sequence), 700)]
        return b"".join(b"\x1bP" + piece + b"\x1b\\" for piece in pieces)
    return sequence


def _terminal(clip: Clip, at: Desktop) -> None:
    sequence = osc52(clip.text, at.env)
    try:
        with Path("/dev/tty").open("wb", buffering=0) as terminal:
            terminal.write(sequence)
    except OSError as error:
        raise ClipboardError(f"no terminal to copy through: {error.strerror}") from error


def _tmux(clip: Clip, at: Desktop) -> None:
    osc52(clip.text, {})  # the same limit: tmux hands it on to the terminal that it runs in
    run(["tmux", "load-buffer", "-w", "-"], clip.text.encode(), at)


def _over_ssh(at: Desktop) -> bool:
    return bool(at.env.get("SSH_CONNECTION") or at.env.get("SSH_TTY"))


def _headless(at: Desktop) -> bool:
    return not (at.env.get("DISPLAY") or at.env.get("WAYLAND_DISPLAY"))


def _pyperclip(clip: Clip, _: Desktop) -> None:
    import pyperclip

    try:
        pyperclip.copy(clip.text)
    except pyperclip.PyperclipException as error:
        raise ClipboardError(str(error).strip().splitlines()[0]) from error


def _pyperclip_here(at: Desktop) -> bool:
    if at.system in ("darwin", "win32"):
        return True
    programs = ("xclip", "xsel") if at.env.get("DISPLAY") else ()
    return at.system == "linux" and any(map(at.has, programs))


WRITERS: tuple[Writer, ...] = (
    Writer(
        "tmux (OSC 52)",
        rich=False,
        here=lambda at: bool(at.env.get("TMUX")) and at.has("tmux") and _headless(at),
        write=_tmux,
    ),
    Writer(
        "terminal (OSC 52)",
        rich=False,
        here=lambda at: _over_ssh(at) and _headless(at),
        write=_terminal,
    ),
    Writer(
        "macOS pasteboard",
        rich=True,
        here=lambda at: at.system == "darwin" and at.has("osascript"),
        write=macos,
    ),
    Writer("Windows clipboard", rich=True, here=lambda at: at.system == "win32", write=windows),
    Writer("Windows clipboard (WSL)", rich=True, here=is_wsl, write=windows),
    Writer(
        "Wayland",
        rich=True,
        here=lambda at: at.system == "linux" and bool(at.env.get("WAYLAND_DISPLAY")),
        write=owner("owner_wayland"),
    ),
    Writer(
        "X11",
        rich=True,
        here=lambda at: at.system == "linux" and bool(at.env.get("DISPLAY")),
        write=owner("owner_x11"),
    ),
    Writer(
        "wl-copy",
        rich=False,
        here=lambda at: bool(at.env.get("WAYLAND_DISPLAY")) and at.has("wl-copy"),
        write=wl_copy,
    ),
    Writer("pyperclip", rich=False, here=_pyperclip_here, write=_pyperclip),
)
