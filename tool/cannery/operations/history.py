"""Who changed an entry, when and why; and who has written which line."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.content.files import scan
from cannery.content.library import resolve
from cannery.git.clone import open_local
from cannery.git.history import Line, Revision, Row, differences, lines, revisions
from cannery.workspace import Workspace


def history(workspace: Workspace, name: str) -> Iterator[tuple[str, Revision]]:
    """The commits that changed an entry, the newest first, in each of its languages in turn.

    Yields the language with each.
    """
    checkout = open_local(workspace.root)
    for at in resolve(workspace, scan(workspace), name).by_language.values():
        for revision in revisions(checkout, at.path):
            yield at.language, revision


def patches(workspace: Workspace, name: str) -> Iterator[Row]:
    """What each of these commits changed, word by word, as lines of marked pieces."""
    checkout = open_local(workspace.root)
    for at in resolve(workspace, scan(workspace), name).by_language.values():
        yield from differences(checkout, at.path)


def blame(workspace: Workspace, name: str, language: str = "") -> list[Line]:
    """The lines of an entry's variant, each with its last author."""
    entry = resolve(workspace, scan(workspace), name)
    path = entry.choose((language,), workspace.settings).path
    return [*lines(open_local(workspace.root), path)]
