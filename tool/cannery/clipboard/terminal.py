"""Terminals, which copy what an escape sequence tells them (OSC 52), and never say whether."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from cannery.clipboard.desktop import Clip, Desktop, run
from cannery.errors import ClipboardError

_MAX_BYTES = 74_994  # 100,000 characters of base64: what xterm and its heirs take
_DUMB = ("", "dumb", "linux", "unknown")
_TRIAL = ["-b", "cannery-doctor"]


def osc52(text: str, env: Mapping[str, str]) -> bytes:
    """The escape sequence that makes a terminal copy. Raises ClipboardError for a long text.

    Source: XTerm Control Sequences, "Operating System Commands", Ps = 52.
    """
    raw = text.encode()
    if len(raw) > _MAX_BYTES:
        raise ClipboardError(
            f"{len(raw):,} bytes; a terminal accepts at most {_MAX_BYTES:,}",
            "Print the reply with `kb reply --print`, then select it in the terminal.",
        )
    sequence = b"\x1b]52;c;" + base64.b64encode(raw) + b"\x07"
    if env.get("TERM", "").startswith("screen") and "STY" in env:
        # GNU screen passes on what is wrapped in DCS, some 700 bytes at a time.
        pieces = [sequence[at : at + 700] for at in range(0, len(sequence), 700)]
        return b"".join(b"\x1bP" + piece + b"\x1b\\" for piece in pieces)
    return sequence


def may_copy(at: Desktop) -> bool:
    """Whether a terminal may know the sequence: over SSH, in a container, beside a dead display.

    Those of Linux' own console and of editors (`dumb`) don't.
    """
    is_elsewhere = any(at.env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "STY"))
    return is_elsewhere or (at.system == "linux" and at.env.get("TERM", "") not in _DUMB)


def in_tmux(at: Desktop) -> bool:
    return bool(at.env.get("TMUX")) and at.has("tmux")


def by_terminal(clip: Clip, at: Desktop) -> None:
    _send(osc52(clip.text, at.env))


def try_terminal(_: Desktop) -> None:
    """Whether there is a terminal at all."""
    _send(b"")


def _send(sequence: bytes) -> None:
    try:
        with Path("/dev/tty").open("wb", buffering=0) as terminal:
            terminal.write(sequence)
    except OSError as error:
        raise ClipboardError(f"no terminal to copy through: {error.strerror}") from error


def by_tmux(clip: Clip, at: Desktop) -> None:
    osc52(clip.text, {})  # the same limit: tmux hands it on to the terminal that it runs in
    run(["tmux", "load-buffer", "-w", "-"], clip.text.encode(), at)


def try_tmux(at: Desktop) -> None:
    """A buffer of its own, which tmux does not hand on to the terminal."""
    run(["tmux", "load-buffer", *_TRIAL, "-"], b"kb doctor", at)
    run(["tmux", "delete-buffer", *_TRIAL], b"", at)
