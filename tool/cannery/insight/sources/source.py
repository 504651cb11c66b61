"""What a source of tickets is: a file that is read, or a desk that is asked, into records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cannery.insight.sources.links import at_desk
from cannery.model.event import Listener, ignore
from cannery.model.ticket_event import TicketRecord

if TYPE_CHECKING:
    from cannery.model.desk_settings import DeskSettings
    from cannery.rest.client import Client

HEAD_BYTES = 65_536  # of a file, by which its source is told
_MOST_SHOWN = 5


class Fault(NamedTuple):
    """A row or ticket that was left out, and why. `line` is 1-based; 0 where there are no lines."""

    line: int
    why: str


class Reading:
    """What a source tells beside its records, as it reads.

    `ends_at`: until when the export is known to reach, where it says so itself; or else it reaches
    as far as its last event. `faults` are the first few of `left_out`; `notes` are sentences on
    the whole of it, such as which values were not kept.
    """

    def __init__(self) -> None:
        self.ends_at: int | None = None
        self.left_out = 0
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def leave_out(self, line: int, why: str) -> None:
        """Count what can't be read; the first few are shown to the user."""
        self.left_out += 1
        if len(self.faults) < _MOST_SHOWN:
            self.faults.append(Fault(line, why))

    def leave_out_many(self, count: int, why: str) -> None:
        """The same, of several that nothing tells apart."""
        if count:
            self.leave_out(0, why)
            self.left_out += count - 1

    def note(self, text: str) -> None:
        """Keep a sentence for the user, once."""
        if text not in self.notes:
            self.notes.append(text)


class Checkpoint(NamedTuple):
    """What came so far is whole: it is kept, and the next import of the desk begins at `cursor`.

    `ends_at`: until when the desk was asked, in seconds; 0 if that is not known yet.
    """

    cursor: str
    ends_at: int = 0


# What a desk tells, and after which of it it may go on another time.
Records = Iterator[TicketRecord | Checkpoint]


@dataclass(frozen=True, slots=True)
class Options:
    """How a source is read. `columns`: of a CSV, a column's name by what it is for.

    `zone` is that of times without one. `has_texts`: the customers' words are asked for, too.
    `desk` is what kb.toml says of a desk that is asked. `fields`: where a dimension is found among
    what a team adds to tickets, as `sources.fields` reads it; `statuses`: what its own statuses
    mean, by their names. `entry_at` names the article at an address, empty for any other address.
    `reading` takes what there is to tell, `listener` how far it is.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC
    has_texts: bool = False
    desk: DeskSettings | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    entry_at: Callable[[str], str] = at_desk
    reading: Reading = field(default_factory=Reading)
    listener: Listener = ignore


class Source(NamedTuple):
    """A kind of file. `name` stands for the desk it comes from, whose API's records it joins.

    `fits` tells it by the file's first HEAD_BYTES; `records` raises ValueError and OSError for
    a file that is no such thing, and leaves out what is wrong with a single ticket.
    """

    name: str
    fits: Callable[[bytes, Path], bool]
    records: Callable[[Path, Options], Iterator[TicketRecord]]


class DeskSource(NamedTuple):
    """A kind of desk that is asked, as `kind` in kb.toml has it.

    `records` goes on at the cursor of the last import, empty for the first. Without a checkpoint
    nothing is kept. Raises RestError.
    """

    kind: str
    records: Callable[[Client, str, Options], Records]
