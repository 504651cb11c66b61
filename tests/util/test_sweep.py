from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cannery.util import sweep
from cannery.util.atomic import hold

DAY = 86_400


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)  # fmt: skip
    return int(done.stdout)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _put(path: Path, age: float = 0) -> Path:
    path.write_text("a value")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_what_a_dead_process_left_goes_at_once(tmp_path: Path, dead: int) -> None:
    _put(tmp_path / f".kb-{dead}-0123abcd")
    _put(tmp_path / "values.json")
    sweep.drafts([tmp_path])
    assert _names(tmp_path) == {"values.json"}


def test_what_a_living_process_writes_stays(tmp_path: Path) -> None:
    _put(tmp_path / f".kb-{os.getpid()}-0123abcd")
    sweep.drafts([tmp_path])
    assert len(_names(tmp_path)) == 1


def test_what_is_old_goes_unless_its_writer_holds_it(tmp_path: Path, dead: int) -> None:
    held = _put(tmp_path / f".kb-{dead}-0123abcd", 3600)
    _put(tmp_path / f".kb-{os.getpid()}-0123abcd", 3600)
    with held.open("rb+") as file:
        hold(file.fileno())
        sweep.drafts([tmp_path])
        assert _names(tmp_path) == {held.name}
    sweep.drafts([tmp_path])
    assert _names(tmp_path) == set()


@pytest.mark.parametrize(
    "name",
    ["kb-1-0123abcd", ".kb-", ".kb-notes", ".kb-settings", ".kb-1-2-0123abcd", ".kb-x-0123abcd", ".kb-1-0123abcd.md", ".kb-1-0123ABCD", ".kb-1-0123abc", ".kb-²-0123abcd"],
)  # fmt: skip
def test_a_file_of_the_users_own_stays_however_old(tmp_path: Path, name: str) -> None:
    _put(tmp_path / name, 900 * DAY)
    sweep.drafts([tmp_path], ours=False)
    assert _names(tmp_path) == {name}


def test_in_folders_of_kb_alone_so_does_what_earlier_versions_left(tmp_path: Path) -> None:
    _put(tmp_path / ".kb-a1b2_c3d", 3600)
    _put(tmp_path / ".kb-fresh000")
    sweep.drafts([tmp_path])
    assert _names(tmp_path) == {".kb-fresh000"}


def test_a_link_that_a_dead_process_left_goes_and_what_it_leads_to_stays(
    tmp_path: Path, dead: int
) -> None:
    elsewhere = _put(tmp_path / "elsewhere", 900 * DAY)
    (tmp_path / f".kb-{dead}-00000001").symlink_to(elsewhere)
    (tmp_path / f".kb-{os.getpid()}-00000002").symlink_to(elsewhere)
    (tmp_path / ".kb-a1b2_c3d").symlink_to(elsewhere)
    sweep.drafts([tmp_path])
    assert _names(tmp_path) == {"elsewhere", f".kb-{os.getpid()}-00000002", ".kb-a1b2_c3d"}


def test_folders_pipes_and_the_files_of_others_stay(
    tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = _put(tmp_path / "elsewhere", 900 * DAY)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / f".kb-{dead}-00000002").mkdir()
    os.mkfifo(inside / f".kb-{dead}-00000003")
    sweep.drafts([inside, tmp_path / "none", elsewhere])
    assert len(_names(inside)) == 2
    _put(inside / f".kb-{dead}-00000004")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    sweep.drafts([inside])
    assert len(_names(inside)) == 3
    assert elsewhere.exists()


def test_temporary_files_go_a_day_after_their_process(tmp_path: Path, dead: int) -> None:
    alive = os.getpid()
    for name in ("kb-reply-{}-abc.md", ".kb-reply-{}-abc.md.swp", "kb-reply-{}-abc.md~"):
        _put(tmp_path / name.format(dead), 2 * DAY)
        _put(tmp_path / name.format(alive), 2 * DAY)
    _put(tmp_path / f"kb-reply-{dead}-new.md")
    _put(tmp_path / "kb-reply-old_name.md", 2 * DAY)
    _put(tmp_path / "kb-replies.md", 900 * DAY)
    for number in (dead, alive):
        folder = tmp_path / f"kb-index-{number}-abc"
        folder.mkdir()
        _put(folder / "a")
        os.utime(folder, (0, 0))
    sweep.scratch(tmp_path)
    assert _names(tmp_path) == {
        f"kb-reply-{alive}-abc.md",
        f".kb-reply-{alive}-abc.md.swp",
        f"kb-reply-{alive}-abc.md~",
        f"kb-reply-{dead}-new.md",
        "kb-replies.md",
        f"kb-index-{alive}-abc",
    }


@pytest.mark.parametrize("name", ["kb-index-{}-a", "kb-merge-{}-a", "kb-site-{}-a", "kb-view-{}-a"])
def test_so_do_folders(tmp_path: Path, dead: int, name: str) -> None:
    folder = tmp_path / name.format(dead)
    folder.mkdir()
    os.utime(folder, (0, 0))
    sweep.scratch(tmp_path)
    assert _names(tmp_path) == set()


def test_a_link_among_temporary_files_is_not_followed(tmp_path: Path, dead: int) -> None:
    (tmp_path / "precious").mkdir()
    _put(tmp_path / "precious" / "a")
    link = tmp_path / f"kb-index-{dead}-abc"
    link.symlink_to(tmp_path / "precious")
    os.utime(link, (0, 0), follow_symlinks=False)
    sweep.scratch(tmp_path)
    assert (tmp_path / "precious" / "a").exists()


def test_a_cache_loses_what_was_never_finished(tmp_path: Path) -> None:
    for name in ("fresh-a", "spoilt-a", "index-9"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    for name in ("check.4711", "site-links-public", "check.json", "commits.json"):
        _put(tmp_path / name, 2 * DAY)
    sweep.unfinished(tmp_path)
    assert _names(tmp_path) == {"index-9", "check.json", "commits.json"}
