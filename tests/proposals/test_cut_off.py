"""What changes several files and is cut off: the next one goes on or back, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from cannery.proposals.undo_log import open_log
from cannery.util import lock
from cannery.util.lock import alone
from cannery.workspace import open_workspace
from tests.conftest import Run
from tests.proposals.cut import DONE, WRITE, failing, files, kill
from tests.repositories import Clone

HAR = "kb/articles/har.md"
LOG = "kb/articles/log.md"
LINK = "---\ntitle: {}\nowner: me\nrelated: [articles/har]\n---\nSee [it](har.md).\n\nMore.\n"
WRONG = "---\ntitle: Wrong {}\nowner: me\n---\n## A\n\n#### B\n"


@pytest.fixture(params=["git", "plain"])
def shelf(request: pytest.FixtureRequest) -> Clone:
    """A knowledge base of five articles that speak of one, in Git or in none."""
    if request.param == "git":
        clone = Clone(request.getfixturevalue("team").mine.root)
    else:
        clone = Clone(request.getfixturevalue("base").root)
    clone.write(HAR, "---\ntitle: HAR files\nowner: me\n---\nText.\n")
    for name in "abcd":
        clone.write(f"kb/articles/{name}.md", LINK.format(name))
    return clone


def renamed(shelf: Clone) -> bool:
    texts = files(shelf.root)
    speak = [b"log.md" in texts[f"kb/articles/{name}.md"] for name in "abcd"]
    assert HAR not in texts or LOG not in texts
    assert len({*speak, LOG in texts}) == 1, "half of it"
    return speak[0]


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_killed_rename_is_finished_by_the_same_again(shelf: Clone, kb: Run, number: int) -> None:
    before = files(shelf.root)
    kill(shelf.root, WRITE, number, "rename", "har", "log")
    again = kb("rename", "har", "log")
    assert (again.code, again.err) == (0, "The interrupted rename was finished.\n")
    assert renamed(shelf)
    assert kb("undo").code == 0
    assert files(shelf.root) == before


@pytest.mark.parametrize(("step", "number"), [(WRITE, 1), (WRITE, 4), (DONE, 1)])
def test_a_killed_rename_is_taken_back_by_undo(
    shelf: Clone, kb: Run, step: str, number: int
) -> None:
    before = files(shelf.root)
    kill(shelf.root, step, number, "rename", "har", "log")
    assert kb("undo").err == "The interrupted rename was undone.\n"
    assert files(shelf.root) == before
    assert kb("undo").err == "There is nothing to undo.\n"


def test_a_killed_rename_is_finished_by_any_other_that_writes(shelf: Clone, kb: Run) -> None:
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    assert "The interrupted rename was finished." in kb("new", "article", "Another").err
    assert renamed(shelf)
    assert (shelf.root / "kb/articles/another.md").is_file()


def test_who_only_reads_finishes_nothing(shelf: Clone, kb: Run) -> None:
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    half = files(shelf.root)
    assert "articles/har" in kb("find", "HAR").out
    kb("check")
    kb("rename", "a", "e", "--dry-run")
    kb("undo", "--dry-run")
    assert files(shelf.root) == half


def test_what_its_user_has_written_in_between_stays_and_the_rest_goes_back(
    shelf: Clone, kb: Run
) -> None:
    before = files(shelf.root)
    kill(shelf.root, WRITE, 6, "rename", "har", "log")
    for name in ("a", "d"):
        shelf.edit(f"kb/articles/{name}.md", "More.", "Mine.")
    said = kb("new", "article", "Another").err.splitlines()[0]
    assert said == (
        "The interrupted rename was undone; your later changes are kept in "
        "kb/articles/a.md, kb/articles/d.md."
    )
    wanted = {path: data.replace(b"More.", b"Mine.") for path, data in before.items()}
    assert not renamed(shelf)
    assert files(shelf.root)["kb/articles/a.md"] == wanted["kb/articles/a.md"]
    assert files(shelf.root)["kb/articles/d.md"] == wanted["kb/articles/d.md"]
    assert files(shelf.root)["kb/articles/b.md"] == before["kb/articles/b.md"]


def test_what_meets_its_user_s_own_words_is_left_alone(shelf: Clone, kb: Run) -> None:
    kill(shelf.root, WRITE, 6, "rename", "har", "log")
    shelf.edit("kb/articles/a.md", "See [it](log.md).", "Mine, of [it](log.md).")
    (shelf.root / LOG).write_bytes(b"\xff mine")
    kb("new", "article", "Another")
    assert b"Mine, of" in files(shelf.root)["kb/articles/a.md"]
    assert files(shelf.root)[LOG] == b"\xff mine"
    assert HAR in files(shelf.root)


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_killed_undo_is_finished_by_the_next(shelf: Clone, kb: Run, number: int) -> None:
    before = files(shelf.root)
    kb("rename", "har", "log")
    kill(shelf.root, WRITE, number, "undo")
    assert kb("undo").err == "The interrupted undo was finished.\n"
    assert files(shelf.root) == before
    assert kb("undo").err == "There is nothing to undo.\n"


@pytest.mark.parametrize(
    "command",
    [("rename", "har", "log"), ("retire", "har", "--for", "a"), ("check", "--fix")],
    ids=["rename", "retire", "check --fix"],
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_ctrl_c_in_the_middle_takes_all_back_at_once(
    shelf: Clone, kb: Run, command: tuple[str, ...], number: int
) -> None:
    for name in "xyz":
        shelf.write(f"kb/articles/{name}.md", WRONG.format(name))
    before = files(shelf.root)
    with failing(number, KeyboardInterrupt()):
        done = kb(*command)
    assert (done.code, "kb: interrupted" in done.err) == (130, True)
    assert files(shelf.root) == before
    assert kb("undo").err == "There is nothing to undo.\n"


def test_what_can_neither_go_on_nor_back_is_said_to_be_half_done(
    shelf: Clone, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(shelf.root)
    with monkeypatch.context() as patch, failing(3, OSError(EIO, "Input/output error")):
        patch.setattr("cannery.proposals.carry_out.go_back", _fails)
        done = kb("rename", "har", "log")
    assert (done.code, "the rename was interrupted" in done.err) == (1, True)
    assert "The next kb command that writes will continue it." in done.err
    assert "The interrupted rename was undone." in kb("undo").err
    assert files(shelf.root) == before


def _fails(*_: object) -> None:
    raise OSError(EIO, "Input/output error")


def test_a_full_disk_in_the_middle_takes_all_back(shelf: Clone, kb: Run) -> None:
    before = files(shelf.root)
    with failing(4, OSError(ENOSPC, "No space left on device")):
        done = kb("rename", "har", "log")
    assert (done.code, "No space left" in done.err) == (1, True)
    assert files(shelf.root) == before


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_killed_check_fix_is_finished(shelf: Clone, kb: Run, number: int) -> None:
    for name in "xyz":
        shelf.write(f"kb/articles/{name}.md", WRONG.format(name))
    before = files(shelf.root)
    kill(shelf.root, WRITE, number, "check", "--fix")
    assert "The interrupted check --fix was finished." in kb("check", "--fix").err
    assert all(b"### B" in files(shelf.root)[f"kb/articles/{name}.md"] for name in "xyz")
    kb("undo")
    assert files(shelf.root) == before


def test_a_killed_draft_is_there_once(shelf: Clone, kb: Run) -> None:
    before = files(shelf.root)
    kill(shelf.root, WRITE, 1, "new", "article", "Another")
    assert kb("new", "article", "Another").code == 0
    assert {*files(shelf.root)} - {*before} == {"kb/articles/another.md"}
    kb("undo")
    assert files(shelf.root) == before


def test_what_was_saved_in_an_editor_is_known_though_kb_was_killed(
    shelf: Clone, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nfor last; do :; done\necho More >> "$last"\nkill -9 $PPID\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    before = files(shelf.root)
    kill(shelf.root, WRITE, 99, "edit", "a")
    assert files(shelf.root) != before
    assert kb("undo").out == "Undone: edit.\n"
    assert files(shelf.root) == before


@pytest.mark.parametrize("stage", ["planned", "done"])
def test_a_plan_whose_files_are_spoilt_changes_nothing_more(
    shelf: Clone, kb: Run, stage: str
) -> None:
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    (kept,) = [*shelf.root.rglob("*.files"), *Path.home().rglob("*.files")]
    if stage == "planned":
        kept.write_bytes(b"?")
        half = files(shelf.root)
        assert "undone; your later changes are kept in" in kb("undo").err
        assert files(shelf.root) == half
        return
    kb("new", "article", "Another")
    kb("undo")
    kept.write_bytes(b"?")
    half = files(shelf.root)
    assert kb("undo").code == 1
    assert files(shelf.root) == half


def test_another_folder_of_the_same_name_is_left_alone(shelf: Clone, kb: Run) -> None:
    if (shelf.root / ".git").exists():
        return  # its log goes with it
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    half = files(shelf.root)
    shelf.root.rename(shelf.root.with_name("old"))
    fresh = Clone(shelf.root)
    for path, data in half.items():
        fresh.write(path, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(shelf.root)
        said = kb("undo").err
    assert "can't be read" in said
    assert files(shelf.root) == half


def test_a_second_one_waits_with_a_word_and_then_writes(shelf: Clone) -> None:
    with alone(open_log(open_workspace(shelf.root)).folder / "lock", "sync", print):
        second = subprocess.Popen(
            [sys.executable, "-m", "cannery", "new", "article", "Another"],
            cwd=shelf.root,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr
        assert second.stderr.readline() == f"Waiting for kb sync, process {os.getpid()}.\n"
        assert not (shelf.root / "kb/articles/another.md").exists()
    second.communicate()
    assert second.returncode == 0
    assert (shelf.root / "kb/articles/another.md").exists()


def test_nothing_is_resumed_while_another_is_at_work(
    shelf: Clone, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    half = files(shelf.root)
    with alone(open_log(open_workspace(shelf.root)).folder / "lock", "rename", print):
        done = kb("new", "article", "Another")
    assert (done.code, "kb rename, process" in done.err) == (1, True)
    assert files(shelf.root) == half


def test_a_draft_that_a_killed_one_has_left_beside_is_taken_away(shelf: Clone, kb: Run) -> None:
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    draft = shelf.write("kb/articles/.kb-4194303-0123abcd", "half")
    mine = shelf.write("kb/articles/.kb-mine", "x")
    assert ".kb-" not in kb("find", "half").out + kb("check").out
    kb("undo")
    assert (draft.exists(), mine.exists()) == (False, True)


def test_what_is_old_is_forgotten(shelf: Clone, kb: Run) -> None:
    kb("rename", "har", "log")
    folder = open_log(open_workspace(shelf.root)).folder
    long_ago = time.time() - 91 * 86_400
    os.utime(folder / "000001.json", (long_ago, long_ago))
    kb("new", "article", "Another")
    assert sorted(path.name for path in folder.glob("0*")) == ["000002.files", "000002.json"]


def test_what_a_cut_off_rename_has_moved_is_not_edited_in_its_old_place(
    shelf: Clone, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "false")
    kill(shelf.root, WRITE, 6, "rename", "har", "log")
    assert kb("edit", "har").code == 1
    assert renamed(shelf)


def test_others_may_write_while_an_editor_is_open(
    shelf: Clone, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    again = f"cd {shelf.root} && {sys.executable} -m cannery new article Another"
    editor.write_text(f'#!/bin/sh\nfor last; do :; done\n{again}\necho More >> "$last"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    before = files(shelf.root)
    assert kb("edit", "a").code == 0
    assert kb("undo").out == "Undone: draft.\n"
    assert kb("undo").out == "Undone: edit.\n"
    assert files(shelf.root) == before


def test_a_link_in_the_way_is_not_followed(shelf: Clone, kb: Run, tmp_path: Path) -> None:
    kill(shelf.root, WRITE, 3, "rename", "har", "log")
    (shelf.root / "kb/articles").rename(tmp_path / "elsewhere")
    (shelf.root / "kb/articles").symlink_to(tmp_path / "elsewhere")
    half = {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()}
    kb("undo")
    assert {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()} == half
