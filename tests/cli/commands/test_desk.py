"""`kb desk status`, `diff`, `push` and `pull`, from their options to what they print."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from tests.conftest import Base, Run
from tests.operations.memory_desk import MemoryDesk, failing_at

from cannery.cli import desk_options, output
from cannery.errors import NotFoundError
from cannery.exchange.desks import table
from cannery.exchange.desks.desk import Capabilities, DeskKind
from cannery.exchange.desks.digests import digests
from cannery.exchange.desks.lock import lock_text, read_lock
from cannery.model.desk import Family, Outgoing
from cannery.model.location import Kind
from cannery.model.loss import Loss

REFUND = "---\ntitle: Refund\n---\n\nWe refund you.\n\nWithin five days.\n"


@pytest.fixture
def desk(base: Base, monkeypatch: pytest.MonkeyPatch) -> MemoryDesk:
    """A desk that kb.toml names, and that somebody is signed in to."""
    address = "https://desk.example.com"
    base.write("kb.toml", f'[desks.memory]\naddress = "{address}"\n')
    desk = MemoryDesk()
    able = Capabilities(macros="write", articles="write")
    kind = DeskKind("memory", "Memory", able, "bearer", open=lambda _: desk)
    monkeypatch.setattr(table, "DESKS", {"memory": kind})
    monkeypatch.setenv("CANNERY_DESK_MEMORY_TOKEN", "t0ken-of-nobody")
    monkeypatch.setenv("CANNERY_DESK_MEMORY_ADDRESS", address)
    base.write("macros/refund.md", REFUND)
    return desk


def test_a_push_shows_what_it_does_and_does_it(desk: MemoryDesk, kb: Run) -> None:
    done = kb("desk", "push", "memory", "--yes")
    assert done.code == 0
    assert done.out.splitlines() == [
        "create     macros/refund  Refund",
        "created     macros/refund",
    ]
    assert "Sent 1 change." in done.err
    assert desk.only().title == "Refund"


def test_nothing_is_sent_where_no_one_can_be_asked(desk: MemoryDesk, kb: Run) -> None:
    done = kb("desk", "push", "memory")
    assert done.code == 2
    assert "it can only be confirmed at a terminal" in done.err
    assert not desk.kept


def test_a_dry_run_lists_each_change_by_part_and_sends_nothing(
    base: Base, desk: MemoryDesk, kb: Run
) -> None:
    kb("desk", "push", "memory", "--yes")
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    base.write("macros/new.md", "---\ntitle: New\n---\n\nHello {{ name }}\n")
    before = len(desk.writes)
    done = kb("desk", "push", "memory", "--dry-run")
    assert done.out.splitlines() == [
        "create     macros/new  New",
        "update     macros/refund  Refund",
        "    body.en:",
        "       ",
        "      -Within five days.",
        "      +Within six days.",
    ]
    assert len(desk.writes) == before


@pytest.mark.parametrize("command", [("diff", "memory"), ("push", "memory", "--dry-run")])
def test_a_record_that_has_another_title_is_shown_by_it(
    base: Base, desk: MemoryDesk, kb: Run, command: tuple[str, ...]
) -> None:
    kb("desk", "push", "memory", "--yes")
    (ours,) = desk.kept
    desk.add(Kind.MACRO, title_en="Closing", body_en="Goodbye.")
    other = next(id_ for id_ in desk.kept if id_ != ours)
    lock = base.root / "kb/desk/memory.toml"
    known = read_lock(lock.read_bytes())
    (agreed,) = known.entries.values()
    moved = agreed._replace(record=other, there=digests(desk.kept[other].parts))
    lock.write_text(lock_text(known._replace(entries={"macros/refund": moved})))
    del desk.kept[ours]
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    assert "there it is called: Closing" in kb("desk", *command).out
    assert "Closing" in kb("desk", *command, "--json").out


def test_a_dry_run_as_json_has_all_of_it(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    base.write("macros/refund.md", REFUND.replace("five", "six"))
    data = json.loads(kb("desk", "push", "memory", "--dry-run", "--json").out)
    (step,) = data["push"]
    assert (step["act"], step["entry"], step["record"]) == (
        "update",
        "macros/refund",
        desk.only().id,
    )
    assert step["parts"] == [
        {
            "part": "body.en",
            "before": "We refund you.\n\nWithin five days.",
            "after": "We refund you.\n\nWithin six days.",
        }
    ]


def test_a_pull_shows_the_files_and_writes_them(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    desk.edit(desk.only().id, body_en="We refund you.\n\nWithin six days.")
    done = kb("desk", "pull", "memory", "--yes")
    assert done.code == 0
    assert "      +Within six days." in done.out.splitlines()
    assert "six" in (base.root / "kb/macros/refund.md").read_text()
    assert done.out.count("macros/refund  ") == done.out.count("macros/refund\n") + 1 == 1


def test_a_conflict_is_told_as_kb_sync_tells_one(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    base.write("macros/refund.md", REFUND.replace("five", "seven"))
    desk.edit(desk.only().id, body_en="We refund you.\n\nWithin six days.")
    done = kb("desk", "pull", "memory", "--yes")
    assert done.code == 1
    assert "kb/macros/refund.md: you and the desk both changed: body, line 7" in done.err
    assert "Copy what you need from kb/macros/refund.md.theirs, then delete that file." in done.err
    assert "desk's  Within six days." in done.err
    again = kb("desk", "push", "memory", "--yes")
    assert again.code == 1
    assert "decide it first" in again.out


def test_the_status_counts_each_state(base: Base, desk: MemoryDesk, kb: Run) -> None:
    base.write("macros/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n\nHello\n")
    desk.add(Kind.MACRO, title_en="Late", body_en="Sorry.")
    done = kb("desk", "status", "memory")
    assert done.out.splitlines() == [
        "0 entries are the same here and in memory.",
        "    1 new here: macros/refund",
        "    1 new there: Late (70001)",
        "    1 not to go out: macros/draft",
    ]


def test_only_the_entries_that_are_named_are_sent(base: Base, desk: MemoryDesk, kb: Run) -> None:
    base.write("macros/other.md", "---\ntitle: Other\n---\n\nOther.\n")
    assert kb("desk", "push", "memory", "refund", "--yes").code == 0
    assert desk.only().title == "Refund"


def test_a_name_of_nothing_is_an_error(desk: MemoryDesk, kb: Run) -> None:
    done = kb("desk", "push", "memory", "nothing", "--yes")
    assert done.code == 1
    assert "no entry or record named nothing" in done.err
    assert not desk.kept


def test_a_lock_that_is_none_is_told_and_nothing_is_sent(
    base: Base, desk: MemoryDesk, kb: Run
) -> None:
    base.write("desk/memory.toml", '["macros/refund"]\nrecord = "../1"\n')
    done = kb("desk", "push", "memory", "--yes")
    assert done.code == 1
    assert "kb/desk/memory.toml: 'macros/refund': record must be the desk's id of it" in done.err
    assert not desk.asked


def test_a_lock_with_a_conflict_is_put_right(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    path = base.root / "kb/desk/memory.toml"
    text = path.read_text()
    table = text[text.index("[") :]
    path.write_text(f"{text}<<<<<<< a\n{table}=======\n{table}>>>>>>> b\n")
    assert kb("desk", "push", "memory", "--yes").code == 0
    assert path.read_text() == text
    assert desk.writes == ["create"]


def test_the_lock_is_no_content(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    assert (base.root / "kb/desk/memory.toml").exists()
    assert "desk/" not in kb("check").out
    assert "desk/" not in kb("find", "memory").out
    assert kb("stage", str(base.root / "site"), "--audience", "internal").code == 0
    assert not [*(base.root / "site").rglob("memory*")]


def test_a_desk_that_cannot_be_read_changes_nothing(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    lock = (base.root / "kb/desk/memory.toml").read_bytes()
    desk.before = failing_at(len(desk.asked) + 1)
    done = kb("desk", "pull", "memory", "--yes")
    assert (done.code, done.out) == (1, "")
    assert (base.root / "kb/desk/memory.toml").read_bytes() == lock


def test_a_quick_look_says_that_it_sees_no_deletions(desk: MemoryDesk, kb: Run) -> None:
    done = kb("desk", "status", "memory", "--since", "yesterday")
    assert "yesterday is not a time" in done.err
    desk.since = lambda _: 0
    done = kb("desk", "diff", "memory", "--since", "2026-11-01")
    assert "deletions at the desk are not seen" in done.err


def test_usage_is_told_and_kept(base: Base, desk: MemoryDesk, kb: Run) -> None:
    from cannery.operations.desk_usage import load_usage

    kb("desk", "push", "memory", "--yes")
    desk.use(desk.only().id, {"7d": 12})
    assert "Used most: macros/refund (12 in 7d)." in kb("desk", "status", "memory").err
    kept = load_usage(base.workspace, "memory")
    assert kept
    assert kept.counts == {"macros/refund": {"7d": 12}}


def test_a_push_tells_of_what_is_to_be_pulled(base: Base, desk: MemoryDesk, kb: Run) -> None:
    kb("desk", "push", "memory", "--yes")
    desk.edit(desk.only().id, tags=["pay"])
    done = kb("desk", "push", "memory", "--yes")
    assert "1 entry changed at the desk: run `kb desk pull memory`, too." in done.err


def test_a_dry_run_of_a_push_names_its_own_changes_alone(desk: MemoryDesk, kb: Run) -> None:
    desk.add(Kind.MACRO, title_en="Late", body_en="Sorry.")
    done = kb("desk", "push", "memory", "--dry-run")
    assert done.out.splitlines()[0] == "create     macros/refund  Refund"
    assert "Late" not in done.out
    assert "1 entry changed at the desk: run `kb desk pull memory`, too." in done.err


def test_what_the_desk_refuses_is_told_with_what_to_do(
    desk: MemoryDesk, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise NotFoundError("no group\nkb: all is well", 'Write group = "1"\x1b[2J.')

    monkeypatch.setattr(desk, "create", refused)
    done = kb("desk", "push", "memory", "--yes")
    assert (done.code, done.err.splitlines()[-3:]) == (
        1,
        [
            "kb: macros/refund: refused by the desk: no group kb: all is well",
            '    Write group = "1".',
            "Sent 0 changes.",
        ],
    )


def test_what_gets_lost_most_often_is_told_first_and_in_one_order(
    desk: MemoryDesk, kb: Run, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/second.md", REFUND)
    usual = desk.outgoing

    def lossy(family: Family) -> Outgoing:
        whys = (
            ("zebra", "often", *"edcb") if family.id.endswith("refund") else ("often", "aardvark")
        )
        losses = tuple(Loss("", 0, "", why) for why in whys)
        return usual(family)._replace(losses=losses)

    monkeypatch.setattr(desk, "outgoing", lossy)
    told = [
        line for line in kb("desk", "push", "memory", "--yes").err.splitlines() if "Lost" in line
    ]
    assert told == ["Lost in 2 entries: often."] + [
        f"Lost in 1 entry: {why}." for why in ("aardvark", "b", "c", "d")
    ]


@pytest.mark.parametrize("command", ["push", "pull"])
def test_who_says_no_changes_nothing(
    base: Base, desk: MemoryDesk, kb: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    desk.add(Kind.MACRO, title_en="Late", body_en="Sorry.")
    terminal = SimpleNamespace(isatty=lambda: True)
    streams = SimpleNamespace(stdin=terminal, stderr=terminal)
    monkeypatch.setattr(desk_options, "sys", streams)
    asked: list[str] = []

    def say_no(question: str, _: str) -> str:
        asked.append(question)
        return "n"

    monkeypatch.setattr(output, "prompt", say_no)
    done = kb("desk", command, "memory")
    assert done.code == 130
    assert "memory? [Y/n]" in asked[0]
    assert desk.writes == []
    assert not (base.root / "kb/macros/late.md").exists()
    assert not (base.root / "kb/desk/memory.toml").exists()
