"""How entries read before and after a change."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.conftest import Base

from cannery.model.review import ChangeKind, EntryChange
from cannery.operations.readings import entry_changes, open_state

REFUND = "---\ntitle: Refund\nfields:\n  - name: days\n    type: number\n    label: Days\n---\nWithin {{ days }} days.\n\n{% render 'closing' %}\n"
CLOSING = "Best regards\n"
NOW = datetime(2026, 11, 25, 9, 0).astimezone()


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in {"kb.toml": 'name = "T"\n', **files}.items():
        path = root / "kb" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _changes(
    base: Base, before: dict[str, str], after: dict[str, str], pairs: list[tuple[str, str]]
) -> list[EntryChange]:
    folders = base.root / "before", base.root / "after"
    for folder, files in zip(folders, (before, after), strict=True):
        _write(folder, files)
    states = [open_state(folder, base.workspace, NOW) for folder in folders]
    named = [(f"kb/{old}" if old else "", f"kb/{new}" if new else "") for old, new in pairs]
    return [*entry_changes(states[0], states[1], named)]


def test_a_macro_reads_as_its_reply_with_a_sign_for_each_value(base: Base) -> None:
    path = "macros/refund.md"
    parts = {"macros/_parts/closing.md": CLOSING}
    edited = REFUND.replace("Within", "Not within").replace("title: Refund", "title: Refunds")
    (found,) = _changes(base, {path: REFUND, **parts}, {path: edited, **parts}, [(path, path)])
    assert (found.kind, found.title) == (ChangeKind.CHANGED, "Refunds")
    assert found.before == "Within 3 days.\n\nBest regards"
    assert found.after == "Not within 3 days.\n\nBest regards"
    assert found.settings == ("-title: Refund", "+title: Refunds")


def test_a_part_changes_the_macros_that_have_it(base: Base) -> None:
    other = "---\ntitle: Other\n---\nNothing of it.\n"
    files = {"macros/refund.md": REFUND, "macros/other.md": other}
    outer = "macros/_parts/outer.md"
    files |= {
        outer: "{% render 'closing' %}",
        "macros/far.md": "---\ntitle: Far\n---\n{% render 'outer' %}\n",
    }
    part = "macros/_parts/closing.md"
    found = _changes(
        base, {**files, part: CLOSING}, {**files, part: "Kind regards\n"}, [(part, part)]
    )
    assert [(item.path, item.kind) for item in found] == [
        (f"kb/{part}", ChangeKind.CHANGED),
        ("kb/macros/far.md", ChangeKind.AFFECTED),
        ("kb/macros/refund.md", ChangeKind.AFFECTED),
    ]
    assert "Kind regards" in found[1].after


def test_what_all_macros_read_is_a_setting_too(base: Base) -> None:
    macro = {
        "macros/a.md": "---\ntitle: A\n---\nThis is {{ kb.name }}.\n",
        "macros/b.md": "---\ntitle: B\n---\nb\n",
    }
    found = _changes(base, macro, {**macro, "kb.toml": 'name = "New"\n'}, [("kb.toml", "kb.toml")])
    assert [(item.path, item.before, item.after) for item in found] == [
        ("kb/macros/a.md", "This is T.", "This is New.")
    ]


def test_an_article_reads_as_plain_text_and_may_come_go_and_move(base: Base) -> None:
    text = "---\ntitle: HAR\n---\n# HAR\n\nPress **F12**.\n"
    before = {"articles/har.md": text, "articles/gone.md": text}
    after = {"articles/net/har.md": text, "articles/new.md": text.replace("F12", "F11")}
    pairs = [
        ("articles/har.md", "articles/net/har.md"),
        ("articles/gone.md", ""),
        ("", "articles/new.md"),
    ]
    found = _changes(base, before, after, pairs)
    assert [(item.path, item.old_path, item.kind) for item in found] == [
        ("kb/articles/gone.md", "kb/articles/gone.md", ChangeKind.DELETED),
        ("kb/articles/net/har.md", "kb/articles/har.md", ChangeKind.RENAMED),
        ("kb/articles/new.md", "kb/articles/new.md", ChangeKind.ADDED),
    ]
    assert (found[0].after, found[1].before) == ("", found[1].after)
    assert "Press F11." in found[2].after
    assert found[2].settings == ("+title: HAR",)


def test_a_macro_that_can_t_be_filled_in_is_shown_as_it_is(base: Base) -> None:
    bomb = "---\ntitle: B\n---\n{% for i in (1..1000000000) %}{{ i }}{% endfor %}"
    (found,) = _changes(base, {}, {"macros/b.md": bomb}, [("", "macros/b.md")])
    assert found.after == "{% for i in (1..1000000000) %}{{ i }}{% endfor %}"


def test_a_giant_is_shown_in_part(base: Base) -> None:
    text = "---\ntitle: B\n---\n" + "word " * 100_000
    (found,) = _changes(base, {}, {"articles/b.md": text}, [("", "articles/b.md")])
    assert (found.is_cut, len(found.after)) == (True, 20_000)


def test_settings_that_can_t_be_read_are_a_fault_at_their_line(base: Base) -> None:
    _write(base.root / "after", {"kb.toml": 'languages = ["en"]\nname = \n'})
    state = open_state(base.root / "after", base.workspace, NOW)
    assert state.fault is not None
    assert (state.fault.path, state.fault.line, state.fault.code) == ("kb/kb.toml", 2, "setting")
    assert "kb.toml" not in state.fault.message


def test_a_state_without_a_knowledge_base_is_empty(base: Base) -> None:
    assert open_state(base.root / "nowhere", base.workspace, NOW).workspace is None


def test_templates_that_take_their_time_end_the_reading(base: Base) -> None:
    _write(base.root / "after", {"macros/a.md": REFUND})
    states = [open_state(base.root / name, base.workspace, NOW) for name in ("before", "after")]
    pairs = [("", "kb/macros/a.md")]
    assert [*entry_changes(states[0], states[1], pairs, seconds=-1)] == []
    assert len([*entry_changes(states[0], states[1], pairs)]) == 1
