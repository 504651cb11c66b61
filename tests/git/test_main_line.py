"""What happened on the main line, and who did it."""

from __future__ import annotations

from tests.conftest import Base
from tests.dated_commits import commit, run

from cannery.git.main_line import all_changes, main_line


def _brief(base: Base) -> list[tuple[int, list[tuple[str, bool, str]]]]:
    return [
        (step.time, [(item.path, bool(item.blob), item.was) for item in step.changes])
        for step in main_line(base.root)
    ]


def test_files_that_come_change_move_and_go(base: Base) -> None:
    body = "".join(f"Line {number}\n" for number in range(20))
    base.write("articles/記事 a.md", body)
    commit(base, 1000)
    base.write("articles/記事 a.md", f"{body}More.\n")
    commit(base, 2000)
    (base.root / "kb/articles/記事 a.md").rename(base.root / "kb/articles/b\nc.md")
    commit(base, 3000)
    (base.root / "kb/articles/b\nc.md").unlink()
    commit(base, 4000)
    assert _brief(base) == [
        (1000, [("kb/articles/記事 a.md", True, ""), ("kb/kb.toml", True, "")]),
        (2000, [("kb/articles/記事 a.md", True, "")]),
        (3000, [("kb/articles/b\nc.md", True, "kb/articles/記事 a.md")]),
        (4000, [("kb/articles/b\nc.md", False, "")]),
    ]


def test_a_branch_comes_with_its_merge(base: Base) -> None:
    commit(base, 1000)
    run(base.root, 1500, "Kim", "checkout", "-q", "-b", "topic")
    base.write("articles/a.md", "One.\n")
    commit(base, 2000, "Kim")
    run(base.root, 2500, "A", "checkout", "-q", "main")
    run(base.root, 5000, "Lee", "merge", "-q", "--no-ff", "-m", "Merge", "topic")
    assert _brief(base)[1:] == [(5000, [("kb/articles/a.md", True, "")])]
    assert [(step.time, step.author) for step in all_changes(base.root)] == [
        (1000, "A"),
        (2000, "Kim"),
    ]


def test_a_clock_that_is_set_back_takes_no_change_back(base: Base) -> None:
    commit(base, 5000)
    base.write("articles/a.md", "One.\n")
    commit(base, 1000)
    assert [step.time for step in main_line(base.root)] == [5000, 5000]


def test_without_a_commit_nothing_has_happened(base: Base) -> None:
    assert (main_line(base.root), all_changes(base.root)) == ([], [])
    base.git("init", "-q")
    assert main_line(base.root) == []


def test_a_link_is_no_file(base: Base) -> None:
    (base.root / "kb/articles").mkdir()
    (base.root / "kb/articles/a.md").symlink_to("nowhere.md")
    commit(base, 1000)
    assert ("kb/articles/a.md", False, "") in _brief(base)[0][1]
