"""The user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from cannery.errors import CanneryError

_DEFAULT = "notepad" if sys.platform == "win32" else "vi"
_GOTO = ("code", "code-insiders", "codium", "cursor", "windsurf")
_PLUS = ("vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "kak", "micro", "joe", "ne")
_COLON = ("hx", "helix", "subl", "zed")


def open_editor(path: Path, line: int = 1) -> None:
    """Let the user's editor have the file, at a line. Raises CanneryError where it fails."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _DEFAULT
    try:
        words = shlex.split(editor)
        code = subprocess.call([*words, *_at_line(Path(words[0]).stem, path, line)])
    except (OSError, ValueError, IndexError) as error:
        raise CanneryError(f"{editor}: {error}", f"Set EDITOR. The text is in {path}.") from error
    if code:
        raise CanneryError(f"{editor} ended with {code}", f"The text is in {path}.")


def _at_line(editor: str, path: Path, line: int) -> list[str]:
    """How an editor is told where to begin; the file alone for one that is unknown."""
    if line > 1 and editor in _PLUS:
        return [f"+{line}", str(path)]
    if line > 1 and editor in _COLON:
        return [f"{path}:{line}"]
    if editor in _GOTO:
        return ["--wait", "--goto", f"{path}:{line}"]
    return [str(path)]
