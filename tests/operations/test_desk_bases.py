"""What both sides come from may lie in another clone, or may never have been sent."""

from __future__ import annotations

import re

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import MemoryDesk, pulled, pushed

from cannery.exchange.desks.lock import lock_path
from cannery.model.desk import Family, Outgoing
from cannery.operations.desk_plan import Act

REFUND = "---\ntitle: Refund\n---\n\nWe refund you.\n\nWithin five days.\n"


def _hows(base: Base, desk: MemoryDesk) -> list[Act]:
    return [one.how for one in pulled(base.workspace, desk)]


def _text(base: Base) -> str:
    return (base.root / "kb/macros/refund.md").read_text()


def _forget_base(base: Base) -> None:
    """Name a text in the lock that Git has not here."""
    lock = base.root / lock_path("memory")
    lock.write_text(re.sub(r"(here.en = )\S+", rf'\1"{"1" * 40}"', lock.read_text()))


@pytest.fixture
def desk(base: Base) -> MemoryDesk:
    """A desk that has the macro, as it is here."""
    base.write("macros/refund.md", REFUND)
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-qm", "one")
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    return desk


def test_what_was_gone_and_came_back_takes_what_was_changed_there_meanwhile(
    base: Base, desk: MemoryDesk
) -> None:
    (base.root / "kb/macros/refund.md").unlink()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", REFUND)
    desk.edit(desk.only().id, body_en=str(desk.only().parts["body.en"]).replace("five", "six"))
    assert _hows(base, desk) == [Act.MERGE]
    assert _text(base) == REFUND.replace("five", "six")


def test_what_was_written_in_a_retired_file_stays_where_its_base_is_in_another_clone(
    base: Base, desk: MemoryDesk
) -> None:
    retired = REFUND.replace("title:", "status: retired\ntitle:")
    base.write("macros/refund.md", retired)
    pushed(base.workspace, desk)
    _forget_base(base)
    base.write("macros/refund.md", f"{retired}\nMine.\n")
    desk.edit(desk.only().id, body_en=str(desk.only().parts["body.en"]).replace("five", "six"))
    assert _hows(base, desk) == [Act.CONFLICT]
    assert _text(base) == f"{retired}\nMine.\n"


def test_what_was_written_in_a_retired_file_outlives_several_pulls(
    base: Base, desk: MemoryDesk
) -> None:
    retired = REFUND.replace("title:", "status: retired\ntitle:")
    base.write("macros/refund.md", retired)
    pushed(base.workspace, desk)
    _forget_base(base)
    base.write("macros/refund.md", f"{retired}\nMine.\n")
    desk.edit(desk.only().id, title="Refunds")
    _hows(base, desk)
    desk.edit(desk.only().id, body_en=str(desk.only().parts["body.en"]).replace("five", "six"))
    _hows(base, desk)
    assert "Mine." in _text(base)


def test_what_was_written_in_a_draft_that_sends_no_text_stays(
    base: Base, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = desk.outgoing

    def without_text(family: Family) -> Outgoing:
        out = whole(family)
        return out._replace(parts={key: it for key, it in out.parts.items() if key != "body.en"})

    monkeypatch.setattr(desk, "outgoing", without_text)
    _forget_base(base)
    lock = base.root / lock_path("memory")
    lock.write_text(re.sub(r'(body.en" = ")', rf"\g<1>{'0' * 16} ", lock.read_text()))
    base.write("macros/refund.md", f"{REFUND}\nMine.\n")
    desk.edit(desk.only().id, body_en=str(desk.only().parts["body.en"]).replace("five", "six"))
    _hows(base, desk)
    assert "Mine." in _text(base)


def test_a_translation_that_is_gone_here_and_one_that_was_changed_there(
    base: Base, desk: MemoryDesk
) -> None:
    base.write("macros/refund.ja.md", REFUND)
    pushed(base.workspace, desk)
    (base.root / "kb/macros/refund.ja.md").unlink()
    desk.edit(desk.only().id, body_en=str(desk.only().parts["body.en"]).replace("five", "six"))
    assert _hows(base, desk) == [Act.MERGE]
    assert _text(base) == REFUND.replace("five", "six")
    assert not (base.root / "kb/macros/refund.ja.md").exists()
