from __future__ import annotations

from collections.abc import Iterable

from cannery.exchange.desks.compare import Ours, Stand
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import Agreed
from cannery.exchange.desks.pairing import Pair, locked_ids, matched, seen_of
from cannery.model.desk import Record
from cannery.model.location import Kind

_AGREED = Agreed("7", {"en": "blob"}, {}, {})


def _ours(names: Iterable[str]) -> dict[str, Ours]:
    return {name: Ours(name, Kind.MACRO, name, Stand.OUT, {}, {"en": name}) for name in names}


def test_of_two_entries_of_one_record_neither_is_taken_for_it() -> None:
    entries = {"macros/a": _AGREED, "macros/b": _AGREED}
    agreed, why = locked_ids(_ours(entries), entries)
    assert agreed == entries
    assert set(why.values()) == {"macros/a and macros/b have the same record: delete one of them"}


def test_the_one_that_is_left_of_two_has_the_record() -> None:
    entries = {"macros/a": _AGREED, "macros/b": _AGREED}
    agreed, why = locked_ids(_ours(["macros/b"]), entries)
    assert (agreed, why) == ({"macros/b": _AGREED}, {})


def _pairs(here: str, *there: tuple[str, str]) -> list[Pair]:
    """Pairs of an entry with this text, and of records by their titles and texts."""
    parts = digests({"title": "Refund", "body.en": here})
    ours = Ours("macros/refund", Kind.MACRO, "Refund", Stand.OUT, parts, {})
    records = [Record(str(at), Kind.MACRO, title, {"title": title, "body.en": text}) for at, (title, text) in enumerate(there)]  # fmt: skip
    return matched([ours], map(seen_of, records))[0]


def test_a_record_that_got_another_title_is_known_by_its_text() -> None:
    found = _pairs("<p>We refund you.</p>", ("Money back", "<p>We refund you.</p>"))
    assert [(one.id, one.record.id if one.record else "") for one in found] == [("macros/refund", "0")]  # fmt: skip


def test_a_text_that_is_short_or_that_two_have_tells_nothing() -> None:
    assert _pairs("<p>Yes.</p>", ("Money back", "<p>Yes.</p>")) == []
    text = "<p>We refund you.</p>"
    assert _pairs(text, ("Money back", text), ("Money lost", text)) == []
