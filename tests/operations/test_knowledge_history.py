"""The knowledge base's past, from real histories."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from tests.conftest import Base
from tests.dated_commits import commit, run

from cannery.insight.knowledge.snapshot import Snapshot
from cannery.operations.knowledge_history import Stop, read_history, snapshots
from cannery.util import notices
from cannery.workspace import open_workspace

DAY = 86_400


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _seen(base: Base, *days: str) -> list[Snapshot]:
    stops = [Stop(_at(day) + DAY, date.fromisoformat(day).toordinal()) for day in days]
    return [*snapshots(base.workspace, read_history(base.workspace), stops)]


def test_each_day_has_what_was_published_then(base: Base) -> None:
    base.write("articles/請求/返金.md", "---\ntitle: 返金\n---\n手順です。\n")
    base.write("articles/a/draft.md", "---\ntitle: A\nstatus: draft\n---\nText.\n")
    base.write("macros/_parts/bye.md", "Bye\n")
    base.write("index.md", "# Home\n")
    commit(base, _at("2026-01-05"), "Kim")
    base.write("articles/a/draft.md", "---\ntitle: A\n---\nText.\n")
    (base.root / "kb/articles/請求/返金.md").unlink()
    commit(base, _at("2026-02-05"), "Lee")
    before, first, second = _seen(base, "2026-01-01", "2026-01-31", "2026-02-28")
    assert not before.entries
    assert [(e.id, e.section, e.people) for e in first.entries] == [
        ("articles/請求/返金", "請求", 1)
    ]
    assert [(e.id, e.people) for e in second.entries] == [("articles/a/draft", 2)]


def test_an_entry_that_was_renamed_keeps_its_first_day_and_its_people(base: Base) -> None:
    text = "---\ntitle: A\n---\n" + "".join(f"Line {number}.\n" for number in range(9))
    base.write("articles/a/old.md", text)
    commit(base, _at("2026-01-05"), "Kim")
    (base.root / "kb/articles/b").mkdir()
    (base.root / "kb/articles/a/old.md").rename(base.root / "kb/articles/b/new.md")
    commit(base, _at("2026-03-05"), "Lee")
    [seen] = _seen(base, "2026-03-31")
    [entry] = seen.entries
    assert (entry.id, entry.first, entry.people) == ("articles/b/new", _at("2026-01-05"), 2)


def test_a_branch_counts_from_its_merge_on_and_for_those_who_wrote_it(base: Base) -> None:
    commit(base, _at("2026-01-05"))
    run(base.root, _at("2026-01-06"), "Kim", "checkout", "-q", "-b", "topic")
    base.write("articles/a/x.md", "One.\n")
    commit(base, _at("2026-01-06"), "Kim")
    base.write("articles/a/x.ja.md", "一。\n")
    commit(base, _at("2026-01-07"), "Kim")
    base.write("articles/a/x.md", "Two.\n")
    commit(base, _at("2026-01-08"), "Kim")
    run(base.root, _at("2026-01-09"), "A", "checkout", "-q", "main")
    run(base.root, _at("2026-02-05"), "Lee", "merge", "-q", "--no-ff", "-m", "Merge", "topic")
    early, late = _seen(base, "2026-01-31", "2026-02-28")
    assert not early.entries
    [entry] = late.entries
    assert (entry.first, entry.people) == (_at("2026-02-05"), 1)
    assert [each.behind for each in late.translations] == [0]


def test_a_translation_is_behind_for_as_long_as_git_tells(base: Base) -> None:
    base.write("articles/a/x.md", "One.\n")
    base.write("articles/a/x.ja.md", "一。\n")
    commit(base, _at("2026-01-05"))
    base.write("articles/a/x.md", "---\nowner: us\n---\nOne.\n")
    commit(base, _at("2026-01-20"))
    base.write("articles/a/x.md", "---\nowner: us\n---\nTwo.\n")
    commit(base, _at("2026-02-05"))
    early, late = _seen(base, "2026-01-31", "2026-02-14")
    assert [each.behind for each in early.translations] == [0]
    assert [each.behind for each in late.translations] == [10 * DAY]


def test_what_was_read_is_read_from_the_cache_again(base: Base) -> None:
    base.write("articles/a/x.md", "---\nreviewed: 2026-01-02\nreview_every: 30d\n---\nOne.\n")
    commit(base, _at("2026-01-05"))
    first, second = (_seen(base, "2026-01-31") for _ in range(2))
    assert first == second
    assert first[0].entries[0].due == date(2026, 2, 1).toordinal()
    assert (base.workspace.cache / "editions.json").exists()


def test_a_header_that_cannot_be_read_costs_no_other_entry(base: Base) -> None:
    base.write("articles/a/x.md", b"---\ntitle: [\n---\n\xff\xfe\n")
    base.write("articles/a/y.md", "One.\n")
    commit(base, _at("2026-01-05"))
    [seen] = _seen(base, "2026-01-31")
    assert [entry.id for entry in seen.entries] == ["articles/a/x", "articles/a/y"]


def test_a_history_that_is_cut_off_tells_nothing_and_says_so(base: Base, tmp_path: Path) -> None:
    base.write("articles/a/x.md", "One.\n")
    for day in ("2026-01-05", "2026-01-06"):
        commit(base, _at(day))
    command = ["git", "clone", "-q", "--depth=1", f"file://{base.root}", "shallow"]
    subprocess.run(command, cwd=tmp_path, check=True)
    history = read_history(open_workspace(tmp_path / "shallow"))
    assert history.begins is None
    assert "shallow" in notices.taken()[0]
