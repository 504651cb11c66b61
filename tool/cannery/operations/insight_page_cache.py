"""Pages of figures kept until what they are made of changes: 48,000 tickets take 7 s to count.

What isn't committed yet is no reason to count again: each edit would cost a site's rebuild as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import blake2b
from typing import Any

from cannery import __version__
from cannery.content.cachefile import load, store
from cannery.content.measure_pages import measure_paths
from cannery.git.repository import GitError
from cannery.git.run import attempt
from cannery.model.figure_page import FigurePage
from cannery.operations.insight_store import EVENTS
from cannery.util import state
from cannery.util.tidy import LINES
from cannery.workspace import Workspace

_FORMAT = 1
_NAME = "insight-pages.json"
Pages = tuple[FigurePage, ...]


def kept_pages(workspace: Workspace, languages: Sequence[str], make: Callable[[], Pages]) -> Pages:
    """The pages that were made of the same data, settings and texts, or new ones."""
    path, key = workspace.cache / _NAME, _key(workspace, languages)
    nothing: tuple[str, Pages] = "", ()
    known, pages = load(path, _FORMAT, _restored, nothing)
    if known == key:
        return pages
    pages = make()
    if _key(workspace, languages) == key:  # the first look writes down what it was defined by
        store(path, _FORMAT, [key, [_plain(page) for page in pages]])
    return pages


def _key(workspace: Workspace, languages: Sequence[str]) -> str:
    """Cache key: BLAKE2b-128 of all that the pages depend on."""
    settings = workspace.settings
    parts = [
        __version__,
        repr((settings.name, settings.default_language, settings.insight, tuple(languages))),
        *_stamps(workspace),
        _commit(workspace),
        str(date.today()),  # noqa: DTZ011 - reviews are due on days of the user's
    ]
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _stamps(workspace: Workspace) -> Iterator[str]:
    """Of the database, of what was sought, sent and voted here, and of the team's pages."""
    local = [workspace.state / name for name in (EVENTS, f"{EVENTS}-wal", *LINES)]
    for path in (*local, *(workspace.root / name for name in measure_paths(workspace))):
        if path.is_file():
            at = path.stat()
            yield f"{path} {at.st_size} {at.st_mtime_ns}"


def _commit(workspace: Workspace) -> str:
    """What the figures of the knowledge base's past are of; empty without a repository."""
    try:
        status, out, _ = attempt(workspace.root, "rev-parse", "HEAD")
    except GitError:  # the look at the past tells the reason
        return ""
    return out.decode("ascii", "replace") if status == 0 else ""


def _plain(page: FigurePage) -> dict[str, Any]:
    return {**asdict(page), "files": {name: data.decode() for name, data in page.files.items()}}


def _restored(data: Any) -> tuple[str, Pages]:  # noqa: ANN401 - what a file may hold
    key, pages = data
    return state.text(key), tuple(map(_page, pages))


def _page(data: Any) -> FigurePage:  # noqa: ANN401 - likewise
    text = state.text
    return FigurePage(
        path=text(data["path"]),
        language=text(data["language"]),
        title=text(data["title"]),
        summary=text(data["summary"]),
        values=dict(data["values"]),
        body=text(data["body"]),
        above=[(text(path), text(title)) for path, title in data["above"]],
        files={text(name): text(content).encode() for name, content in data["files"].items()},
        source=text(data["source"]),
    )
