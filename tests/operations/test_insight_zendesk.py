"""Tickets of a Zendesk come in by the sign-in of `kb desk login`."""

from __future__ import annotations

import pytest
from tests.conftest import Base
from tests.desks.faults import Status
from tests.desks.signed_in import with_zendesk
from tests.desks.zendesk.fake import FakeZendesk
from tests.insight.sources import planted
from tests.insight.sources.zendesk.export import (
    CUSTOMER,
    USERS,
    audit,
    comment,
    opened,
    status,
    ticket,
    time,
)

from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import EVENTS, events
from cannery.rest.rest_error import RestError

_EVENTS = "/api/v2/incremental/ticket_events"


@pytest.fixture
def desk(base: Base, fake_zendesk: FakeZendesk) -> FakeZendesk:
    with_zendesk(base, fake_zendesk)
    base.write(
        "kb.toml",
        (base.root / "kb/kb.toml").read_text() + '[insight.fields]\ntier = "tag:tier_"\n',
    )
    exports = fake_zendesk.exports
    exports.events = [
        opened(),
        audit(101, 10, comment(), status("pending", "new")),
        audit(102, 30, comment(CUSTOMER), status("open", "pending"), by=CUSTOMER),
        audit(103, 40, comment(), status("solved", "open")),
    ]
    exports.tickets, exports.people, exports.size = [ticket(status="solved")], USERS, 2
    return fake_zendesk


def _kept(base: Base) -> list[tuple[object, ...]]:
    with events(base.workspace) as database:
        rows = "SELECT kind, at - created_at, tier FROM event JOIN ticket ON ticket.id = ticket"
        return database.execute(f"{rows} ORDER BY at, kind").fetchall()


_COURSE = [(10, 0), (50, 600), (60, 600), (20, 1800), (65, 1800), (50, 2400), (75, 2400)]
_WHOLE = [(*step, "gold") for step in _COURSE]


def test_a_desk_is_asked_and_all_is_kept_but_who_it_was(base: Base, desk: FakeZendesk) -> None:
    import_events(base.workspace, ImportRequest("zendesk"))
    assert desk.lines
    assert _kept(base) == _WHOLE
    data = (base.workspace.state / EVENTS).read_bytes()
    assert not [secret for secret in planted.ALL if secret.encode() in data]


def test_an_import_that_broke_off_is_finished_by_the_next(base: Base, desk: FakeZendesk) -> None:
    desk.fail(Status(403), at=2, path=_EVENTS)
    with pytest.raises(RestError):
        import_events(base.workspace, ImportRequest("zendesk"))
    desk.heal()
    for _ in range(2):
        import_events(base.workspace, ImportRequest("zendesk"))
    assert _kept(base) == _WHOLE


def test_a_ticket_that_was_deleted_at_the_desk_counts_no_more(base: Base, desk: FakeZendesk) -> None:  # fmt: skip
    import_events(base.workspace, ImportRequest("zendesk"))
    desk.exports.tickets = [ticket(status="deleted", updated_at=time(90))]
    import_events(base.workspace, ImportRequest("zendesk"))
    assert _kept(base) == []
