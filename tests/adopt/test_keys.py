"""Which keys of another tool are read as ours, and which are left to it."""

from __future__ import annotations

import pytest

from cannery.adopt.keys import COMMON, key_plan, misfits
from cannery.model.adoption import KeyUse


def _use(key: str, files: int = 100, misfits: int = 0) -> KeyUse:
    return KeyUse(key, files, "docs/a.md", misfits)


def test_keys_that_mean_ours_are_mapped_and_others_are_the_teams() -> None:
    uses = [
        _use("title"),
        _use("permalink"),
        _use("weight"),
        _use("last_update.date")._replace(is_inner=True),
        _use("last_update"),
    ]
    plan = key_plan(uses, COMMON)
    assert plan.names == {"permalink": "redirect_from", "last_update.date": "reviewed"}
    assert plan.own == ("weight",)


def test_of_two_keys_for_the_same_one_is_read() -> None:
    plan = key_plan([_use("lastmod"), _use("updated")], COMMON)
    assert (dict(plan.names), plan.own) == ({"lastmod": "reviewed"}, ("updated",))


def test_a_key_whose_own_equal_is_in_use_is_left() -> None:
    assert key_plan([_use("summary"), _use("description")], COMMON).own == ("description",)


def test_values_that_ours_can_not_have_are_the_teams() -> None:
    plan = key_plan([_use("lastmod", misfits=60), _use("status", misfits=90)], COMMON)
    assert (dict(plan.names), plan.own) == ({}, ("lastmod", "status"))


def test_a_key_with_a_dot_is_one() -> None:
    plan = key_plan([_use("ms.topic"), _use("ms.date")], COMMON)
    assert (plan.own, dict(plan.names)) == (("ms.topic",), {"ms.date": "reviewed"})


@pytest.mark.parametrize("key", ["Title", "summery", "tag"])
def test_a_rare_slip_is_left_to_the_check(key: str) -> None:
    assert key_plan([_use("title", 500), _use(key, 2)], COMMON).own == ()


def test_what_a_draft_is_called_elsewhere_needs_no_name() -> None:
    assert key_plan([_use("draft"), _use("published")], COMMON).own == ()


def test_misfits_are_those_of_values() -> None:
    data = {
        "status": "Completed",
        "title": "A",
        "weight": ["x"],
        "lastmod": "03/04/2021",
        "tags": ["a"],
    }
    assert misfits(data, COMMON) == {"status", "lastmod"}


def test_a_day_as_microsoft_writes_it_fits() -> None:
    assert misfits({"ms.date": "03/04/2021"}, COMMON) == set()
