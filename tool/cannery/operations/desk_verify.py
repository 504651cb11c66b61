"""A desk is asked how it fills macros in for a ticket, which is held against our own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import Variants, catalogue, resolve
from cannery.errors import CanneryError, NotFoundError, UsageError
from cannery.exchange.desks.desk import Oracle
from cannery.exchange.desks.lock import Agreed
from cannery.exchange.desks.seen_lines import seen_lines
from cannery.model.event import Listener, counting, ignore
from cannery.model.location import Kind
from cannery.operations.desk_connect import open_desk
from cannery.operations.desk_entries import read_entry
from cannery.operations.desk_lock import load_known
from cannery.operations.desk_settings import find_desk
from cannery.reply.ticket import read_answer
from cannery.rest.client import RestError
from cannery.workspace import Workspace

_GONE = 404


class VerifyQuery(NamedTuple):
    """Which desk's macros, by entry, all that are there if empty; and for which ticket."""

    name: str
    ticket: str
    entries: Sequence[str] = ()


class Verdict(NamedTuple):
    """A macro as both fill it in, as HTML. `why` says what is wrong where one of them can't.

    Both are the same if a customer sees the same, whatever tags it is written with.
    """

    id: str
    ours: str = ""
    theirs: str = ""
    why: str = ""

    @property
    def is_same(self) -> bool:
        return not self.why and seen_lines(self.ours) == seen_lines(self.theirs)


def verify(workspace: Workspace, query: VerifyQuery, listener: Listener = ignore) -> list[Verdict]:
    """Compare the chosen macros. Nothing is changed, here or there.

    Raises NotFoundError for names, UsageError for a desk that can't be asked, RestError.
    """
    kind = find_desk(workspace, query.name)[1]
    if kind.oracle is None or kind.tickets is None:
        raise UsageError(f"{kind.title} can't be asked how it fills a macro in", "")
    known = load_known(workspace, query.name).lock
    entries = catalogue(workspace, scan(workspace))
    ids = [id_ for id_ in _ids(workspace, query, known.entries) if id_ in entries]
    with open_desk(workspace, query.name, listener, known) as connection:
        oracle = kind.oracle(connection.opening)
        ticket = kind.tickets(connection.opening).fetch(query.ticket)
        facts = read_answer(ticket, query.ticket)
        asking = _Asking(
            workspace, oracle, query.ticket, {"ticket": facts, "agent": oracle.agent()}
        )
        return [
            asking.verdict(entries[id_], known.entries[id_].record)
            for id_ in counting(ids, len(ids), f"Asking {query.name}", listener)
        ]


def _ids(workspace: Workspace, query: VerifyQuery, locked: Mapping[str, Agreed]) -> list[str]:
    """The entries to look at. Raises NotFoundError for one that is not at the desk."""
    if not query.entries:
        return [id_ for id_ in sorted(locked) if id_.startswith("macros/")]
    scanned = scan(workspace)
    found = [resolve(workspace, scanned, name, Kind.MACRO).id for name in query.entries]
    for id_ in found:
        if id_ not in locked:
            hint = f"Send it first: `kb desk push {query.name} {id_}`."
            raise NotFoundError(f"{id_} has not been sent to {query.name}", hint)
    return found


class _Asking(NamedTuple):
    """Both sides, and what is known of the ticket and the agent."""

    workspace: Workspace
    oracle: Oracle
    ticket: str
    context: Mapping[str, object]

    def verdict(self, entry: Variants, record: str) -> Verdict:
        read = read_entry(self.workspace, entry)
        if read.family is None:
            return Verdict(entry.id, why=read.why or "it does not go out any more")
        try:
            theirs = self.oracle.rendered(record, self.ticket)
        except RestError as error:
            if error.code != _GONE:
                raise
            return Verdict(entry.id, why="the desk does not have it any more")
        try:
            return Verdict(entry.id, self.oracle.expected(read.family, self.context), theirs)
        except CanneryError as error:  # a value that the ticket lacks, as a rule
            return Verdict(entry.id, "", theirs, error.message)
