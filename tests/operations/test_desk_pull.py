"""What was changed at a desk comes into the files, and nothing of the user's is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import (
    MemoryDesk,
    plan_of,
    pulled,
    pushed,
    survey_of,
    work_on,
)

from cannery.errors import ContentError
from cannery.exchange.desks.compare import ACTIVE
from cannery.model.desk import Incoming, Record
from cannery.model.location import Kind
from cannery.model.loss import Loss
from cannery.operations.desk_plan import Act, plan
from cannery.operations.desk_pull import pull
from cannery.operations.desk_survey import survey
from cannery.operations.undo import undo

REFUND = """---
title: Refund
owner: ana  # since May
---

We refund you.

{% comment %}not for customers{% endcomment %}
Within five days.
"""


def _hows(base: Base, desk: MemoryDesk, *, delete: bool = False) -> list[Act]:
    return [one.how for one in pulled(base.workspace, desk, delete=delete)]


def _text(base: Base, path: str = "macros/refund.md") -> str:
    return (base.root / "kb" / path).read_text()


@pytest.fixture
def desk(base: Base) -> MemoryDesk:
    """A desk that has the macro, as it is here."""
    base.write("macros/refund.md", REFUND)
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-qm", "one")
    desk = MemoryDesk(rewrite=lambda text: text.replace(" & ", " &amp; "))
    pushed(base.workspace, desk)
    return desk


def test_a_change_there_comes_into_the_file_and_the_rest_stays(
    base: Base, desk: MemoryDesk
) -> None:
    body = str(desk.only().parts["body.en"]).replace("five", "six")
    desk.edit(desk.only().id, body_en=body)
    assert _hows(base, desk) == [Act.CHANGE]
    assert _text(base) == REFUND.replace("five", "six")
    assert _hows(base, desk) == []
    assert pushed(base.workspace, desk) == []


def test_changes_on_both_sides_are_merged_and_mine_go_out_then(
    base: Base, desk: MemoryDesk
) -> None:
    body = str(desk.only().parts["body.en"]).replace("five", "six")
    desk.edit(desk.only().id, body_en=body)
    base.write("macros/refund.md", REFUND.replace("We refund", "We gladly refund"))
    assert _hows(base, desk) == [Act.MERGE]
    assert _text(base) == REFUND.replace("five", "six").replace("We ref", "We gladly ref")
    pushed(base.workspace, desk)
    assert "gladly" in str(desk.only().parts["body.en"])
    assert _hows(base, desk) == []


def test_the_same_change_on_both_sides_is_no_difference(base: Base, desk: MemoryDesk) -> None:
    body = str(desk.only().parts["body.en"]).replace("five", "six")
    desk.edit(desk.only().id, body_en=body)
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    assert _hows(base, desk) == []
    assert pushed(base.workspace, desk) == []


def test_a_conflict_keeps_mine_with_theirs_beside_and_blocks_until_it_is_decided(
    base: Base, desk: MemoryDesk
) -> None:
    body = str(desk.only().parts["body.en"]).replace("five", "six")
    desk.edit(desk.only().id, body_en=body, tags=["pay"])
    base.write("macros/refund.md", REFUND.replace("five", "seven"))
    (done,) = pulled(base.workspace, desk)
    (hunks,) = done.conflicts.values()
    assert [(one.ours, one.theirs) for one in hunks] == [
        ("Within seven days.\n", "Within six days.\n")
    ]
    beside = base.root / "kb/macros/refund.md.theirs"
    assert "six days" in beside.read_text()
    assert "seven days" in _text(base)
    assert "- pay" in _text(base)
    assert pushed(base.workspace, desk) == []
    (left,) = plan_of(base.workspace, desk).left
    assert "kb/macros/refund.md.theirs" in left.why
    beside.unlink()
    assert len(pushed(base.workspace, desk)) == 1
    assert "seven" in str(desk.only().parts["body.en"])


def test_a_conflict_is_undone_with_its_lock(base: Base, desk: MemoryDesk) -> None:
    body = str(desk.only().parts["body.en"]).replace("five", "six")
    desk.edit(desk.only().id, body_en=body)
    pulled(base.workspace, desk)
    undo(base.workspace)
    assert _text(base) == REFUND
    assert _hows(base, desk) == [Act.CHANGE]


def test_a_new_record_becomes_a_file_and_its_marks_become_fields(
    base: Base, desk: MemoryDesk
) -> None:
    desk.add(Kind.MACRO, title_en="Late parcel", body_en="Dear [Name],\nsorry.", body_ja="様")
    assert _hows(base, desk) == [Act.ADD]
    macro = base.macro("late-parcel.md")
    assert [one.name for one in macro.fields] == ["name"]
    assert base.macro("late-parcel.ja.md").at.language == "ja"
    assert _hows(base, desk) == []
    assert pushed(base.workspace, desk) == []


def test_a_new_record_takes_the_place_of_no_file(base: Base, desk: MemoryDesk) -> None:
    base.write("macros/late.md", "---\ntitle: Other\nstatus: draft\n---\n\nOther.\n")
    desk.add(Kind.MACRO, title_en="Late", body_en="Sorry.")
    assert _hows(base, desk) == [Act.ADD]
    assert "Sorry." in _text(base, "macros/late-2.md")


@pytest.mark.parametrize("title", ["Index", "README"])
@pytest.mark.parametrize("kind", [Kind.MACRO, Kind.ARTICLE])
def test_a_new_record_is_not_the_page_of_its_folder(
    base: Base, desk: MemoryDesk, kind: Kind, title: str
) -> None:
    desk.add(kind, title_en=title, body_en="Sorry.")
    (done,) = pulled(base.workspace, desk)
    assert done.paths == (f"kb/{kind.value}s/{title.lower()}-2.md",)


def test_a_new_record_with_a_secret_is_left_out(base: Base, desk: MemoryDesk) -> None:
    desk.add(Kind.MACRO, title_en="Key", body_en="Use AKIA" + "IOSFODNN7EXAMPL3 please.")
    assert _hows(base, desk) == []
    (left,) = plan_of(base.workspace, desk).left
    assert left.why.startswith("it contains")


def test_what_keeps_a_record_from_being_read_is_told(
    desk: MemoryDesk, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = (Loss("", 0, "Close", "it has no text and only changes the ticket"),)
    monkeypatch.setattr(desk, "incoming", lambda record: Incoming("", record.title, {}, lost))
    desk.add(Kind.MACRO, title_en="Close")
    (left,) = plan_of(base.workspace, desk).left
    assert left.why == "it has no text and only changes the ticket"


def test_a_record_that_leads_out_of_the_knowledge_base_stays_inside(
    base: Base, desk: MemoryDesk
) -> None:
    desk.add(Kind.MACRO, title_en="../../../etc/passwd", body_en="Sorry.")
    (done,) = pulled(base.workspace, desk)
    assert done.paths == ("kb/macros/etc-passwd.md",)


def test_a_record_that_is_deactivated_and_new_is_not_taken(base: Base, desk: MemoryDesk) -> None:
    desk.add(Kind.MACRO, title_en="Old", body_en="Old.", active=False)
    assert _hows(base, desk) == []


def test_what_is_deactivated_there_is_retired_here(base: Base, desk: MemoryDesk) -> None:
    desk.edit(desk.only().id, active=False)
    assert _hows(base, desk) == [Act.CHANGE]
    assert "status: retired" in _text(base)
    assert pushed(base.workspace, desk) == []


def test_what_is_deleted_there_is_retired_here(base: Base, desk: MemoryDesk) -> None:
    desk.kept.clear()
    assert _hows(base, desk) == [Act.RETIRE]
    assert "status: retired" in _text(base)
    assert pushed(base.workspace, desk) == []
    assert not desk.kept


def test_the_file_of_what_is_deleted_there_is_removed_if_asked(
    base: Base, desk: MemoryDesk
) -> None:
    desk.kept.clear()
    assert _hows(base, desk, delete=True) == [Act.REMOVE]
    assert not (base.root / "kb/macros/refund.md").exists()


def test_what_is_deleted_there_and_edited_here_is_told(base: Base, desk: MemoryDesk) -> None:
    desk.kept.clear()
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    assert _hows(base, desk, delete=True) == []
    assert pushed(base.workspace, desk) == []
    (left,) = plan_of(base.workspace, desk).left
    assert left.why == "it was deleted at the desk, and you have edited it"


def test_a_quick_look_sees_no_deletions_and_makes_none(base: Base, desk: MemoryDesk) -> None:
    base.write("macros/new.md", "---\ntitle: New\n---\n\nNew.\n")
    desk.kept.clear()
    planned = plan(survey_of(base.workspace, desk, since="99"))
    assert not planned.pull
    assert not planned.push
    assert [item.why for item in planned.left] == ["creating it takes a full look, without --since"]


def test_a_quick_look_sees_what_was_changed_since(base: Base, desk: MemoryDesk) -> None:
    desk.edit(desk.only().id, tags=["pay"])
    (step,) = plan(survey_of(base.workspace, desk, since="1")).pull
    assert step.item.there == ("tags",)


def test_a_file_that_is_changed_after_the_plan_is_not_overwritten(
    base: Base, desk: MemoryDesk
) -> None:
    desk.edit(desk.only().id, tags=["pay"])
    planned = plan_of(base.workspace, desk)
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    with pytest.raises(ContentError, match="has just been changed"):
        pull(planned)
    assert _text(base) == REFUND.replace("five", "six")


def test_another_line_end_here_is_no_change_and_stays(base: Base, desk: MemoryDesk) -> None:
    base.write("macros/refund.md", REFUND.replace("\n", "\r\n"))
    assert pushed(base.workspace, desk) == []
    body = str(desk.only().parts["body.en"]).replace("five", "six")
    desk.edit(desk.only().id, body_en=body)
    assert _hows(base, desk) == [Act.CHANGE]
    expected = REFUND.replace("five", "six").replace("\n", "\r\n").encode()
    assert (base.root / "kb/macros/refund.md").read_bytes() == expected


def test_a_translation_that_is_new_there_is_a_new_file(base: Base, desk: MemoryDesk) -> None:
    desk.edit(desk.only().id, body_ja="返金します。", title_ja="返金")
    assert _hows(base, desk) == [Act.CHANGE]
    assert "返金します。" in _text(base, "macros/refund.ja.md")
    assert pushed(base.workspace, desk) == []


def test_without_git_a_change_on_one_side_is_still_merged(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    desk.edit(desk.only().id, tags=["pay"])
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    assert _hows(base, desk) == [Act.MERGE]
    assert "- pay" in _text(base)
    assert "six" in _text(base)


def test_a_first_look_at_two_that_differ_is_a_conflict_of_words(base: Base) -> None:
    base.write("macros/refund.md", "---\ntitle: Refund\n---\n\nMine.\n")
    desk = MemoryDesk()
    desk.add(Kind.MACRO, title_en="Refund", body_en="Theirs.")
    assert _hows(base, desk) == [Act.CONFLICT]
    assert "Mine." in _text(base)
    assert "Theirs." in _text(base, "macros/refund.md.theirs")
    (base.root / "kb/macros/refund.md.theirs").unlink()
    assert len(pushed(base.workspace, desk)) == 1
    assert desk.only().parts["body.en"] == "Mine."
    assert desk.only().parts[ACTIVE] is True


def test_a_listing_without_most_records_retires_nothing(base: Base) -> None:
    for number in range(12):
        base.write(f"macros/m{number}.md", f"---\ntitle: M{number}\n---\n\nText {number}\n")
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    desk.kept.clear()
    assert _hows(base, desk, delete=True) == []


def test_a_record_whose_id_would_lead_elsewhere_is_left_alone(base: Base, desk: MemoryDesk) -> None:
    desk.ids = iter(["../users/1"])
    desk.add(Kind.MACRO, title_en="Late", body_en="Sorry.")
    assert _hows(base, desk) == []
    (left,) = plan_of(base.workspace, desk).left
    assert left.why == "its id is not one that can be kept"


@pytest.mark.parametrize("is_new", [True, False])
def test_a_record_that_is_too_long_is_left_alone_and_told(
    base: Base, desk: MemoryDesk, *, is_new: bool
) -> None:
    long = "word " * 120_000
    if is_new:
        desk.add(Kind.MACRO, title_en="Long", body_en=long)
    else:
        desk.edit(desk.only().id, body_en=long)
        base.write("macros/refund.md", REFUND.replace("five", "six"))
    before = _text(base)
    made = plan_of(base.workspace, desk)
    assert [one.why for one in made.left] == ["longer than 500,000 characters"]
    assert (made.push, made.pull) == ([], [])
    assert _text(base) == before


def test_a_kind_that_the_desk_does_not_keep_is_left_alone(base: Base, desk: MemoryDesk) -> None:
    work = replace(work_on(base.workspace, desk), kinds=(Kind.ARTICLE,))
    planned = plan(survey(work))
    assert (planned.push, planned.pull) == ([], [])


def test_a_record_that_a_list_leaves_out_is_not_gone(base: Base, desk: MemoryDesk) -> None:
    record = desk.only()
    listed = desk.records
    desk.records = lambda kind, since="": (one for one in listed(kind, since) if one != record)  # type: ignore[method-assign]
    assert _hows(base, desk) == []
    (left,) = plan_of(base.workspace, desk).left
    assert left.why == "the desk has it, and did not list it: run it again"


def _as_draft(desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has a loop in it can be no macro here, as with desks that have a language of theirs."""
    usual = desk.incoming

    def incoming(record: Record) -> Incoming:
        found = usual(record)
        texts = {
            language: one._replace(keys={**one.keys, "status": "draft"})
            if "loop" in one.body
            else one
            for language, one in found.by_language.items()
        }
        return found._replace(by_language=texts)

    monkeypatch.setattr(desk, "incoming", incoming)


@pytest.mark.parametrize("deactivates", [True, False])
def test_what_becomes_a_draft_here_stays_in_use_there(
    base: Base, monkeypatch: pytest.MonkeyPatch, *, deactivates: bool
) -> None:
    desk = MemoryDesk(deactivates=deactivates)
    _as_draft(desk, monkeypatch)
    number = desk.add(Kind.MACRO, title_en="Refund", body_en="A loop.")
    before = desk.kept[number]
    pulled(base.workspace, desk)
    for text in ("A loop.", "Another loop."):
        desk.edit(number, body_en=text)
        assert not any(one.conflicts for one in pulled(base.workspace, desk))
        assert text in (base.root / "kb/macros/refund.md").read_text()
        assert (pushed(base.workspace, desk, delete=True), desk.writes) == ([], [])
    assert desk.kept[number] == replace(before, parts=desk.kept[number].parts)
    base.write("macros/refund.md", "---\ntitle: Refund\n---\n\nNo more.\n")
    pushed(base.workspace, desk)
    assert desk.kept[number].parts["body.en"] == "No more."


def test_what_the_desk_makes_a_draft_of_an_entry_stays_in_use_there(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/refund.md", "---\ntitle: Refund\n---\n\nWe refund you.\n")
    desk = MemoryDesk()
    _as_draft(desk, monkeypatch)
    pushed(base.workspace, desk)
    desk.edit(desk.only().id, body_en="A loop.")
    pulled(base.workspace, desk)
    assert "status: draft" in (base.root / "kb/macros/refund.md").read_text()
    assert (pushed(base.workspace, desk), desk.writes) == ([], ["create"])
    base.write("macros/refund.md", "---\ntitle: Refund\nstatus: retired\n---\n\nA loop.\n")
    pushed(base.workspace, desk)
    assert desk.only().parts[ACTIVE] is False


class _Unreading(MemoryDesk):
    """A desk one of whose texts is beyond what is read, such as HTML that is nested too deeply."""

    def incoming(self, record: Record) -> Incoming:
        read = super().incoming(record)
        if "Nested" not in read.by_language["en"].body:
            return read
        return read._replace(by_language={}, unread={"en": "nested too deeply"})


def test_a_text_there_that_cannot_be_read_is_told_and_keeps_its_file(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = _Unreading()
    pushed(base.workspace, desk)
    desk.edit(desk.only().id, **{"body.en": "Nested"})
    (left,) = plan_of(base.workspace, desk).left
    assert left.id == "macros/refund"
    assert left.why == "its text there (en) can't be read: nested too deeply"
    assert (pulled(base.workspace, desk), pushed(base.workspace, desk)) == ([], [])
    assert _text(base) == REFUND
