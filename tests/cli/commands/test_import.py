from __future__ import annotations

import json
import sys
from pathlib import Path

import pexpect
import pytest
from tests.conftest import Base, Run

LONG = (
    "Thank you for the log file. We have found that the proxy in front of your runner cuts every "
    "upload after {} seconds. Please raise its timeout and start the job again.\n"
)


@pytest.fixture
def folder(base: Base, tmp_path: Path) -> Path:
    made = tmp_path / "replies"
    made.mkdir()
    (made / "refund.md").write_text(
        "---\ntitle: Refund\ncolour: red\n---\nDear Ms. Tanaka,\n[remove this]\n"
    )
    (made / "secret.txt").write_text("The password is Winter-Tokyo-26.\n")
    return made


def test_each_reply_is_a_line_and_each_loss(base: Base, folder: Path, kb: Run) -> None:
    done = kb("import", str(folder), "--yes")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("new        kb/macros/refund.md  Refund  (")
    assert lines[1].startswith("refused    secret: it contains a password: Wi…  (")
    assert lines[3] == "Not taken over as it was: 2"
    assert "colour: unknown key colour" in lines[4]
    assert "Tanaka" in done.err
    assert "Imported 1 macro. Next: kb check, then kb propose." in done.err
    assert "Tanaka" not in base.macro("refund.md").body


def test_a_dry_run_writes_nothing(base: Base, folder: Path, kb: Run) -> None:
    done = kb("import", str(folder), "--dry-run")
    assert "Would import 1 macro." in done.err
    assert not (base.root / "kb/macros").exists()


def test_json_tells_all_of_it(base: Base, folder: Path, kb: Run) -> None:
    data = json.loads(kb("import", str(folder), "--json", "--into", "old").out)
    assert [(one["state"], one["path"]) for one in data["replies"]] == [
        ("new", "kb/macros/old/refund.md"), ("refused", ""),
    ]  # fmt: skip
    assert data["replies"][0]["from"] == {
        "path": str(folder / "refund.md"),
        "line": 5,
        "record": "",
    }
    assert [(one["value"], one["field"]) for one in data["personal"]] == [("Ms. Tanaka", True)]
    assert {loss["what"] for loss in data["losses"]} == {"colour", "[remove this]"}
    assert (base.root / "kb/macros/old/refund.md").read_text() == data["replies"][0]["text"]


def test_a_person_decides_on_a_terminal(base: Base, tmp_path: Path) -> None:
    made = tmp_path / "more"
    made.mkdir()
    (made / "a.txt").write_text(LONG.format("sixty"))
    (made / "b.txt").write_text(LONG.format("thirty"))
    (made / "c.txt").write_text("Dear Ms. Tanaka,\nhello\n")
    kb = pexpect.spawn(
        sys.executable, ["-m", "cannery", "import", str(made)], encoding="utf-8", timeout=30
    )
    kb.expect("1 of 1: b is .* similar to a")
    kb.expect("Merge it into that one")
    kb.sendline("y")
    kb.expect("Make this a field")
    kb.sendline("d")
    kb.expect("Write 2 files")
    kb.sendline("y")
    kb.expect(pexpect.EOF)
    assert "Dear Ms. Tanaka" in base.macro("c.md").body
    assert base.macro("a.md").header.keywords == ("b",)


def test_what_is_no_file_is_a_mistake_in_the_call(base: Base, kb: Run) -> None:
    done = kb("import", "none.csv")
    assert (done.code, done.out) == (2, "")
    assert "none.csv: no such file" in done.err
