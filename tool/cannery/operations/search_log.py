"""Searches that led to nothing, kept on this machine: their words, masked, and when it was.

Of who searched, and for which ticket, there is nothing. It never fails a search, and no search
waits for it.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cannery.util import dated_lines, trust
from cannery.util.tidy import SEARCHES
from cannery.workspace import Workspace

FIND, PICKER = "find", "picker"


class LostSearch(NamedTuple):
    """A search at `time` (seconds) that found nothing, or of whose hits none was chosen.

    `where` is FIND or PICKER; `found` is how many hits there were. `then` is the id of the entry
    that the next search led to, right after it; empty if none did.
    """

    time: int
    where: str
    words: str
    found: int = 0
    then: str = ""


def is_kept(workspace: Workspace) -> bool:
    """Whether the user and the knowledge base let searches be kept."""
    return bool(workspace.memory_days) and workspace.settings.insight.searches


def lost(where: str, words: str, found: int = 0, then: str = "") -> LostSearch:
    """One of this moment."""
    return LostSearch(int(time.time()), where, words, found, then)


def keep_beside(workspace: Workspace, searches: Sequence[LostSearch]) -> None:
    """Keep them in a process of its own, so that nothing waits for it."""
    if not searches or not is_kept(workspace):
        return
    from cannery.util.detached import can_detach, detached, run_detached

    if can_detach():
        detached(lambda: keep(workspace, searches))
    else:
        rows = [search._asdict() for search in searches]
        data = json.dumps({"root": str(workspace.root), "searches": rows})
        run_detached(__name__, keep_sent.__name__, data.encode())


def keep_sent(data: bytes) -> None:
    """Keep what `keep_beside` sends to another process."""
    from cannery.workspace import open_workspace

    sent = json.loads(data)
    workspace = open_workspace(Path(sent["root"]), to_read=True)
    keep(workspace, [_read(**row) for row in sent["searches"]])


def keep(workspace: Workspace, searches: Sequence[LostSearch]) -> None:
    """Mask and write them, as far as they may be kept."""
    from cannery.operations.search_words import masked_words

    if not is_kept(workspace):
        return
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        trust.make(workspace.state)
        for search in searches:
            if words := masked_words(search.words):
                dated_lines.append(_file(workspace), search._replace(words=words)._asdict())


def lost_searches(workspace: Workspace) -> Iterator[LostSearch]:
    """What is kept, the oldest first; nothing if the file is missing or not to be read."""
    with contextlib.suppress(OSError):  # a convenience, as the rest of the memory
        for row in dated_lines.rows(_file(workspace)):
            with contextlib.suppress(TypeError, ValueError):  # of another version
                yield _read(**row)


def _read(**row: object) -> LostSearch:
    search = LostSearch(**row)  # type: ignore[arg-type]
    texts = (search.where, search.words, search.then)
    if not all(isinstance(text, str) for text in texts) or not isinstance(search.found, int):
        raise TypeError(row)
    return search._replace(time=int(search.time))


def _file(workspace: Workspace) -> Path:
    trust.refuse(workspace.state)
    return workspace.state / SEARCHES
