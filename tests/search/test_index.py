from __future__ import annotations

import errno
import shutil
import tempfile

import pytest
from tests.conftest import Base

import cannery
from cannery.errors import IndexFaultError
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search import index
from cannery.search.folder import IndexFolder
from cannery.search.manifest import index_folder


def ids(opened: KnowledgeBase, words: str) -> list[str]:
    return sorted(hit.at.id for hit in opened.search(words))


def test_an_index_that_is_deleted_while_it_is_open_is_made_anew(base: Base) -> None:
    base.write("articles/a.md", "apple")
    with cannery.open(base.root) as opened:
        assert ids(opened, "apple") == ["articles/a"]
        shutil.rmtree(base.workspace.cache)
        assert ids(opened, "apple") == ["articles/a"]
        assert opened.rebuilt


def test_an_index_that_another_made_anew_is_used_as_it_is(base: Base) -> None:
    base.write("articles/a.md", "apple")
    folder = index_folder(base.workspace.cache)
    with cannery.open(base.root) as opened:
        assert ids(opened, "apple") == ["articles/a"]
        folder.rename(folder.with_name("gone"))
        with cannery.open(base.root) as other:
            assert ids(other, "apple") == ["articles/a"]
        made = folder.stat().st_ino
        assert ids(opened, "apple") == ["articles/a"]
        assert folder.stat().st_ino == made


def test_changes_that_another_has_taken_in_are_looked_for_anew(base: Base) -> None:
    base.write("articles/a.md", "apple")
    with cannery.open(base.root) as one, cannery.open(base.root) as two:
        todo = one.behind()
        base.write("articles/b.md", "apple")
        assert ids(two, "apple") == ["articles/a", "articles/b"]
        assert "kb/articles/b.md" not in todo.added
        list(one.catch_up(todo))
        assert ids(one, "apple") == ["articles/a", "articles/b"]


def test_a_lock_that_nobody_lets_go_of_is_told(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    base.write("articles/a.md", "apple")
    monkeypatch.setattr(index, "_LOCK_SECONDS", 0.1)
    with cannery.open(base.root) as opened:
        ids(opened, "apple")
        lock = IndexFolder(index_folder(base.workspace.cache)).lock("WRITELOCK")
        assert lock.acquire()
        base.write("articles/b.md", "apple")
        with pytest.raises(IndexFaultError, match="still writing the index"):
            ids(opened, "apple")
        lock.release()
        assert ids(opened, "apple") == ["articles/a", "articles/b"]


def test_without_room_anywhere_that_is_told(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    base.workspace.cache.parent.mkdir(parents=True)
    base.workspace.cache.write_text("a file where the folder should be")
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(IndexFaultError, match="no space for an index: No space left"):
        cannery.open(base.root)


def test_an_older_version_makes_room(base: Base) -> None:
    base.write("articles/a.md", "apple")
    older = base.workspace.cache / "index-1"
    older.mkdir(parents=True)
    with cannery.open(base.root) as opened:
        assert ids(opened, "apple") == ["articles/a"]
    assert not older.exists()


@pytest.mark.parametrize("ending", ["trm", "pst", "kept"])
def test_files_that_are_spoilt_while_they_are_open_are_made_anew(
    base: Base, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else files that were written just now are read again, and what the index has of them is not.
    monkeypatch.setattr("cannery.search.refresh.is_settled", lambda _: True)
    for number in range(30):
        base.write(f"articles/{number}.md", f"proxy apple{number} " * 9)
    with cannery.open(base.root) as opened:
        assert ids(opened, "apple7") == ["articles/7"]
        for path in base.workspace.cache.rglob(f"*.{ending}"):
            with path.open("r+b") as file:  # in place: no other file, and none that is shorter
                file.write(b"\xff" * path.stat().st_size)
        base.write("articles/more.md", "proxy")  # has all of the index read, and merged
        assert len(opened.search("proxy", limit=50)) == 31
        assert opened.rebuilt


def test_a_bug_while_the_index_is_read_is_no_spoilt_index(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", "apple")
    with cannery.open(base.root) as opened:
        ids(opened, "apple")
        before = index_folder(base.workspace.cache).stat().st_ino
        monkeypatch.setattr("cannery.search.find.rank", None)
        with pytest.raises(TypeError):
            opened.search("apple")
        assert not opened.rebuilt
    assert index_folder(base.workspace.cache).stat().st_ino == before


def test_a_bug_while_files_are_taken_in_is_no_spoilt_index(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", "apple")
    tries = []

    def fail(_: object, path: str) -> None:
        tries.append(path)
        raise ZeroDivisionError

    monkeypatch.setattr("cannery.search.refresh.load", fail)
    with cannery.open(base.root) as opened, pytest.raises(ZeroDivisionError):
        opened.search("apple")
    assert len(tries) == 1
