"""Entries that a merge of two people's work has left beside each other, or without their record."""

from __future__ import annotations

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import MemoryDesk, plan_of, pushed, survey_of

from cannery.exchange.desks.compare import ACTIVE, State
from cannery.model.location import Kind
from cannery.operations.desk_push import How

LOCK = "kb/desk/memory.toml"
REFUND = "---\ntitle: Refund\n---\n\nWe refund you.\n"
RETIRED = REFUND.replace("title", "status: retired\ntitle")
MOVED = REFUND.replace("title", "redirect_from: [macros/refund]\ntitle")
JAPANESE = "---\ntitle: 返金\n---\n\n返金します。\n"


def _moved(base: Base, beside: str = "refund.ja.md", text: str = JAPANESE) -> MemoryDesk:
    """A desk with an entry that was moved, while somebody else put a file in its old place."""
    path = base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    path.unlink()
    base.write("macros/money/refund.md", MOVED)
    base.write(f"macros/{beside}", text)
    return desk


def test_a_translation_that_was_added_where_its_original_no_more_is_makes_no_second_record(
    base: Base,
) -> None:
    desk = _moved(base)
    before = desk.only()
    assert pushed(base.workspace, desk) == []
    expected = "macros/money/refund and macros/refund have the same record: delete one of them"
    assert {item.why for item in plan_of(base.workspace, desk).left} == {expected}
    assert desk.only() == before


def test_the_record_is_of_the_moved_entry_once_the_other_is_deleted(base: Base) -> None:
    desk = _moved(base)
    pushed(base.workspace, desk)
    (base.root / "kb/macros/refund.ja.md").rename(base.root / "kb/macros/money/refund.ja.md")
    assert [(one.id, one.how) for one in pushed(base.workspace, desk)] == [("macros/money/refund", How.UPDATED)]  # fmt: skip
    assert desk.only().parts["body.ja"] == "返金します。"


def test_two_entries_that_say_that_they_are_two_are_so(base: Base) -> None:
    desk = _moved(base)
    pushed(base.workspace, desk)
    base.write("macros/money/refund.md", REFUND.replace("Refund", "Money back"))
    assert How.CREATED in {one.how for one in pushed(base.workspace, desk)}


def test_a_file_that_comes_back_where_it_was_moved_from_makes_no_second_record(base: Base) -> None:
    desk = _moved(base, "other.md", REFUND.replace("Refund", "Other"))
    pushed(base.workspace, desk)
    before = {**desk.kept}
    base.write("macros/refund.md", REFUND.replace("We refund", "We gladly refund"))
    assert pushed(base.workspace, desk) == []
    assert desk.kept == before


def test_an_entry_that_was_retired_for_another_one_is_deactivated(base: Base) -> None:
    desk = _moved(base, "refund.md", RETIRED)
    assert {one.how for one in pushed(base.workspace, desk)} == {How.CREATED, How.DEACTIVATED}


def _without_lock(base: Base, text: str) -> MemoryDesk:
    """A desk with the entry's record in use, of which the lock says nothing, and a history."""
    base.write("macros/refund.md", REFUND)
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-qm", "one")
    desk = MemoryDesk()
    desk.add(Kind.MACRO, title_en="Refund", body_en=text)
    desk.edit(desk.only().id, active=True)
    base.write("macros/refund.md", RETIRED)
    return desk


def test_what_is_retired_here_and_was_sent_before_is_deactivated_without_a_lock(base: Base) -> None:
    desk = _without_lock(base, "We refund you.")
    assert [one.how for one in pushed(base.workspace, desk)] == [How.DEACTIVATED]
    assert desk.only().parts[ACTIVE] is False
    assert pushed(base.workspace, desk) == []


@pytest.mark.parametrize("text", ["Agents wrote that.", ""])
def test_what_is_retired_here_and_in_use_there_with_another_text_is_told(
    base: Base, text: str
) -> None:
    desk = _without_lock(base, text)
    assert pushed(base.workspace, desk) == []
    (item,) = survey_of(base.workspace, desk).items
    assert (item.state, item.why.partition(":")[0]) == (State.CONFLICT, "it is retired here and in use at the desk")  # fmt: skip
