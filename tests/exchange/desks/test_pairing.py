from __future__ import annotations

from collections.abc import Iterable

from cannery.exchange.desks.compare import Ours, Stand
from cannery.exchange.desks.lock import Agreed
from cannery.exchange.desks.pairing import locked_ids
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
