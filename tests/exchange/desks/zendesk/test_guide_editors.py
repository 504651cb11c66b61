"""Who may edit a new article in Guide, where kb.toml does not tell."""

from __future__ import annotations

import pytest

from cannery.errors import NotFoundError
from tests.desks.faults import Status
from tests.desks.zendesk.fake import FakeZendesk
from tests.exchange.desks.zendesk.guide_connected import article, guide, push

ENGLISH = article("Hello\n")
_GROUPS = "permission_groups"


def _add_group(fake: FakeZendesk, name: str) -> int:
    row = fake.store.add(_GROUPS, {"name": name, "built_in": False})
    number: int = row["id"]
    return number


def test_the_only_group_is_taken(fake_zendesk: FakeZendesk) -> None:
    push(guide(fake_zendesk, permission_group=""), ENGLISH)
    (row,) = fake_zendesk.articles.rows
    assert row["permission_group_id"] == fake_zendesk.guide.permission_group


def test_several_groups_are_named_with_their_numbers(fake_zendesk: FakeZendesk) -> None:
    other = _add_group(fake_zendesk, "Managers\x1b]0;x\x07")
    with pytest.raises(NotFoundError, match="who may edit") as caught:
        push(guide(fake_zendesk, permission_group=""), ENGLISH)
    assert f"{fake_zendesk.guide.permission_group} (Editors), {other} (Managers)" in str(
        caught.value.hint
    )
    assert not fake_zendesk.store.table("sections")


def test_what_is_no_number_is_told(fake_zendesk: FakeZendesk) -> None:
    with pytest.raises(NotFoundError, match="Editors, which is not a number") as caught:
        push(guide(fake_zendesk, permission_group="Editors"), ENGLISH)
    assert f"{fake_zendesk.guide.permission_group} (Editors)" in caught.value.hint


def test_groups_that_may_not_be_seen_are_asked_for(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk, permission_group="")
    fake_zendesk.fail(Status(403), path="permission_groups")
    with pytest.raises(NotFoundError, match="who may edit"):
        push(desk, ENGLISH)
