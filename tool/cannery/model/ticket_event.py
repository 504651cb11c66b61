"""What happened to tickets, as every help desk's export is read into it.

Names follow the field: a ticket is solved and may be reopened; a reply is an agent's public one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

DIMENSIONS = ("source", "section", "language", "product", "region", "tier", "channel", "team")

# The details that events may have in plain words; others are hashed, or "other".
PAUSES = frozenset(("pending", "hold", "on-hold", "waiting", "scheduled", "blocked"))
# What a team's own statuses may mean: a ticket that is gone is deleted, merged or spam.
STATUS_MEANINGS = ("open", "solved", "gone", *sorted(PAUSES))
# Where a dimension is found at a desk: `FIELD_KINDS:key`.
FIELD_KINDS = ("custom_field", "tag", "organization", "field")
# Names of scales of satisfaction are made of these and of numbers: `csat-5`, `zendesk-survey-2`.
SCALE_WORDS = frozenset(
    """bad ces chatwoot csat discourse freshdesk front github gitlab good gorgias intercom jira nps
    rt salesforce servicenow smileys stars survey thumbs zammad zendesk""".split()  # noqa: SIM905 - a list of words is read
)


class EventKind(IntEnum):
    """Kinds of events, in the order in which those of one second are taken to have happened.

    The numbers are kept in databases: never change one, add new ones at the end of a group.
    """

    CREATED = 10
    MESSAGE = 20  # public, by the customer; the one that opens a ticket is no event
    ASSIGNED = 30  # detail: whom to
    MACRO = 40  # detail: the macro that was used
    LINKED = 45  # detail: the article that a reply links to
    REPLY = 50  # public, by an agent
    PAUSED = 60  # time that doesn't count against the team: detail is one of PAUSES
    RESUMED = 65
    REOPENED = 70
    SOLVED = 75
    OFFERED = 80  # a customer is asked how it was
    RATED = 85  # detail: the scale; value: the score on it


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One event, `at` seconds since the epoch. `detail` and `value` are as `EventKind` says.

    `actor` is the desk's id of the person, which is hashed before it is kept.
    """

    at: int
    kind: EventKind
    actor: str = ""
    detail: str = ""
    value: float | None = None


class Extent(IntEnum):
    """How much a record tells of its ticket. The numbers are kept in databases."""

    ADDED = 0  # some events more
    WHOLE = 1  # all events
    STATE = 2  # how it stood: it may have been solved and opened again before


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """What a source tells of a ticket. `ticket` is the desk's id of it, hashed before it is kept.

    `attributes` are by the names of DIMENSIONS (`source` is told apart); what is not among them
    stays as it is known. `is_whole`: these events are all there are, and replace those known; or
    else they are added to them. `is_state`: it is a row of a report, which replaces likewise, but
    solutions that only earlier rows tell are kept, as reopened. Of two that replace, the one with
    the later `updated_at` (seconds) holds; 0 is the end of the export. `text` is kept only where
    asked. A whole record without events is a ticket that is gone.
    """

    ticket: str
    events: Sequence[TicketEvent]
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True
    updated_at: int = 0
    text: str = ""
    is_state: bool = False

    @property
    def extent(self) -> Extent:
        """How much it tells."""
        if self.is_state:
            return Extent.STATE
        return Extent.WHOLE if self.is_whole else Extent.ADDED
