"""Pages of another tool are brought into a knowledge base as one operation, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.repositories import Clone, Team

from cannery.operations import adopt_import

_LINES = "".join(f"Line {number} of what was written.\n\n" for number in range(12))
PAGES: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: Handbook\n",
    "docs/My printer.md": f"---\ntitle: My printer\nweight: 1\n---\n![menu](img/menu.png)\n\n{_LINES}",
    "docs/index.md": "---\ntitle: Start\nweight: 2\n---\nSee [printers](My%20printer.md) and {{ macro }}.\n",
    "docs/index.ja.md": "---\ntitle: はじめに\n---\n[プリンター](My%20printer.md)\n",
    "docs/img/menu.png": b"\x89PNG",
    "docs/img/unused.png": b"\x89PNG",
}


def _source(folder: Path) -> Path:
    for path, text in PAGES.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def handbook(team: Team, tmp_path: Path) -> Path:
    return _source(tmp_path / "handbook")


def test_pages_links_and_pictures_come_along(team: Team, handbook: Path, kb: Run) -> None:
    done = kb("adopt", str(handbook), "--yes")
    assert done.code == 0, done.err
    articles = team.mine.root / "kb/articles/handbook"
    assert "[printers](My-printer.md)" in (articles / "index.md").read_text("utf-8")
    assert "weight" not in (articles / "index.md").read_text("utf-8")
    assert "[プリンター](My-printer.md)" in (articles / "index.ja.md").read_text("utf-8")
    assert (articles / "img/menu.png").is_file()
    assert not (articles / "img/unused.png").exists()
    codes = {item["code"] for item in json.loads(kb("check", "--json").out)}
    assert not codes & {"link", "image", "header", "place", "file-name"}


def test_what_was_lost_is_listed_in_a_file(team: Team, handbook: Path, kb: Run) -> None:
    done = kb("adopt", str(handbook), "--yes", "--into", "guides/office")
    report = team.mine.root / "kb/adopted/guides-office.txt"
    assert "the key weight of 2 files" in report.read_text("utf-8")
    assert "kb/adopted/guides-office.txt" in done.out


def test_it_is_undone_as_one(team: Team, handbook: Path, kb: Run) -> None:
    before = team.mine.state()
    kb("adopt", str(handbook), "--yes")
    assert "Undone: adopt." in kb("undo").out
    assert team.mine.state() == before


def test_again_there_is_nothing_new_and_edits_stay(team: Team, handbook: Path, kb: Run) -> None:
    kb("adopt", str(handbook), "--yes")
    assert "nothing new" in kb("adopt", str(handbook), "--yes").out
    team.mine.write("kb/articles/handbook/index.md", "Mine.\n")
    done = kb("adopt", str(handbook), "--yes")
    assert "it exists already" in done.out
    assert (team.mine.root / "kb/articles/handbook/index.md").read_text() == "Mine.\n"


def test_a_dry_run_and_json_change_nothing(team: Team, handbook: Path, kb: Run) -> None:
    before = team.mine.state()
    assert "articles/handbook (en 2, ja 1)" in kb("adopt", str(handbook), "--dry-run").out
    plan = json.loads(kb("adopt", str(handbook), "--json").out)
    assert "kb/articles/handbook/My-printer.md" in plan["files"]
    assert team.mine.state() == before


@pytest.fixture
def own(team: Team) -> Clone:
    """The same pages within the knowledge base's own repository."""
    _source(team.mine.root / "old-site")
    team.mine.push("An old site")
    return team.mine


def test_moved_files_keep_their_history(own: Clone, kb: Run) -> None:
    done = kb("adopt", "old-site", "--move", "--into", "office", "--yes")
    assert done.code == 0, done.err
    assert not (own.root / "old-site/docs/My printer.md").exists()
    assert (own.root / "old-site/docs/img/unused.png").exists()
    own.push("Move it")
    log = own.git("log", "--follow", "--format=%s", "kb/articles/office/My-printer.md")
    assert log.splitlines() == ["Move it", "An old site"]
    assert "An old site" in kb("history", "office/My-printer").out


def test_a_move_is_undone(own: Clone, kb: Run) -> None:
    before = own.state()
    kb("adopt", "old-site", "--move", "--yes")
    kb("undo")
    assert own.state() == before


def test_edits_that_are_not_committed_are_not_moved(own: Clone, kb: Run) -> None:
    own.edit("old-site/docs/index.md", "See", "Look at")
    before = own.state()
    done = kb("adopt", "old-site", "--move", "--yes")
    assert (done.code, own.state()) == (2, before)
    assert "not committed yet" in done.err


def test_files_of_another_repository_are_not_moved(team: Team, handbook: Path, kb: Run) -> None:
    assert "--move" in kb("adopt", str(handbook), "--move", "--yes").err
    assert (handbook / "docs/index.md").is_file()


def test_a_file_alone_is_imported_by_its_name(team: Team, tmp_path: Path, kb: Run) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nText.\n")
    (tmp_path / "other.md").write_text("# Other\n")
    assert kb("adopt", "../notes.md", "--yes").code == 0
    assert (team.mine.root / "kb/articles/notes/notes.md").is_file()
    assert not (team.mine.root / "kb/articles/notes/other.md").exists()


def test_nothing_at_a_path_is_refused(team: Team, kb: Run) -> None:
    assert "does not exist" in kb("adopt", "../gone").err


def test_content_of_the_knowledge_base_is_not_imported(team: Team, kb: Run) -> None:
    assert "content of the knowledge base already" in kb("adopt", "kb/articles").err


@pytest.mark.parametrize("into", ["../x", "a b", ".git", "x/../../y"])
def test_a_section_that_is_none_is_refused(team: Team, handbook: Path, kb: Run, into: str) -> None:
    assert kb("adopt", str(handbook), "--into", into, "--yes").code == 2


def test_options_of_an_import_are_refused_elsewhere(
    handbook: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handbook)
    assert "for importing" in kb("adopt", "--into", "x").err


def test_a_move_that_was_cut_off_is_finished_before_another_is_planned(own: Clone, kb: Run) -> None:
    with pytest.MonkeyPatch.context() as patch:  # killed once all is written down
        patch.setattr(adopt_import, "carry_out", lambda *_: None)
        kb("adopt", "old-site", "--move", "--yes")
    (own.root / "old-site/docs/index.md").unlink()  # as it was about to do
    done = kb("adopt", "old-site", "--move", "--yes")
    assert (done.code, "The interrupted adopt was finished." in done.err) == (0, True)
    assert (own.root / "kb/articles/old-site/index.md").is_file()
    assert not (own.root / "old-site/docs/My printer.md").exists()
