"""What versions of files said, by Git's ids of them: read once, and kept in the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from cannery.content.cachefile import load, store
from cannery.content.library import read
from cannery.git.blobs import Blobs
from cannery.insight.knowledge.replay import Edition
from cannery.model.entry import Article, Macro
from cannery.model.event import Listener, counting, ignore
from cannery.util.state import text
from cannery.workspace import Workspace

_FILE = "editions.json"
_FORMAT = 2
_BATCH = 500  # files that are in memory at a time
_MOST = 200_000  # kept


def load_editions(
    workspace: Workspace, wanted: Mapping[str, str], listener: Listener = ignore
) -> Mapping[str, Edition]:
    """What each wanted blob says; `wanted` has a path by a blob's id. Raises GitError."""
    path, marks = workspace.cache / _FILE, repr(workspace.settings.reading)
    nothing: tuple[str, dict[str, Edition]] = ("", {})
    written, known = load(path, _FORMAT, _sound, nothing)
    if written != marks:
        known = {}
    unread = [blob for blob in wanted if blob not in known]
    if not unread:
        return known
    found = dict(counting(_read(workspace, wanted, unread), len(unread), "Reading", listener))
    kept = [*{**known, **found}.items()][-_MOST:]
    store(path, _FORMAT, [marks, {blob: [*edition] for blob, edition in kept}])
    return {**known, **found}


def _read(
    workspace: Workspace, wanted: Mapping[str, str], unread: list[str]
) -> Iterator[tuple[str, Edition]]:
    for begin in range(0, len(unread), _BATCH):
        blobs = Blobs(workspace.root)
        blobs.load(unread[begin : begin + _BATCH])
        for blob, raw in blobs.items():
            yield blob, _edition(workspace, wanted[blob], raw or b"")


def _edition(workspace: Workspace, path: str, raw: bytes) -> Edition:
    item = read(path, raw, workspace.settings).item
    if not isinstance(item, Article | Macro):
        return Edition(body=_digest(raw.decode("utf-8", "replace")))
    header = item.header
    return Edition(
        header.status.value,
        header.reviewed.toordinal() if header.reviewed else 0,
        header.review_every.days if header.review_every else 0,
        _digest(item.body),
        header.redirect_from,
        " ".join((header.title, *header.keywords)),
    )


def _digest(body: str) -> str:
    """Of the words: spaces don't count."""
    words = " ".join(body.split()).encode("utf-8", "surrogatepass")
    return blake2b(words, digest_size=8).hexdigest()


def _sound(data: Any) -> tuple[str, dict[str, Edition]]:  # noqa: ANN401 - what a file may hold
    marks, rows = data
    return text(marks), {
        text(blob): Edition(
            text(status),
            int(reviewed),
            int(days),
            text(body),
            tuple(map(text, earlier)),
            text(words),
        )
        for blob, (status, reviewed, days, body, earlier, words) in rows.items()
    }
