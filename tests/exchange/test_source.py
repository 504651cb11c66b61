from __future__ import annotations

from pathlib import Path

import pytest

from cannery.errors import UsageError
from cannery.exchange import source
from cannery.exchange.source import UnreadableError, decoded, read_sources


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_text_is_read_in_the_encodings_that_programs_write(encoding: str) -> None:
    assert decoded("件名\r\nお待ちください\r".encode(encoding)) == "件名\nお待ちください\n"


def test_a_windows_text_is_read() -> None:
    assert decoded("Schöne Grüße".encode("cp1252")) == "Schöne Grüße"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="NUL"):
        decoded(b"ab\0\0")


def test_a_folder_is_read_without_what_is_hidden_or_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "replies"
    (folder / "ja").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git/config").write_text("x")
    (folder / "ja/a.txt").write_text("あ")
    (folder / "b.txt").write_text("b")
    (tmp_path / "secret.txt").write_text("s")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    files = read_sources(folder).files
    assert [(file.name, file.stem, file.ending, file.folder) for file in files] == [
        ("b.txt", "b", "txt", ""),
        ("ja/a.txt", "a", "txt", "ja"),
    ]


def test_a_file_that_is_too_large_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_FILE", 1_000_000)
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as opened:
        opened.truncate(500_000_000)  # a hole: it takes no room
    with pytest.raises(UsageError, match="larger than 1 MB"):
        read_sources(huge)
    (tmp_path / "a.txt").write_text("a")
    sources = read_sources(tmp_path)
    assert [file.name for file in sources.files] == ["a.txt"]
    assert [(loss.what, loss.why) for loss in sources.losses] == [("huge.csv", "larger than 1 MB")]


def test_a_folder_with_more_files_than_anyone_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_MAX_FILES", 2)
    for name in "abc":
        (tmp_path / name).write_text(name)
    with pytest.raises(UsageError, match="more than 2 files"):
        read_sources(tmp_path)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_sources(tmp_path / "none")
