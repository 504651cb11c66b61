"""What is kept of customers: for how long, by whose word, and what becomes of it afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Base, Run

DAY = 86_400
MACRO = "---\ntitle: A\nfields:\n  name: {type: text, remember: true, required: true}\n---\nHi {{ name }}"


def settings(home: Path, days: object) -> None:
    path = home / "config" / "cannery" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[memory]\ndays = {days}\n")


def age(path: Path, days: float) -> None:
    """As if it had been written so long ago, its rows too."""
    then = time.time() - days * DAY
    rows = json.loads(path.read_text())
    path.write_text(json.dumps({name: [row[0], then, *row[2:]] for name, row in rows.items()}))
    os.utime(path, (then, then))


def kept(base: Base) -> str:
    """All that is on the disk in the folder of states."""
    files = (path for path in base.workspace.state.parent.rglob("*") if path.is_file())
    return "\n".join(path.read_text("utf-8", "replace") for path in files)


def test_a_value_is_remembered_for_90_days_unless_somebody_says_otherwise(
    base: Base, kb: Run
) -> None:
    base.write("macros/a.md", MACRO)
    kb("reply", "a", "--set", "name=Mallory", "--print")
    age(base.workspace.state / "values.json", 89)
    assert "Hi Mallory" in kb("reply", "a", "--print").out
    age(base.workspace.state / "values.json", 91)
    assert "Mallory" not in kb("reply", "a", "--print").out


@pytest.mark.parametrize("command", [("find", "hello"), ("show", "a"), ("check",)])
def test_whatever_is_run_next_takes_it_off_the_disk(
    base: Base, kb: Run, command: tuple[str, ...]
) -> None:
    base.write("macros/a.md", MACRO)
    kb("reply", "a", "--set", "name=Mallory", "--print")
    assert "Mallory" in kept(base)
    age(base.workspace.state / "values.json", 91)
    (base.workspace.state / "tidied").unlink()  # a day later
    kb(*command)
    assert "Mallory" not in kept(base)


def test_so_it_does_for_a_knowledge_base_that_is_no_more(base: Base, kb: Run) -> None:
    base.write("macros/a.md", MACRO)
    kb("reply", "a", "--set", "name=Kim", "--print")
    other = base.workspace.state.with_name("gone-1")
    other.mkdir()
    (other / "values.json").write_text('{"name": ["Mallory", 1]}')
    (other / "usage.json").write_text('{"macros/m": [1, 1, "Mallory", "en"]}')
    (other / "captured.md").write_text("Dear Mallory")
    (other / "values.json.unreadable-1").write_text("{Mallory")
    for path in other.iterdir():
        os.utime(path, (1, 1))
    (base.workspace.state / "tidied").unlink()
    kb("find", "x")
    assert "Mallory" not in kept(base)
    assert "Kim" in kept(base)


@pytest.mark.parametrize(("user", "team", "days"), [(30, "", 30), (30, 10, 10), (30, 400, 30), (0, 90, 0), (90, 0, 0), ("", 7, 7), ("", "", 90)])  # fmt: skip
def test_the_knowledge_base_may_only_make_it_less(
    base: Base, home: Path, user: object, team: object, days: int
) -> None:
    if user != "":
        settings(home, user)
    if team != "":
        (base.root / "kb" / "kb.toml").write_text(f"[memory]\ndays = {team}\n")
    assert base.workspace.memory_days == days


@pytest.mark.parametrize("wrong", ['"90"', "-1", "true", "1.5", "99999999", "[1]"])
def test_days_that_are_none_are_told(base: Base, kb: Run, home: Path, wrong: str) -> None:
    settings(home, wrong)
    done = kb("find", "x")
    assert done.code == 1
    assert "memory.days must be a number of days" in done.err
    (home / "config" / "cannery" / "config.toml").write_text("memory = 3")
    assert kb("find", "x").code == 1


def test_0_days_keep_nothing_and_forget_what_there_is(base: Base, kb: Run, home: Path) -> None:
    base.write("macros/a.md", MACRO)
    kb("reply", "a", "--set", "name=Mallory", "--print")
    settings(home, 0)
    kb("find", "x")
    assert "Mallory" not in kept(base)
    assert "Hi Kim" in kb("reply", "a", "--set", "name=Kim", "--print").out
    assert "Kim" not in kept(base)
    assert "macros/a" not in kept(base)
    assert "off: [memory] days is 0" in kb("doctor").out


def test_doctor_tells_what_is_kept_and_for_how_long(base: Base, kb: Run, home: Path) -> None:
    settings(home, 30)
    base.write("macros/a.md", MACRO)
    kb("reply", "a", "--set", "name=Kim", "--print")
    assert "values: 1, recently used: 1, replies copied: 1; kept for 30 days" in kb("doctor").out


def test_what_a_killed_write_leaves_is_gone_after_the_next_command(base: Base, kb: Run) -> None:
    base.write("macros/a.md", MACRO)
    kb("reply", "a", "--set", "name=Kim", "--print")
    kill = (
        "import os, pathlib, signal\nfrom cannery.util import state\n"
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"state.store(pathlib.Path({str(base.workspace.state / 'values.json')!r}), ['Mallory'])"
    )
    edit = kill.replace("state.store", "atomic.replace").replace("import state", "import atomic")
    edit = edit.replace(
        str(base.workspace.state / "values.json"), str(base.root / "kb/macros/a.md")
    )
    for code in (kill, edit.replace("['Mallory']", "b'Mallory'")):
        done = subprocess.run([sys.executable, "-c", code], check=False)
        assert done.returncode == -9
    left = [*base.workspace.state.glob(".kb-*"), *base.root.rglob(".kb-*")]
    assert [path.read_text()[:9].strip('["') for path in left][-1] == "Mallory"
    kb("find", "x")
    assert [*base.workspace.state.glob(".kb-*"), *base.root.rglob(".kb-*")] == []


def test_a_report_of_a_bug_is_for_the_user_alone(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("Mallory")

    monkeypatch.setattr("cannery.operations.find.find", fail)
    assert kb("find", "x").code == 3
    (report,) = base.workspace.state.parent.rglob("bug-*.log")
    assert report.stat().st_mode & 0o777 == 0o600
