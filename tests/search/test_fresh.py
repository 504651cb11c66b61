from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.conftest import Base

import cannery
from cannery.errors import IndexFaultError
from cannery.search import manifest, scan_child, writer
from cannery.search.freshness import is_settled
from cannery.search.index import open_index


def ids(base: Base, words: str) -> list[str]:
    with cannery.open(base.root) as opened:
        return sorted(hit.at.id for hit in opened.search(words, limit=1000))


def test_an_edit_of_the_same_size_at_once_is_seen(base: Base) -> None:
    for number in range(10):
        for word in (f"apple{number}", f"grape{number}"):
            base.write("articles/a.md", word)
            assert ids(base, word) == ["articles/a"]


def test_an_edit_that_keeps_size_and_time_is_seen(base: Base) -> None:
    path = base.write("articles/a.md", "apple")
    time.sleep(0.05)
    assert ids(base, "apple") == ["articles/a"]
    before = path.stat()
    time.sleep(0.05)
    path.write_text("grape")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (ids(base, "apple"), ids(base, "grape")) == ([], ["articles/a"])


def test_a_clock_that_jumped_back_is_no_reason_to_miss_an_edit(base: Base) -> None:
    path = base.write("articles/a.md", "apple")
    os.utime(path, (4e9, 4e9))
    assert ids(base, "apple") == ["articles/a"]
    path.write_text("grape")
    os.utime(path, (1e9, 1e9))
    assert (ids(base, "apple"), ids(base, "grape")) == ([], ["articles/a"])


def test_a_rename_of_case_only_is_seen(base: Base) -> None:
    path = base.write("articles/a.md", "apple")
    assert ids(base, "apple") == ["articles/a"]
    path.rename(path.with_name("A.md"))
    assert ids(base, "apple") == ["articles/A"]


def test_other_branches_are_found_as_they_are(base: Base) -> None:
    def git(*arguments: str) -> None:
        settings = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        subprocess.run(
            ["git", *settings, *arguments], cwd=base.root, check=True, capture_output=True
        )

    git("init", "-b", "main")
    base.write("articles/a.md", "apple")
    git("add", ".")
    git("commit", "-m", "a")
    git("switch", "-c", "other")
    base.write("articles/a.md", "grape")
    base.write("articles/b.md", "grape")
    git("add", ".")
    git("commit", "-m", "b")
    assert ids(base, "grape") == ["articles/a", "articles/b"]
    git("switch", "main")
    assert (ids(base, "grape"), ids(base, "apple")) == ([], ["articles/a"])
    git("switch", "other")
    assert (ids(base, "grape"), ids(base, "apple")) == (["articles/a", "articles/b"], [])


def test_many_small_changes_leave_few_segments(base: Base) -> None:
    for number in range(40):
        base.write(f"articles/{number}.md", f"apple {number}")
    with cannery.open(base.root) as opened:
        for number in range(40):
            base.write(f"articles/{number}.md", f"grape {number}")
            assert len(opened.search("grape", limit=99)) == number + 1
            assert len(opened.search("apple", limit=99)) == 39 - number
    names = {path.name.split(".")[0] for path in base.workspace.cache.rglob("MAIN_*.trm")}
    assert len(names) <= 3


def test_a_merge_keeps_what_is_known_of_the_pages(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\nsummary: S\ntags: [x]\n---\nbad gateway")
    with cannery.open(base.root) as opened:
        before = opened.search('"bad gateway"')
        for number in range(5):
            base.write(f"articles/n{number}.md", "other words")
            opened.search("x")
        after = opened.search('"bad gateway"')
    assert [(hit.title, hit.summary, hit.tags) for hit in after] == [
        (hit.title, hit.summary, hit.tags) for hit in before
    ]


def test_other_languages_make_other_entries(base: Base) -> None:
    base.write("articles/a.fr.md", "pomme")
    assert ids(base, "pomme") == ["articles/a.fr"]
    base.write("kb.toml", 'languages = ["en", "fr"]')
    assert ids(base, "pomme") == ["articles/a"]


def test_what_the_child_has_scanned_is_what_has_changed(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # another test's server may be ending
    base.write("articles/a.md", "apple")
    assert scan_child.ScanChild(base.workspace).report() is None  # no index yet
    ids(base, "apple")
    time.sleep(0.05)
    ids(base, "apple")
    seen = scan_child.ScanChild(base.workspace).report()
    assert seen
    assert not seen.changes
    base.write("articles/b.md", "grape")
    (base.root / "kb/articles/a.md").unlink()
    seen = scan_child.ScanChild(base.workspace).report()
    assert seen
    assert (seen.changes.added, seen.changes.removed) == (
        ("kb/articles/b.md",),
        ("kb/articles/a.md",),
    )
    with cannery.open(base.root) as opened:
        assert opened.behind(seen) == seen.changes
        list(opened.catch_up(seen.changes))
        assert [hit.at.id for hit in opened.search("grape", fresh=False)] == ["articles/b"]
        assert opened.behind(seen) != seen.changes  # of an older index: looked for anew


def test_a_stamp_is_settled_after_a_tick_of_its_clock() -> None:
    now = time.time_ns()
    assert is_settled((1, now - 10**9, now - 10**9))
    assert not is_settled((1, now - 10**9, now - 10**6))
    whole = now // 10**9 * 10**9
    assert not is_settled((1, whole, whole))
    assert is_settled((1, now, now + 10**12))  # the clock was set back since


def test_a_manifest_is_what_was_written_or_nothing() -> None:
    kept = manifest.Manifest(
        {"kb/あ.md": (1, 2, 3)},
        {"f": (1, 2, 3, 4)},
        (manifest.Piece("s", 2, (0, 1), {"text": 3}),),
        ("en",),
    )
    data = kept.to_bytes()
    assert manifest.Manifest.from_bytes(data) == kept
    assert manifest.Manifest.from_bytes(manifest.Manifest({}).to_bytes()) == manifest.Manifest(
        {}, {}
    )
    for at in range(len(data)):
        with pytest.raises(ValueError, match="spoilt"):
            manifest.Manifest.from_bytes(data[:at])
        with pytest.raises(ValueError, match="spoilt"):
            manifest.Manifest.from_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_an_index_that_was_copied_is_still_trusted(base: Base) -> None:
    base.write("articles/a.md", "apple")
    ids(base, "apple")
    time.sleep(0.05)
    for path in base.workspace.cache.rglob("MAIN_*.*"):
        path.write_bytes(path.read_bytes())
    with open_index(base.workspace.cache) as index:
        assert index.generation() > 0


def test_a_cache_that_cannot_be_written_is_copied(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", "apple")
    time.sleep(0.05)
    ids(base, "apple")
    folder = manifest.index_folder(base.workspace.cache)
    monkeypatch.setattr(os, "access", lambda path, _: path != folder)  # root may write anywhere
    with cannery.open(base.root) as opened:
        assert opened.temporary
        assert not opened.behind()
        base.write("articles/b.md", "apple")
        assert len(opened.search("apple")) == 2
    assert ids(base, "apple") == ["articles/a", "articles/b"]


def test_a_disk_that_is_full_is_worked_around_or_told(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", "apple")
    write, full = manifest.write_manifest, [base.workspace.cache]

    def refuse(folder: Path, generation: int, kept: manifest.Manifest) -> None:
        if any(folder.is_relative_to(place) for place in full):
            raise OSError(errno.ENOSPC, "No space left on device")
        write(folder, generation, kept)

    monkeypatch.setattr(writer, "write_manifest", refuse)
    with cannery.open(base.root) as opened:
        assert len(opened.search("apple")) == 1
        assert opened.temporary
    full.append(Path("/"))
    with (
        cannery.open(base.root) as opened,
        pytest.raises(IndexFaultError, match="can't be written: No space left"),
    ):
        opened.search("apple")
    monkeypatch.undo()
    assert ids(base, "apple") == ["articles/a"]


def test_a_killed_writer_leaves_nothing_behind(base: Base) -> None:
    for number in range(200):
        base.write(f"articles/{number}.md", f"apple {number}")
    command = [sys.executable, "-m", "cannery", "find", "apple"]
    for delay in (0.1, 0.15, 0.2, 0.25, 0.3):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            time.sleep(delay)
            process.kill()
    assert len(ids(base, "apple")) == 200
    folder = manifest.index_folder(base.workspace.cache)
    assert len({path.name.split(".")[0] for path in folder.glob("MAIN_*.*")}) == 1
