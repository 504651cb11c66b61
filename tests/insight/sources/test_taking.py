from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import Ticket
from cannery.insight.sources.source import Options, Reading
from cannery.insight.sources.taking import RowKinds, take_each, take_group, take_organization
from cannery.insight.sources.values import Json


@pytest.fixture
def gathering() -> Iterator[Gathering]:
    with closing(Gathering(Reading())) as gathering:
        yield gathering


class _Taker:
    """Writes down what it is given."""

    def __init__(self, *, can_read: bool = True) -> None:
        self.rows: list[Json] = []
        self._can_read = can_read

    def __call__(self, _: Gathering, row: Json, __: Options) -> bool:
        self.rows.append(row)
        return self._can_read


def _kinds(ticket: _Taker, group: _Taker) -> RowKinds:
    signs: Sequence[tuple[frozenset[str], _Taker]] = (
        (frozenset(("id", "status")), ticket),
        (frozenset(("id",)), group),
    )
    return RowKinds(signs, {"tickets": ticket, "groups": group})


def test_a_row_of_a_list_is_taken_as_one_of_the_list(gathering: Gathering) -> None:
    ticket, group = _Taker(), _Taker()
    row = {"id": 1, "status": "open"}
    assert _kinds(ticket, group).take(gathering, "groups", row, Options())
    assert (ticket.rows, group.rows) == ([], [row])


@pytest.mark.parametrize(
    ("row", "is_ticket"), [({"id": 1, "status": ""}, True), ({"id": 1}, False)]
)
def test_a_row_that_stands_alone_is_of_the_first_kind_whose_keys_it_has(
    gathering: Gathering, row: Json, is_ticket: bool
) -> None:
    ticket, group = _Taker(), _Taker()
    assert _kinds(ticket, group).take(gathering, "", row, Options())
    assert (bool(ticket.rows), bool(group.rows)) == (is_ticket, not is_ticket)


def test_a_row_of_no_kind_is_read_as_well(gathering: Gathering) -> None:
    assert RowKinds(()).take(gathering, "", {"locale": "en"}, Options())


def test_rows_that_can_not_be_read_are_counted(gathering: Gathering) -> None:
    options = Options()
    kinds = _kinds(_Taker(can_read=False), _Taker())
    take_each(gathering, "tickets", [{"id": 1}, {"id": 2}], kinds.take, options)
    assert options.reading.left_out == 2


def test_a_group_without_a_name_goes_by_its_number(gathering: Gathering) -> None:
    assert take_group(gathering, {"id": 7}, Options())
    assert gathering.sections == {"7": "7"}


def test_a_group_without_a_number_can_not_be_read(gathering: Gathering) -> None:
    assert not take_group(gathering, {"name": "Billing"}, Options())


def test_an_organization_tells_what_kb_toml_asks_of_its_own_fields(gathering: Gathering) -> None:
    options = Options(fields={"tier": "organization:plan"})
    row = {"id": 9, "name": "ACME", "custom_fields": {"plan": "gold"}}
    assert take_organization("custom_fields", gathering, row, options)
    gathering.ticket(Ticket("1", 1_700_000_000, organization="9"))
    assert [record.attributes for record in gathering.records()] == [{"tier": "gold"}]
