from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cannery.util import atomic


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_that_is_replaced_keeps_its_permissions_and_leaves_nothing_beside(
    tmp_path: Path,
) -> None:
    target = tmp_path / "a.md"
    target.write_text("old")
    target.chmod(0o640)
    atomic.replace(target, b"new", sync=True)
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert _names(tmp_path) == ["a.md"]


def test_a_new_file_has_the_usual_permissions_or_those_that_are_asked_for(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        atomic.replace(tmp_path / "usual", b"")
        atomic.replace(tmp_path / "open", b"", mode=0o666)
        atomic.replace(tmp_path / "private", b"", mode=0o600)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"usual": 0o640, "open": 0o666, "private": 0o600}


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("theirs")
    (tmp_path / "link").symlink_to(other)
    atomic.replace(tmp_path / "link", b"ours")
    assert other.read_text() == "theirs"
    assert not (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("kind", [OSError, KeyboardInterrupt, MemoryError])
def test_whatever_comes_in_between_the_file_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    def stop(_: int) -> None:
        raise kind

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(kind):
        atomic.replace(tmp_path / "a", b"new", sync=True)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


def test_what_is_written_first_may_stand_in_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts, seen = tmp_path / "drafts", list[str]()
    drafts.mkdir()
    (tmp_path / "there").mkdir()
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(_names(drafts)))
    atomic.replace(tmp_path / "there" / "a", b"new", sync=True, drafts=drafts)
    assert [name.rsplit("-", 1)[0] for name in seen] == [f".kb-{os.getpid()}"]
    assert _names(drafts) == []


def test_a_link_takes_a_files_place_and_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    atomic.replace_link(tmp_path / "a", "old")
    atomic.replace_link(tmp_path / "a", "new")
    assert (tmp_path / "a").readlink() == Path("new")
    assert _names(tmp_path) == ["a", "old"]


def test_a_link_that_has_no_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="irectory"):
        atomic.replace_link(tmp_path / "a", "new")
    assert _names(tmp_path) == ["a"]


_COUNTS = """
import sys
from pathlib import Path
from cannery.util import atomic
target = Path(sys.argv[1])
for _ in range(40):
    with atomic.locked(target, seconds=60):
        number = int(target.read_text())
        atomic.replace(target, str(number + 1).encode())
"""


def test_processes_that_lock_a_file_lose_none_of_what_the_others_wrote(tmp_path: Path) -> None:
    target = tmp_path / "count"
    target.write_text("0")
    running = [subprocess.Popen([sys.executable, "-c", _COUNTS, str(target)]) for _ in range(3)]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert target.read_text() == "120"


def test_a_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom cannery.util.atomic import locked\n"
        "with locked(Path(sys.argv[1])):\n print('held', flush=True)\n time.sleep(60)"
    )
    target = tmp_path / "a"
    command = [sys.executable, "-c", code, str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(TimeoutError), atomic.locked(target, seconds=0.1):
            pass
        holder.kill()
    with (
        atomic.locked(target),
        pytest.raises(TimeoutError),
        atomic.locked(target, seconds=0.1),
    ):
        pass


def test_a_copy_takes_permissions_and_times_along(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"index")
    source.chmod(0o640)
    os.utime(source, ns=(1_000_000_007, 2_000_000_009))
    target.write_bytes(b"another")
    atomic.replace_with_copy(target, source)
    info = target.stat()
    assert target.read_bytes() == b"index"
    assert (info.st_mode & 0o777, info.st_mtime_ns) == (0o640, 2_000_000_009)
    assert sorted(_names(tmp_path)) == ["source", "target"]


def test_a_copy_of_what_is_gone_leaves_the_target_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"kept")
    with pytest.raises(FileNotFoundError):
        atomic.replace_with_copy(target, tmp_path / "gone")
    assert target.read_bytes() == b"kept"
    assert _names(tmp_path) == ["target"]


def test_a_file_that_is_there_is_not_written_as_a_new_one(tmp_path: Path) -> None:
    with atomic.new_file(tmp_path / "a") as file:
        file.write(b"first")
    with pytest.raises(FileExistsError), atomic.new_file(tmp_path / "a"):
        pass
    assert (tmp_path / "a").read_bytes() == b"first"


def test_a_new_folder_is_there_with_all_that_was_put_in(tmp_path: Path) -> None:
    with atomic.new_folder(tmp_path / "index", "fresh-") as draft:
        (draft / "a").write_text("a")
        assert not (tmp_path / "index").exists()
    assert _names(tmp_path) == ["index"]
    assert _names(tmp_path / "index") == ["a"]


def _late(target: Path) -> None:
    """Make a folder while another process makes the same one."""
    with atomic.new_folder(target, "fresh-") as draft:
        (draft / "a").write_text("late")
        target.mkdir()
        (target / "a").write_text("first")


def test_of_two_that_make_a_folder_the_first_one_stays(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not empty"):
        _late(tmp_path / "index")
    assert (tmp_path / "index" / "a").read_text() == "first"
    assert _names(tmp_path) == ["index"]


def test_a_folder_is_removed_whole_and_one_that_is_gone_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "index" / "deep").mkdir(parents=True)
    atomic.remove_folder(tmp_path / "index", "spoilt-")
    atomic.remove_folder(tmp_path / "index", "spoilt-")
    assert not _names(tmp_path)


def test_a_temporary_file_is_for_this_user_alone() -> None:
    path = atomic.temporary_file("kb-reply-", ".md", b"Hello")
    try:
        assert path.read_bytes() == b"Hello"
        assert path.stat().st_mode & 0o077 == 0
    finally:
        path.unlink()


def test_a_line_is_added_behind_what_a_killed_process_has_left(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    atomic.append_line(path, b"one")
    assert path.read_bytes() == b"one\n"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"one\ntw")
    atomic.append_line(path, b"three")
    assert path.read_bytes() == b"one\ntw\nthree\n"


def test_no_line_is_added_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / "journal").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="journal"):
        atomic.append_line(tmp_path / "journal", b"one")
    assert (tmp_path / "elsewhere").read_bytes() == b""
