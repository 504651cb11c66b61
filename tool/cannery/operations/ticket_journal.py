"""Answers that were sent to tickets, or may have been: what keeps one from being sent twice.

It holds digests, and nothing of a customer: it is kept whatever the user's memory is set to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from cannery.exchange.desks.imprint import Imprint, imprints
from cannery.model.desk import Answer
from cannery.util import state, trust
from cannery.util.lock import alone
from cannery.workspace import Workspace

_FILE = "answers-sent.json"
_DAYS = 30
_MOST = 2000


class Entry(NamedTuple):
    """An answer, written down before it is sent. `is_done` once the desk has confirmed it.

    `ticket` and `content` are digests: of the ticket's address, and of all that the answer says.
    `since` is the desk's time before it was sent, `time` ours in seconds.
    """

    key: str
    ticket: str
    content: str
    how: str
    imprints: tuple[Imprint, ...]
    since: str
    time: float
    is_done: bool = False


def entry_of(answer: Answer, ticket: str, since: str) -> Entry:
    """The entry of an answer that is about to be sent; `ticket` is its address at the desk."""
    said = (answer.how, answer.text, answer.html, answer.subject, repr(sorted_map(answer.actions)))
    return Entry(
        answer.key,
        digest(ticket),
        digest(ticket, *said),
        answer.how,
        imprints((answer.html, answer.text, answer.markdown)),
        since,
        time.time(),
    )


def digest(*texts: str) -> str:
    data = "\0".join(texts).encode(errors="surrogatepass")
    return blake2b(data, digest_size=16).hexdigest()


def sorted_map(value: object) -> object:
    """The value with its mappings in one order."""
    if isinstance(value, dict):
        return [(str(key), sorted_map(value[key])) for key in sorted(value, key=str)]
    return value


class Journal:
    """The entries of one knowledge base; who has it open is alone with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, Entry] = state.load_kept(path, _entries, {})

    def of_ticket(self, ticket: str) -> list[Entry]:
        """The entries of a ticket's address, the oldest first."""
        wanted = digest(ticket)
        return sorted(
            (one for one in self._entries.values() if one.ticket == wanted),
            key=lambda one: one.time,
        )

    def put(self, entry: Entry) -> None:
        """Write an entry down such that it outlives a power cut. Raises OSError."""
        self._store({**self._entries, entry.key: entry})

    def drop(self, entry: Entry) -> None:
        self._store({key: one for key, one in self._entries.items() if key != entry.key})

    def _store(self, entries: dict[str, Entry]) -> None:
        since = time.time() - _DAYS * 86_400
        lasting = [one for one in entries.values() if one.time > since]
        newest = sorted(lasting, key=lambda one: one.time)[-_MOST:]
        state.store(self._path, [[*one] for one in newest], sync=True)
        self._entries = {one.key: one for one in newest}


@contextmanager
def opened(workspace: Workspace, waiting: Callable[[str], None]) -> Iterator[Journal]:
    """The journal, alone among all processes that answer tickets.

    Raises StateError for a journal that can't be read, BusyError where another takes too long,
    and OSError.
    """
    trust.make(workspace.state)
    path = workspace.state / _FILE
    with alone(path.with_name(f".{_FILE}.lock"), "reply --send", waiting):
        yield Journal(path)


def _entries(data: Any) -> dict[str, Entry]:  # noqa: ANN401 - what a file may hold
    return {one.key: one for one in map(_entry, data)}


def _entry(row: list[Any]) -> Entry:
    *texts, prints, since, at, is_done = row
    key, ticket, content, how = map(state.text, texts)
    return Entry(key, ticket, content, how, _prints(prints), state.text(since), float(at), is_done)


def _prints(rows: Iterable[list[Any]]) -> tuple[Imprint, ...]:
    return tuple(Imprint(state.text(text), int(count)) for text, count in rows)
