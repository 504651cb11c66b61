"""Names that tell of persons."""

from __future__ import annotations

import pytest

from cannery.insight.sources.columns import aliases
from cannery.model.persons import names_person
from cannery.model.ticket_event import DIMENSIONS


@pytest.mark.parametrize(
    "name",
    [
        "Assignee", "assignee_id", "AssigneeName", "Ticket owner", "Case Owner Email",
        "Assigned to (full name)", "ASSIGNED-AGENT", "requester.email", "担当者", "担当者名",
        "顧客の氏名", "E-mail", "Ｏｗｎｅｒ",
    ],
)  # fmt: skip
def test_a_column_of_persons_is_known_however_it_is_written(name: str) -> None:
    assert names_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Agent group",
        "Owner team",
        "customer tier",
        "Assignment group",
        "担当チーム",
        "name",
        "",
        "-",
    ],
)
def test_a_column_of_many_is_none_of_persons(name: str) -> None:
    assert not names_person(name)


def test_no_column_that_is_read_by_its_name_alone_tells_of_persons() -> None:
    names = [name for use in DIMENSIONS for name in aliases().get(use, ())]
    assert names
    assert not [name for name in names if names_person(name)]
