"""Each way of writing a macro, cut off at each request: agents see it whole, and a rerun ends it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cannery.exchange.desks.keeper import KeptDesk
from cannery.model.desk import Content, Record
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.faults import Cut, Status
from tests.desks.zendesk.fake import FakeZendesk
from tests.exchange.desks.zendesk.connected import connect, family, macro

_ONE = (macro("Hello"),)
_TWO = (macro("Hello"), macro("こんにちは", "ja"))
_OTHER = (macro("Good day", actions={"status": "open"}), macro("やあ", "ja"))
_JAPANESE = (macro("こんにちは", "ja"),)
_WAYS = [((), _ONE), ((), _TWO), (_ONE, _TWO), (_TWO, _ONE), (_TWO, _OTHER), (_TWO, _JAPANESE)]
_MOST = 12  # requests of one way, and more


def _parts(desk: KeptDesk, macros: tuple[object, ...]) -> Mapping[str, Content]:
    return desk.outgoing(family(*macros)).parts  # type: ignore[arg-type] # all are macros


def _records(fake: FakeZendesk) -> list[Record]:
    return [*connect(fake).records(Kind.MACRO)]


def _send(fake: FakeZendesk, macros: tuple[object, ...]) -> None:
    """What a push does: what differs of the record of this title, or a new one."""
    desk = connect(fake)
    wanted = _parts(desk, macros)
    found = [one for one in desk.records(Kind.MACRO) if one.title == wanted["title"]]
    if not found:
        desk.create(Kind.MACRO, wanted)
        return
    record = desk.read(Kind.MACRO, found[0].id)
    assert record is not None
    gone = {name: None for name in record.parts if name.startswith("body.") and name not in wanted}
    differs = {name: it for name, it in wanted.items() if record.parts.get(name) != it}
    if differs or gone:
        desk.update(record, {**differs, **gone})


def _is_whole(fake: FakeZendesk, record: Record, *ways: Mapping[str, Content]) -> bool:
    """Whether each of its texts is one of before or after, and each that it refers to is there."""
    texts = {name: text for name, text in record.parts.items() if name.startswith("body.")}
    known = all(any(way.get(name) == text for way in ways) for name, text in texts.items())
    return bool(texts) and known and "{{dc." not in str(texts)


@pytest.mark.parametrize("fault", [Status(500), Cut.BEFORE, Cut.AFTER])
@pytest.mark.parametrize(("before", "after"), _WAYS)
def test_a_run_that_is_cut_off_anywhere_is_completed_by_the_next(
    fake_zendesk: FakeZendesk,
    fault: Status | Cut,
    before: tuple[object, ...],
    after: tuple[object, ...],
) -> None:
    desk = connect(fake_zendesk)
    wanted = _parts(desk, after)
    former = _parts(desk, before) if before else {}
    for at in range(1, _MOST):
        for record in _records(fake_zendesk):
            connect(fake_zendesk).delete(record)
        for number in [*fake_zendesk.store.table("items")]:
            del fake_zendesk.store.table("items")[number]
        if before:
            _send(fake_zendesk, before)
        is_cut = False
        fake_zendesk.fail(fault, at=at)
        try:
            _send(fake_zendesk, after)
        except RestError:
            is_cut = True
        fake_zendesk.heal()
        for record in _records(fake_zendesk):
            assert _is_whole(fake_zendesk, record, former, wanted)
        _send(fake_zendesk, after)
        (record,) = _records(fake_zendesk)
        assert {name: record.parts.get(name) for name in wanted} == dict(wanted)
        assert {name for name in record.parts if name.startswith("body.")} <= {*wanted}
        assert len(fake_zendesk.dynamic.rows) <= 1
        if not is_cut:
            break
    assert not is_cut
