"""The bodies of the entries that a search shows, each read once."""

from __future__ import annotations

from unicodedata import normalize

from cannery.content.files import read_bytes
from cannery.content.split import split
from cannery.errors import ContentError
from cannery.search.plain import plain
from cannery.workspace import Workspace


class Bodies:
    """Reads files as they are now, and remembers them as long as a search takes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._texts: dict[str, str | None] = {}

    def body(self, path: str) -> str | None:
        """The Markdown below the front matter; None where the file is gone."""
        text = self._text(path)
        return None if text is None else split(text).body

    def holds(self, path: str, phrase: str) -> bool:
        """Whether the phrase stands in the file as it was typed, marks of Markdown aside."""
        text, wanted = self._text(path), _comparable(phrase)
        return text is not None and (
            wanted in _comparable(text) or wanted in _comparable(plain(split(text).body))
        )

    def _text(self, path: str) -> str | None:
        if path not in self._texts:
            try:
                text = read_bytes(self._workspace, path).decode("utf-8", "replace")
            except ContentError:
                self._texts[path] = None
            else:
                self._texts[path] = text.replace("\0", "\ufffd")
        return self._texts[path]


def _comparable(text: str) -> str:
    return " ".join(normalize("NFKC", text).lower().split())
