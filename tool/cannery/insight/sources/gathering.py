"""Pieces of an export, put together by ticket: in a file that SQLite deletes when it is closed.

Exports name what happened, tickets and people in lists of their own, which may be larger than
memory; who wrote a message is told by a list that may come last.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from cannery.insight.sources import course
from cannery.insight.sources.moment import GONE, SOLVED, Moment, Rank, Ticket, Told
from cannery.insight.sources.source import Reading
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

_TABLES = """
CREATE TABLE ticket (
    id TEXT PRIMARY KEY, created INTEGER, updated INTEGER, requester TEXT, status TEXT,
    section TEXT, organization TEXT, attributes TEXT, text TEXT
) WITHOUT ROWID;
CREATE TABLE moment (
    ticket TEXT, key TEXT, at INTEGER, seq INTEGER, what INTEGER, who TEXT, detail TEXT,
    before TEXT, value REAL, rank INTEGER,
    PRIMARY KEY (ticket, key)
) WITHOUT ROWID;
CREATE TABLE organization (id TEXT PRIMARY KEY, attributes TEXT) WITHOUT ROWID;
"""
_MOST_MOMENTS = 20_000  # of one ticket
_MOST_PEOPLE = 1_000_000
_AHEAD = 86_400  # seconds by which a desk's clock may be fast
_OPENING = 1  # seconds after its creation in which a ticket's history begins
_NO_TIME = "a ticket is solved, but the export does not tell when: its history is in another list"


class Gathering:
    """What was told so far. Close it.

    `agents` are the ids of the team's people, `assigned` those of whom tickets were given to;
    `sections` the names of groups by their ids. Without
    any agents it is taken that whoever writes in somebody else's ticket is one. `is_part`: more of
    the same tickets was told before, or comes after. `has_openers`: the message that opens a ticket
    stands among the others. `has_states`: a ticket is told as it stands, whole, which replaces how
    it stood before.
    """

    def __init__(
        self,
        reading: Reading,
        *,
        is_part: bool = False,
        has_openers: bool = False,
        has_states: bool = False,
    ) -> None:
        self.is_part, self._has_openers, self._has_states = is_part, has_openers, has_states
        self.agents: set[str] = set()
        self.sections: dict[str, str] = {}
        self._reading = reading
        self._latest = int(time.time()) + _AHEAD
        self.assigned: set[str] = set()
        self._seq = 0
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")

    def close(self) -> None:
        self._database.close()

    def ticket(self, ticket: Ticket) -> None:
        """Take a ticket; of two the one with the later `updated_at` holds, as far as it tells."""
        if ticket.created_at is not None and ticket.created_at > self._latest:
            self._reading.leave_out(0, "a time that lies ahead")
            return
        self._database.execute(
            "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " created = coalesce(excluded.created, created), updated = excluded.updated,"
            " requester = coalesce(nullif(excluded.requester, ''), requester),"
            " status = coalesce(nullif(excluded.status, ''), status),"
            " section = coalesce(nullif(excluded.section, ''), section),"
            " organization = excluded.organization,"
            " attributes = excluded.attributes, text = excluded.text"
            " WHERE excluded.updated >= updated",
            (
                ticket.id, ticket.created_at, ticket.updated_at, ticket.requester, ticket.status,
                ticket.section, ticket.organization, json.dumps(dict(ticket.attributes)),
                ticket.text,
            ),
        )  # fmt: skip

    def agent(self, id_: str) -> None:
        """Take somebody of the team."""
        _add(self.agents, id_)

    def moments(self, moments: Iterable[Moment]) -> None:
        """Take what happened; a moment that is told again, by its key, replaces itself."""
        self._database.executemany(
            "INSERT OR REPLACE INTO moment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._rows(moments),
        )

    def _rows(self, moments: Iterable[Moment]) -> Iterator[tuple[object, ...]]:
        for moment in moments:
            if moment.at > self._latest:
                self._reading.leave_out(0, "a time that lies ahead")
                continue
            if moment.what is EventKind.ASSIGNED and moment.detail:
                _add(self.assigned, moment.detail)
            self._seq += 1
            ticket, key, at, *rest = moment
            yield ticket, key, at, self._seq, *rest

    def organization(self, id_: str, attributes: Mapping[str, str]) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO organization VALUES (?, ?)", (id_, json.dumps(dict(attributes)))
        )

    def records(self) -> Iterator[TicketRecord]:
        """All tickets that anything is told of."""
        for id_, moments in self._by_ticket():
            ticket = self._ticket(id_)
            if record := self._record(ticket, moments):
                yield record

    def _by_ticket(self) -> Iterator[tuple[str, list[Moment]]]:
        """Each ticket with its moments in the order of their times, also one without any."""
        rows = self._database.execute(
            "SELECT ticket, key, at, what, who, detail, before, value, rank, seq FROM moment"
            " UNION ALL SELECT id, '', 0, 0, '', '', '', NULL, 0, 0 FROM ticket ORDER BY ticket"
        )
        for id_, of_ticket in groupby(rows, key=lambda row: row[0]):
            found = [*islice((row for row in of_ticket if row[3]), _MOST_MOMENTS + 1)]
            if len(found) > _MOST_MOMENTS:
                self._reading.leave_out(0, f"a ticket of more than {_MOST_MOMENTS:,} events")
                continue
            told = sorted(found, key=lambda row: (row[2], row[9]))
            yield id_, [_moment(row) for row in told]

    def _ticket(self, id_: str) -> Ticket:
        row = self._database.execute("SELECT * FROM ticket WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return Ticket(id_)
        _, created, updated, requester, status, section, organization, own, text = row
        attributes = self._attributes(section, organization, own)
        return Ticket(id_, created, updated, requester, status, attributes=attributes, text=text)

    def _attributes(self, section: str, organization: str, own: str) -> Mapping[str, str]:
        row = self._database.execute(
            "SELECT attributes FROM organization WHERE id = ?", (organization,)
        ).fetchone()
        found = {**(json.loads(row[0]) if row else {}), **json.loads(own)}
        if section:
            found.setdefault("section", self.sections.get(section, section))
        return found

    def _record(self, ticket: Ticket, moments: list[Moment]) -> TicketRecord | None:
        """What is told of a ticket; None for one whose course is not told enough."""
        updated = max([ticket.updated_at, *(moment.at for moment in moments)])
        if ticket.status == GONE:
            return TicketRecord(ticket.id, (), updated_at=updated)
        moments = [one for one in moments if not self._is_useless(one, ticket)]
        if self._has_openers:
            moments = _without_opener(moments, ticket)
        told = [one for one in moments if course.family(one) == course.STATES]
        if ticket.status == SOLVED and not told and not self.is_part:
            self._reading.leave_out(0, _NO_TIME)
            return None
        found = [*course.events(moments, lambda who: self._is_agent(who, ticket.requester))]
        if ticket.created_at is not None:
            found.insert(0, TicketEvent(ticket.created_at, EventKind.CREATED))
        return TicketRecord(
            ticket.id,
            found,
            ticket.attributes,
            not self.is_part and _is_whole(ticket, told),
            updated,
            ticket.text,
            self._is_state(ticket, told),
        )

    def _is_state(self, ticket: Ticket, told: list[Moment]) -> bool:
        """Whether a record is how a ticket stood, without the history that led there."""
        if self.is_part or ticket.created_at is None:
            return False
        is_told = bool(told) or (self._has_states and bool(ticket.status))
        return is_told and all(one.rank is Rank.SUMMARY for one in told)

    def _is_useless(self, moment: Moment, ticket: Ticket) -> bool:
        """Whether a summary tells of a solution that stands no more, or of a known reply.

        Its first reply is told to the minute alone: of what is told in parts, replies are exact.
        """
        if moment.rank is not Rank.SUMMARY:
            return False
        if moment.what is EventKind.SOLVED:
            return ticket.status not in ("", SOLVED)
        return self.is_part and course.family(moment) == course.MESSAGES

    def _is_agent(self, who: str, requester: str) -> bool:
        if who in self.agents or who in self.assigned:
            return True
        return not self.agents and who not in requester.split("\n")


def _add(people: set[str], id_: str) -> None:
    """Remember somebody; no team is so large that it does not fit."""
    if len(people) < _MOST_PEOPLE:
        people.add(id_)


def _without_opener(moments: list[Moment], ticket: Ticket) -> list[Moment]:
    """All but the message that opened the ticket, where it is the first one."""
    first = next((one for one in moments if course.family(one) == course.MESSAGES), None)
    if first is None or ticket.created_at is None or first.at > ticket.created_at + _OPENING:
        return moments
    return [one for one in moments if one is not first]


def _is_whole(ticket: Ticket, told: list[Moment]) -> bool:
    """Whether all of the ticket's course is told, from its creation on."""
    is_known = ticket.created_at is not None and bool(told)
    return is_known and told[0].at <= (ticket.created_at or 0) + _OPENING


def _moment(row: tuple[Any, ...]) -> Moment:
    ticket, key, at, what, who, detail, before, value, rank, _ = row
    return Moment(ticket, key, at, _KINDS[what], who, detail, before, value, _RANKS[rank])


_KINDS: Mapping[int, Told | EventKind] = {int(one): one for one in (*Told, *EventKind)}
_RANKS: Mapping[int, Rank] = {int(one): one for one in Rank}
