"""What works here is a list of findings, for any caller."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.clipboard import terminal
from cannery.operations.doctor import Finding, examine
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.user_settings import read_user_settings

SUBJECTS = ["your settings", "helper", "clipboard", "editor", "versions", "command"]


def _about(folder: Path) -> dict[str, Finding]:
    return {item.subject: item for item in examine(folder)}


def test_without_a_knowledge_base_the_rest_is_examined_all_the_same(tmp_path: Path) -> None:
    findings = [*examine(tmp_path)]
    assert [item.subject for item in findings] == ["knowledge base", *SUBJECTS]
    assert not findings[0].good


def test_each_part_of_a_knowledge_base_has_a_finding(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n")
    findings = _about(base.root)
    assert [*findings] == ["knowledge base", "git", "memory", "index", *SUBJECTS]
    assert findings["knowledge base"].text == f"{base.root}: Test, en, ja, 1 files"
    assert findings["git"] == Finding(
        "git", good=False, text="not a repository; run `git init` to create one"
    )
    assert findings["index"].text.endswith(": 1 file to update at the next search")


def test_tickets_that_figures_are_made_of_are_told_with_their_end(base: Base) -> None:
    path = base.root / "t.csv"
    path.write_text("id,created_at\n1,2026-01-05 12:00\n")
    import_events(base.workspace, ImportRequest(str(path)))
    finding = _about(base.root)["tickets"]
    assert finding.good
    assert finding.text.endswith(" MB: csv until 2026-01-05")


def test_a_source_that_ended_long_before_the_others_is_told(base: Base) -> None:
    path = base.root / "t.csv"
    for name, day in (("old", "2025-01-05"), ("new", "2026-01-05")):
        path.write_text(f"id,created_at\n1,{day} 12:00\n")
        import_events(base.workspace, ImportRequest(str(path), name))
    finding = _about(base.root)["tickets"]
    assert not finding.good
    assert "old until 2025-01-05; one ended" in finding.text


def test_a_repository_is_told_with_its_branch_and_changes(base: Base) -> None:
    base.git("init", "-q", "--initial-branch=main")
    finding = _about(base.root)["git"]
    assert finding.good
    assert finding.text.endswith(", on main, uncommitted changes, no remote")


def test_an_editor_is_good_where_its_program_is_there(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not _about(base.root)["editor"].good
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' -i")
    assert _about(base.root)["editor"].good
    for editor in ("no-such-editor --wait", "'open"):
        monkeypatch.setenv("VISUAL", editor)
        text = f"{editor}: not found. Set EDITOR to the command of an editor."
        assert _about(base.root)["editor"] == Finding("editor", good=False, text=text)


def test_what_is_wrong_is_told_in_sentences_with_what_to_do(tmp_path: Path) -> None:
    findings = _about(tmp_path)
    assert " or any folder above it. Go to one, " in findings["knowledge base"].text
    assert findings["your settings"].text.endswith("`kb help getting-started` has an example.")
    path = read_user_settings().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("helper = tru\n")
    wrong = _about(tmp_path)["your settings"]
    assert wrong.text == f"{path}:1: Invalid value. Fix the file, or empty it."


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("helpr = true", "1: helpr is not a setting. Did you mean helper?"),
        ('[agent]\nname = "Kim"\n[memory]\ndas = 3', "4: memory.das is not a setting. Did you mean days?"),
        ('[meaning]\nzz = ""', "2: meaning.zz is not a setting. Settings: model, query, passage, languages."),
    ],
)  # fmt: skip
def test_a_setting_that_nothing_reads_is_told(tmp_path: Path, written: str, told: str) -> None:
    path = read_user_settings().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{written}\n")
    assert _about(tmp_path)["your settings"] == Finding(
        "your settings", good=False, text=f"{path}:{told}"
    )


def test_every_setting_that_is_read_is_one(tmp_path: Path) -> None:
    path = read_user_settings().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        'default = "x"\nlanguage = "ja"\ncountry = "JP"\nhelper = true\nticket_command = "x"\n'
        '[agent]\nname = "Kim"\nteam = "Two"\n[hosts]\n"git.test" = { kind = "gitea", token_variable = "T" }\n'
        '[memory]\ndays = 3\n[meaning]\nmodel = "/x"\nquery = "q"\npassage = "p"\nlanguages = ["ja"]\n'
    )
    assert _about(tmp_path)["your settings"].text == f"{path}: agent Kim"


def test_a_clipboard_that_does_not_work_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":987")
    finding = _about(tmp_path)["clipboard"]
    assert not finding.good
    assert finding.text.startswith("none; replies are printed instead. X11 failed: ")


def test_a_terminal_that_takes_over_for_a_dead_display_is_told_as_unconfirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PATH": str(tmp_path), "DISPLAY": ":987", "SSH_TTY": "/dev/tty"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(terminal, "_send", lambda _: None)
    finding = _about(tmp_path)["clipboard"]
    assert finding.good
    assert finding.text.startswith(
        "the terminal (OSC 52): plain text only; can't confirm a copy, so check what you paste; X11"
    )
