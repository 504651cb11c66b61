"""The bodies of the entries that a search shows, each file read once per search."""

from __future__ import annotations

import re
from functools import lru_cache

from cannery.content.files import read_bytes
from cannery.content.split import split
from cannery.errors import ContentError
from cannery.util.encoding import decoded
from cannery.util.plain import printable
from cannery.util.text import fold
from cannery.workspace import Workspace

# What may stand between two words of a phrase, and within a Japanese one: marks, the address of a
# link, a tag. Atomic groups: a hostile page must not cause backtracking.
_BETWEEN = r"(?>(?>\]\([^()\s]*\)|<[^<>]{0,200}>|[\W_])+)"
_WITHIN = r"(?>(?>\]\([^()\s]*\)|<[^<>]{0,200}>|[\[\]*_`~])*)"
_WORD = re.compile(r"[^\W_]+")


class Bodies:
    """Reads files as they are now, and caches their text for the length of one search."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._texts: dict[str, str | None] = {}

    def body(self, path: str) -> str | None:
        """The Markdown below the front matter; None if the file can't be read any more."""
        text = self._text(path)
        return None if text is None else printable(split(text).body)

    def holds(self, path: str, phrase: str) -> bool:
        """Whether the words of a phrase are adjacent somewhere in the file."""
        text = self._text(path)
        return text is not None and _phrase(phrase).search(fold(text)) is not None

    def has(self, path: str, piece: str) -> bool:
        """Whether a piece of a command stands in the file as it is, by itself."""
        text = self._text(path)
        pattern = rf"(?<![\w-]){re.escape(fold(piece))}(?!\w)"
        return text is not None and re.search(pattern, fold(text)) is not None

    def _text(self, path: str) -> str | None:
        if path not in self._texts:
            try:
                text = decoded(read_bytes(self._workspace, path), "replace")
            except ContentError:
                self._texts[path] = None
            else:
                self._texts[path] = text.replace("\0", "\ufffd")
        return self._texts[path]


@lru_cache(maxsize=16)
def _phrase(phrase: str) -> re.Pattern[str]:
    words = _WORD.findall(fold(phrase))
    spread = (word if word.isascii() else _WITHIN.join(map(re.escape, word)) for word in words)
    return re.compile(_BETWEEN.join(spread))
