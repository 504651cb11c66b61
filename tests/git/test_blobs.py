"""What files say at commits, by few processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base
from tests.git_calls import recorded

from cannery.git.blobs import Blobs, missing_commits, store_files

STRANGE = (
    "plain.md",
    'a "quoted" name.md',
    '"begins.md',
    "two\nlines.md",
    "tab\t.md",
    "日本.md",
    "back\\slash.md",
)


@pytest.fixture
def repository(base: Base) -> Path:
    """Files of strange names, each of which says its own."""
    base.git("init", "-q")
    for name in STRANGE:
        base.write(f"articles/{name}", name)
    (base.root / "kb/module").mkdir()
    base.git("add", "-A")
    base.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},kb/module")
    base.git("commit", "-qm", "First")
    return base.root


@pytest.mark.parametrize("name", STRANGE)
def test_a_file_of_any_name_is_read(repository: Path, name: str) -> None:
    assert Blobs(repository)[f"HEAD:kb/articles/{name}"] == name.encode()


@pytest.mark.parametrize("name", ["HEAD:kb/gone.md", "HEAD:kb", "HEAD:kb/module", "HEAD", "1" * 40])
def test_what_is_no_file_is_none(repository: Path, name: str) -> None:
    assert Blobs(repository)[name] is None


def test_what_was_loaded_is_read_by_one_process(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = [f"HEAD:kb/articles/{name}" for name in STRANGE if "\n" not in name]
    read = Blobs(repository)
    calls = recorded(tmp_path, monkeypatch)
    read.load([*names, "HEAD:gone", *names])
    read.load(names)
    assert [read[name] for name in (*names, "HEAD:gone")].count(None) == 1
    assert [call for call in calls() if "version" not in call and "config" not in call] == [
        "cat-file --batch"
    ]


def test_files_are_stored_as_git_add_would(repository: Path, base: Base) -> None:
    base.write("articles/.gitattributes", "*.md text eol=crlf\n")
    base.write("articles/plain.md", "a\r\nb\r\n")
    names = [f"kb/articles/{name}" for name in STRANGE]
    ids = store_files(repository, names)
    assert Blobs(repository)[ids[0]] == b"a\nb\n"
    assert [Blobs(repository)[item] for item in ids[1:]] == [name.encode() for name in STRANGE[1:]]


def test_commits_that_are_not_here_are_named(repository: Path, base: Base) -> None:
    head = base.git("rev-parse", "HEAD").strip()
    assert missing_commits(repository, [head, "1" * 40]) == ["1" * 40]
    assert missing_commits(repository, []) == []
