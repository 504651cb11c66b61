"""The user's own editor, $VISUAL or $EDITOR: it takes the terminal over while it runs."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from cannery.errors import CanneryError
from cannery.util.atomic import temporary_file
from cannery.util.local import text_of
from cannery.util.seen import shows_nothing
from cannery.util.sweep import EDITED

_DEFAULT = "notepad" if sys.platform == "win32" else "vi"
_GOTO = ("code", "code-insiders", "codium", "cursor", "windsurf")
_PLUS = ("vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "kak", "micro", "joe", "ne")
_COLON = ("hx", "helix", "subl", "zed")


def open_editor(path: Path, line: int = 1) -> None:
    """Run the editor on the file, at a 1-based line. Raises CanneryError if it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _DEFAULT
    try:
        words = shlex.split(editor)
        code = subprocess.call([*words, *_at_line(Path(words[0]).stem, path, line)])
    except (OSError, ValueError, IndexError) as error:
        raise CanneryError(f"{editor}: {error}", f"Set EDITOR. The text is in {path}.") from error
    if code:
        raise CanneryError(f"{editor} exited with code {code}", f"The text is in {path}.")


def edit_text(text: str) -> str:
    """The text as its author leaves it. If the editor fails, the temporary file stays.

    Raises CanneryError for a failed editor, an unreadable file, and a text that was emptied.
    """
    path = temporary_file(f"{EDITED}{os.getpid()}-", ".md", text.encode())
    open_editor(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CanneryError(f"{path} can't be read: {error}") from error
    edited = text_of(raw, str(path))
    path.unlink()
    if shows_nothing(edited):
        raise CanneryError("the text is empty", "Nothing was copied.")
    return edited


def _at_line(editor: str, path: Path, line: int) -> list[str]:
    """The arguments that open a file at a line; the file alone for an unknown editor."""
    if line > 1 and editor in _PLUS:
        return [f"+{line}", str(path)]
    if line > 1 and editor in _COLON:
        return [f"{path}:{line}"]
    if editor in _GOTO:
        return ["--wait", "--goto", f"{path}:{line}"]
    return [str(path)]
