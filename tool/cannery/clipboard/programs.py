"""Programs that copy plain text. What they say of that is not believed: it is read back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cannery.clipboard.desktop import Clip, Desktop, NoAnswerError, UnsureError, hand_over, run
from cannery.errors import ClipboardError

_PAUSES = (0.05, 0.25)  # seconds


@dataclass(frozen=True, slots=True)
class Program:
    """How to call it: to copy and read back, and the same without touching what was copied."""

    copy: Sequence[str]
    read: Sequence[str]
    try_copy: Sequence[str] = ()
    try_read: Sequence[str] = ()


def write(program: Program) -> Callable[[Clip, Desktop], None]:
    """Copy with it. Raises ClipboardError, an UnsureError if reading back gives another text."""
    return lambda clip, at: _confirmed(program.copy, program.read, clip.text, at)


def attempt(program: Program) -> Callable[[Desktop], None]:
    """Copy to a selection that nobody uses, and read that back. Raises ClipboardError."""
    return lambda at: _confirmed(program.try_copy, program.try_read, "kb doctor", at)


def _confirmed(copy: Sequence[str], read: Sequence[str], text: str, at: Desktop) -> None:
    hand_over([*copy], text.encode(), at)
    try:
        found = _read_back(read, at)
    except ClipboardError as error:
        raise UnsureError(
            f"{copy[0]} copied, but the result could not be checked: {error.message}"
        ) from error
    if found.decode(errors="replace").rstrip("\n") != text.rstrip("\n"):
        raise UnsureError(f"{copy[0]} reported a copy, but the clipboard contains other text")


def _read_back(read: Sequence[str], at: Desktop) -> bytes:
    """What the clipboard holds. Who owns it now has just gone to the background: asked again."""
    for pause in _PAUSES:
        try:
            return run([*read], b"", at)
        except NoAnswerError:
            raise
        except ClipboardError:
            time.sleep(pause)
    return run([*read], b"", at)


def clip_exe(clip: Clip, at: Desktop) -> None:
    """Windows' own, where PowerShell is not allowed: it reads UTF-16, and nothing reads it back."""
    text = clip.text.replace("\r\n", "\n").replace("\n", "\r\n")
    hand_over(["clip.exe"], text.encode("utf-16-le"), at)


def try_wl_copy(at: Desktop) -> None:
    """Ask the compositor what it holds: both selections of Wayland are in use."""
    try:
        run(["wl-paste", "--list-types"], b"", at)
    except ClipboardError as error:
        if not any(text in error.message for text in _NOTHING_COPIED):
            raise


def try_pyperclip(at: Desktop) -> None:
    """Ask it what the clipboard holds: it knows no other place to copy to."""
    run([*PYPERCLIP.read], b"", at)


_NOTHING_COPIED = ("Nothing is copied", "No selection")

WL_COPY = Program(("wl-copy", "--type", "text/plain;charset=utf-8"), ("wl-paste", "--no-newline"))
# X11 has a selection that no program of today uses. xclip ends when it has been asked once.
XCLIP = Program(
    ("xclip", "-selection", "clipboard"),
    ("xclip", "-selection", "clipboard", "-out", "-target", "UTF8_STRING"),
    ("xclip", "-selection", "secondary", "-loops", "1"),
    ("xclip", "-selection", "secondary", "-out", "-target", "UTF8_STRING"),
)
XSEL = Program(
    ("xsel", "--clipboard", "--input"),
    ("xsel", "--clipboard", "--output"),
    ("xsel", "--secondary", "--input", "--selectionTimeout", "2000"),
    ("xsel", "--secondary", "--output"),
)
PBCOPY = Program(
    ("pbcopy",), ("pbpaste",), ("pbcopy", "-pboard", "ruler"), ("pbpaste", "-pboard", "ruler")
)
_PYPERCLIP = (sys.executable, "-P", "-m", "cannery.clipboard.with_pyperclip")
PYPERCLIP = Program((*_PYPERCLIP, "copy"), (*_PYPERCLIP, "paste"))
