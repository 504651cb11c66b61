from __future__ import annotations

import pytest

from cannery.errors import NotFoundError
from cannery.exchange.desks.zendesk.numbers import Numbers
from tests.exchange.desks.zendesk.scripted import ScriptedClient

_GROUPS = {"groups": [{"id": 7, "name": "Billing"}, {"id": 9, "name": "Billing"}], "meta": {}}
_USERS = {"users": [{"id": 5, "email": "aoi@example.com"}]}


def _client() -> ScriptedClient:
    return ScriptedClient(
        {
            "/api/v2/groups": _GROUPS,
            "/api/v2/users/5": {"user": _USERS["users"][0]},
            "/api/v2/users/search": _USERS,
        }
    )


def test_a_number_has_the_name_that_the_desk_gives_it() -> None:
    assert Numbers(_client(), {}).name("groups", "7") == "Billing"


def test_what_the_lock_file_knows_is_not_asked_for() -> None:
    client = _client()
    numbers = Numbers(client, {"groups": {"Money": "7"}})
    assert (numbers.name("groups", "7"), numbers.number("groups", "Money")) == ("Money", "7")
    assert client.asked == []


def test_what_the_lock_file_has_that_is_no_number_is_asked_for() -> None:
    numbers = Numbers(_client(), {"groups": {"Billing": "7/../../users/1"}})
    assert numbers.number("groups", "Billing") == "7"


def test_two_of_a_name_are_told_apart() -> None:
    numbers = Numbers(_client(), {})
    assert [numbers.number("groups", name) for name in ("Billing", "Billing 2")] == ["7", "9"]


def test_a_list_is_asked_for_once() -> None:
    client = _client()
    numbers = Numbers(client, {})
    for one in ("7", "9", "11"):
        numbers.name("groups", one)
    assert len(client.asked) == 1


def test_a_number_that_the_desk_has_no_name_for_is_its_own_name() -> None:
    numbers = Numbers(_client(), {})
    assert numbers.number("groups", numbers.name("groups", "11")) == "11"


def test_a_name_that_the_desk_has_not_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="no groups called Sales"):
        Numbers(_client(), {}).number("groups", "Sales")


@pytest.mark.parametrize("wanted", ["5", "aoi@example.com"])
def test_people_are_asked_for_alone(wanted: str) -> None:
    client = _client()
    numbers = Numbers(client, {})
    if wanted.isdecimal():
        assert numbers.name("users", wanted) == "aoi@example.com"
    else:
        assert numbers.number("users", wanted) == "5"
    assert len(client.asked) == 1


def test_what_was_needed_is_told_for_the_lock_file() -> None:
    numbers = Numbers(_client(), {})
    numbers.number("groups", "Billing")
    assert numbers.used == {"groups": {"Billing": "7"}}  # and not all that the desk has
