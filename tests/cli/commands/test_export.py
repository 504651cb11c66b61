from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base, Run


@pytest.fixture(autouse=True)
def _macro(base: Base) -> None:
    text = "---\ntitle: Hello\nactions:\n  status: solved\n---\nGood morning\n"
    base.write("macros/hello.md", text)


def test_one_file_is_printed_and_losses_are_told_beside_it(kb: Run) -> None:
    done = kb("export", "csv")
    assert done.out.splitlines()[1].startswith("Hello,Good morning,")
    assert "Not taken over as it was: 1" in done.err
    assert "kb/macros/hello.md: actions: this format can't hold it" in done.err


def test_a_file_that_is_there_is_replaced_only_with_a_yes(kb: Run, tmp_path: Path) -> None:
    out = tmp_path / "mine.csv"
    out.write_text("mine")
    assert kb("export", "csv", "-o", str(out)).code != 0
    assert out.read_text() == "mine"
    assert "Exported 1 entry to" in kb("export", "csv", "-o", str(out), "--yes").err
    assert "Good morning" in out.read_text()


def test_a_folder_has_to_be_named(kb: Run) -> None:
    done = kb("export", "okf")
    assert (done.code, "okf is a folder of files" in done.err) == (2, True)


def test_a_place_that_can_not_be_written_is_told(kb: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = kb("export", "csv", "-o", str(tmp_path / "file" / "out.csv"))
    assert "can't be written" in done.err
