"""When entries were last used, from each source that tells."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.conftest import Base, Run

from cannery.exchange.desks.lock import Agreed, Lock, lock_path, lock_text
from cannery.insight import store
from cannery.insight.local_key import local_key
from cannery.model.feedback import Vote
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.operations import feedback
from cannery.operations.entry_names import entry_names
from cannery.operations.entry_usage import Usage, last_uses
from cannery.operations.insight_store import KEY, events

DAY = 86_400
DESK = '[desks.front]\naddress = "https://api2.frontapp.com"\n'
TODAY = datetime.now(UTC).date()


def _usage(base: Base, *ids: str) -> Usage:
    names = entry_names(base.workspace, ((id_, "") for id_ in ids), {})
    return last_uses(base.workspace, names)


def _day(seconds: float) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _desk(base: Base, **counts: dict[str, int]) -> None:
    base.write("kb.toml", DESK)
    path = base.workspace.state / "desk/front-usage.json"
    path.parent.mkdir(parents=True)
    usage = {f"macros/{name}": periods for name, periods in counts.items()}
    path.write_text(json.dumps({"day": TODAY.isoformat(), "usage": usage}))


def test_nothing_is_known_where_nothing_tells(base: Base) -> None:
    assert _usage(base, "macros/a") == Usage({}, [], None)


def test_a_desk_tells_the_shortest_period_and_how_far_it_looks_back(base: Base) -> None:
    _desk(base, a={"7d": 0, "30d": 2}, b={"7d": 0, "30d": 0}, c={"1h": 1, "30d": 4})
    usage = _usage(base)
    assert usage.sources == ["help desk"]
    assert {id_: _day(at) for id_, at in usage.last.items()} == {
        "macros/a": TODAY - timedelta(days=15),
        "macros/c": TODAY,
    }
    assert usage.since is not None
    assert _day(usage.since) == TODAY - timedelta(days=30)


@pytest.mark.parametrize("period", ["all", "", "d", "x7d", "٣d"])
def test_a_count_of_no_known_period_tells_nothing(base: Base, period: str) -> None:
    _desk(base, a={period: 9})
    assert _usage(base) == Usage({}, [], None)


def test_what_is_opened_or_copied_here_is_used(base: Base, kb: Run) -> None:
    base.write("macros/請求/m.md", "---\ntitle: 返金\n---\n返金しました。\n")
    assert kb("reply", "m", "--print").code == 0
    usage = _usage(base)
    assert [*usage.last] == ["macros/請求/m"]
    assert usage.sources == ["this machine", "sent replies"]


def test_a_readers_vote_is_a_use(base: Base) -> None:
    feedback.keep(base.workspace, Vote("articles/a", "en", is_helpful=False))
    assert [*_usage(base).last] == ["articles/a"]


def test_a_ticket_tells_an_entry_by_its_id_or_by_a_number_that_is_known_since(base: Base) -> None:
    now = int(time.time())
    kinds = {"articles/a": EventKind.LINKED, "77": EventKind.MACRO, "88": EventKind.MACRO}
    told = [TicketEvent(now - 9 * DAY, EventKind.CREATED)]
    told += [TicketEvent(now - 5 * DAY, kind, "", name) for name, kind in kinds.items()]
    arrival = store.Arrival(lambda name: name if "/" in name else "")
    with events(base.workspace) as database:
        key = local_key(base.workspace.state / KEY)
        store.add(database, "front", [TicketRecord("1", told)], key, arrival)
    base.write("kb.toml", DESK)
    lock = Lock({"macros/m": Agreed("77", {}, {}, {})}, {})
    base.write(lock_path("front").removeprefix("kb/"), lock_text(lock))
    usage = _usage(base, "articles/a", "macros/m")
    assert {*usage.last} == {"articles/a", "macros/m"}
    assert usage.since == now - 5 * DAY
