"""What was changed here goes to the desk, and nothing there is overwritten unseen."""

from __future__ import annotations

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import (
    Killed,
    MemoryDesk,
    failing_at,
    plan_of,
    pulled,
    pushed,
    survey_of,
)

from cannery.exchange.desks.compare import ACTIVE
from cannery.model.event import ignore
from cannery.model.location import Kind
from cannery.operations.desk_lock import LockWriter, alone_with
from cannery.operations.desk_push import How
from cannery.rest.client import RestError
from cannery.util import lock

REFUND = "---\ntitle: Refund\nowner: ana\n---\n\nWe refund you.\n"
LOCK = "kb/desk/memory.toml"


def _hows(base: Base, desk: MemoryDesk, *, delete: bool = False) -> list[How]:
    return [one.how for one in pushed(base.workspace, desk, delete=delete)]


def test_a_published_macro_is_created(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    assert _hows(base, desk) == [How.CREATED]
    assert desk.only().parts["body.en"] == "We refund you."


def test_a_text_that_would_be_left_alone_there_is_not_sent(base: Base) -> None:
    base.write("macros/refund.md", f"---\ntitle: Refund\n---\n\n{'word ' * 120_000}\n")
    desk = MemoryDesk()
    assert _hows(base, desk) == []
    (left,) = plan_of(base.workspace, desk).left
    assert left.why == "at the desk it would be longer than 500,000 characters"


def test_a_second_push_sends_and_writes_nothing(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk(rewrite=lambda text: text.replace("refund", "re&amp;fund"))
    pushed(base.workspace, desk)
    before = (base.root / LOCK).stat()
    assert (_hows(base, desk), desk.writes) == ([], ["create"])
    assert (base.root / LOCK).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("macros/draft.md", "---\ntitle: D\nstatus: draft\n---\n\nHello\n"),
        ("macros/old.md", "---\ntitle: D\nstatus: retired\n---\n\nHello\n"),
        ("articles/own.md", "---\ntitle: D\n---\n\nHello\n"),
        ("articles/own.md", "---\ntitle: D\naudience: internal\n---\n\nHello\n"),
        ("macros/torn.md", "---\ntitle: [D\n---\n\nHello\n"),
    ],
)
def test_what_is_not_for_customers_stays_here(base: Base, path: str, text: str) -> None:
    base.write(path, text)
    desk = MemoryDesk()
    assert (_hows(base, desk), desk.writes) == ([], [])


def test_only_the_parts_that_changed_are_sent(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", REFUND.replace("refund you", "pay you back"))
    (step,) = plan_of(base.workspace, desk).push
    assert [change.part for change in step.parts] == ["body.en"]
    assert _hows(base, desk) == [How.UPDATED]
    assert desk.only().parts["body.en"] == "We pay you back."


def test_what_the_desk_cannot_say_is_no_change(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", REFUND.replace("ana", "ben"))
    assert _hows(base, desk) == []


def test_what_was_changed_there_is_not_overwritten(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", REFUND.replace("We refund", "We gladly refund"))
    desk.edit(desk.only().id, body_en="Written there.")
    assert _hows(base, desk) == []
    assert desk.only().parts["body.en"] == "Written there."


def test_what_is_changed_there_after_the_plan_is_not_overwritten(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", REFUND.replace("We refund", "We gladly refund"))

    def edits(_: int, name: str) -> None:
        if name == "read":
            desk.edit(desk.only().id, tags=["new"])

    desk.before = edits
    assert _hows(base, desk) == [How.CHANGED_THERE]
    assert desk.only().parts["body.en"] == "We refund you."


def test_what_is_retired_here_is_deactivated_there_and_no_more(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", "---\ntitle: Secret\nstatus: retired\n---\n\nOther\n")
    assert _hows(base, desk) == [How.DEACTIVATED]
    assert desk.only().parts[ACTIVE] is False
    assert desk.only().parts["body.en"] == "We refund you."
    assert _hows(base, desk) == []


def test_what_becomes_internal_is_deactivated_and_its_text_never_sent(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\n\nFor all.\n")
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("articles/a.md", "---\ntitle: A\naudience: internal\n---\n\nFor us.\n")
    assert _hows(base, desk) == [How.DEACTIVATED]
    assert desk.only().parts["body.en"] == "For all."


def test_what_a_slip_in_its_status_makes_unclear_is_left_alone(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\n\nFor all.\n")
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("articles/a.md", "---\ntitle: A\naudience: publik\n---\n\nFor all.\n")
    assert _hows(base, desk) == []


def test_what_is_gone_here_is_deactivated_first_and_deleted_only_if_asked(base: Base) -> None:
    path = base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    path.unlink()
    assert _hows(base, desk, delete=True) == [How.DEACTIVATED]
    assert _hows(base, desk) == []
    assert _hows(base, desk, delete=True) == [How.DELETED]
    assert _hows(base, desk, delete=True) == []
    assert "refund" not in (base.root / LOCK).read_text()


def test_what_a_desk_cannot_deactivate_is_deleted_only_if_asked(base: Base) -> None:
    path = base.write("macros/refund.md", REFUND)
    desk = MemoryDesk(deactivates=False)
    pushed(base.workspace, desk)
    path.unlink()
    assert _hows(base, desk) == []
    assert _hows(base, desk, delete=True) == [How.DELETED]


def test_what_was_edited_there_is_not_deleted_since_it_is_gone_here(base: Base) -> None:
    path = base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    path.unlink()
    desk.edit(desk.only().id, body_en="Written there.")
    assert _hows(base, desk, delete=True) == []
    (left,) = plan_of(base.workspace, desk).left
    assert left.why == "it was edited at the desk, and you have deleted it"


def test_a_renamed_entry_keeps_its_record(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    (base.root / "kb/macros/refund.md").rename(base.root / "kb/macros/payback.md")
    assert _hows(base, desk) == []
    assert "macros/payback" in (base.root / LOCK).read_text()
    assert len(desk.kept) == 1


def test_a_record_that_says_the_same_is_taken_for_the_entry(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    desk.add(Kind.MACRO, title_en="Refund", body_en="We refund you.")
    assert (_hows(base, desk), len(desk.kept)) == ([], 1)
    assert survey_of(base.workspace, desk).same == 1


def test_a_record_of_an_import_is_taken_for_its_macro(base: Base) -> None:
    text = "---\ntitle: Other\nimported_from: [macros.json 70001 ab]\n---\n\nWe refund you.\n"
    base.write("macros/refund.md", text)
    desk = MemoryDesk()
    desk.add(Kind.MACRO, title_en="Refund", body_en="We refund you.")
    assert (_hows(base, desk), len(desk.kept)) == ([], 1)
    (left,) = plan_of(base.workspace, desk).pull
    assert left.item.id == "macros/refund"


def test_two_records_of_one_title_are_told_and_none_is_made(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    desk.add(Kind.MACRO, title_en="Refund", body_en="One.")
    desk.add(Kind.MACRO, title_en="Refund", body_en="Two.")
    planned = plan_of(base.workspace, desk)
    assert not planned.push
    assert not planned.pull
    assert {item.why for item in planned.left} == {
        "2 records there and 1 entries here are called Refund"
    }


def test_a_record_that_is_as_an_earlier_version_was_is_brought_up_to_date(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-qm", "one")
    base.write("macros/refund.md", REFUND.replace("refund you", "pay you back"))
    desk = MemoryDesk()
    desk.add(Kind.MACRO, title_en="Refund", body_en="We refund you.")
    assert _hows(base, desk) == [How.UPDATED]
    assert desk.only().parts["body.en"] == "We pay you back."


def test_what_the_desk_refuses_of_one_costs_that_one(base: Base) -> None:
    for name in ("a", "b", "c"):
        base.write(f"macros/{name}.md", f"---\ntitle: {name}\n---\n\n{name}\n")

    def refuse(_: int, name: str) -> None:
        if name == "create" and desk.writes == ["create", "create"]:
            raise RestError("desk.example.com refused it: title is too long", "Shorten it.", 422)

    desk = MemoryDesk(before=refuse)
    assert _hows(base, desk) == [How.CREATED, How.REFUSED, How.CREATED]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number", range(3, 8))
def test_a_push_that_is_killed_goes_on(
    base: Base, monkeypatch: pytest.MonkeyPatch, moment: str, number: int
) -> None:
    """The first two requests list the records; then two are updated and one is made."""
    for name in ("a", "b", "c"):
        base.write(f"macros/{name}.md", f"---\ntitle: {name}\n---\n\nText of {name} & more\n")
    desk = MemoryDesk(rewrite=lambda text: text.replace("&", "&amp;"))
    pushed(base.workspace, desk)
    desk.asked.clear()
    for name in ("a", "b"):
        base.write(f"macros/{name}.md", f"---\ntitle: {name}\n---\n\nNew text of {name} & more\n")
    base.write("macros/d.md", "---\ntitle: d\n---\n\nText of d & more\n")
    setattr(desk, moment, failing_at(number, Killed()))
    with monkeypatch.context() as killed:
        killed.setattr(LockWriter, "close", lambda *_: None)  # nothing is tidied up
        with pytest.raises(Killed):
            pushed(base.workspace, desk)
    desk.before = desk.after = lambda *_: None
    pushed(base.workspace, desk)
    texts = [(one.title, one.parts["body.en"]) for one in desk.kept.values()]
    assert texts == [
        ("a", "New text of a &amp; more"),
        ("b", "New text of b &amp; more"),
        ("c", "Text of c &amp; more"),
        ("d", "Text of d &amp; more"),
    ]
    writes = len(desk.writes)
    assert (pushed(base.workspace, desk), len(desk.writes)) == ([], writes)
    assert pulled(base.workspace, desk) == []


def test_an_internal_article_is_deactivated_also_if_it_was_changed_there(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\n\nFor all.\n")
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("articles/a.md", "---\ntitle: A\naudience: internal\n---\n\nFor us.\n")
    desk.edit(desk.only().id, body_en="Changed there.")
    assert _hows(base, desk) == [How.DEACTIVATED]
    assert desk.only().parts == {
        ACTIVE: False,
        "tags": [],
        "title.en": "A",
        "body.en": "Changed there.",
    }
    assert _hows(base, desk) == []
    (step,) = plan_of(base.workspace, desk).pull
    assert step.item.there == ("body.en",)


def test_a_folder_that_is_missing_deactivates_no_hundred_records(base: Base) -> None:
    for number in range(12):
        base.write(f"macros/m{number}.md", f"---\ntitle: M{number}\n---\n\nText {number}\n")
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    for path in (base.root / "kb/macros").iterdir():
        path.unlink()
    assert _hows(base, desk) == []
    (why, *_) = {item.why for item in plan_of(base.workspace, desk).left}
    assert why == "12 of 12 are gone here at once: name those that are meant"


def test_two_runs_at_once_are_kept_apart(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with (
        alone_with(base.workspace, "memory", "push to memory", ignore),
        pytest.raises(lock.BusyError),
        alone_with(base.workspace, "memory", "push to memory", ignore),
    ):
        pass


def test_two_entries_of_one_record_are_told_until_one_is_deleted(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    text = (base.root / LOCK).read_text()
    table = text[text.index('["macros/refund"]') :]
    base.write("desk/memory.toml", text + "\n" + table.replace("refund", "payback"))
    path = base.write("macros/payback.md", REFUND.replace("We refund", "We gladly refund"))
    assert _hows(base, desk) == []
    (why,) = {item.why for item in plan_of(base.workspace, desk).left}
    expected = "macros/payback and macros/refund have the same record: delete one of them"
    assert why == expected
    path.unlink()
    assert _hows(base, desk) == []
    assert "payback" not in (base.root / LOCK).read_text()
    assert survey_of(base.workspace, desk).same == 1


def test_what_is_published_again_is_active_again(base: Base) -> None:
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/refund.md", REFUND.replace("owner", "status: retired\nowner"))
    assert _hows(base, desk) == [How.DEACTIVATED]
    base.write("macros/refund.md", REFUND.replace("We refund", "We gladly refund"))
    assert _hows(base, desk) == [How.UPDATED]
    assert desk.only().parts[ACTIVE] is True
    assert desk.only().parts["body.en"] == "We gladly refund you."


@pytest.mark.parametrize("line", ["{digests}", ""])
@pytest.mark.parametrize("status", ["published", "retired", "gone"])
def test_a_record_that_a_line_of_the_lock_claims_is_left_alone(
    base: Base, status: str, line: str
) -> None:
    """The lock comes from pull requests: whose record it is, its digests have to say."""
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    own = desk.only().id
    theirs = desk.add(Kind.MACRO, title_en="Payback", body_en="We pay you back.")
    before = desk.kept[theirs]
    claimed = (base.root / LOCK).read_text().replace(own, theirs)
    kept = claimed if line else "\n".join(it for it in claimed.splitlines() if "parts." not in it)
    base.write("desk/memory.toml", kept)
    if status == "gone":
        (base.root / "kb/macros/refund.md").unlink()
    else:
        base.write("macros/refund.md", REFUND.replace("owner", f"status: {status}\nowner"))
    for delete in (False, True):
        pushed(base.workspace, desk, delete=delete)
    assert desk.kept[theirs] == before


def test_a_copy_of_an_entry_that_has_a_record_makes_no_second_one(base: Base) -> None:
    """As Git brings back a file that somebody has renamed, and somebody else has edited."""
    base.write("macros/refund.md", REFUND)
    desk = MemoryDesk()
    pushed(base.workspace, desk)
    base.write("macros/payback.md", REFUND.replace("We refund", "We gladly refund"))
    base.write("macros/other/refund.md", REFUND)
    assert [one.id for one in pushed(base.workspace, desk)] == ["macros/other/refund"]
    (left,) = plan_of(base.workspace, desk).left
    expected = "macros/payback and macros/refund have the same title: rename one, or delete it"
    assert (left.id, left.why) == ("macros/payback", expected)
