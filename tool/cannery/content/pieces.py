"""Files that other pages take in, by the names that site generators give them."""

from __future__ import annotations

from pathlib import PurePosixPath

_FOLDERS = frozenset({
    "_fragments", "_includes", "_partials", "_shared", "_snippets", "_templates", "fragments",
    "include", "includes", "partials", "snippets",
})  # fmt: skip


def is_piece(path: str) -> bool:
    """Whether a file is, by its name, a piece of other pages: `_note.md`, `includes/note.md`.

    An `_index.md` is the page of its folder, and the pages of Jekyll lie in `_posts`.
    """
    *folders, name = PurePosixPath(path.lower()).parts
    is_index = name.startswith(("_index.", "__"))
    return (name.startswith("_") and not is_index) or not _FOLDERS.isdisjoint(folders)
